/// The report of one run, as one self-contained HTML file.
///
/// The page needs no network and no script: every number and every chart is in the file. A
/// script adds sorting, hovering, smoothing and the choice of a theme.
public enum RunReport {
  /// Writes the page.
  ///
  /// Without ``RunReportModel/facts`` it is the artifact: the same model gives the same bytes, on
  /// every machine and at any time.
  ///
  /// - Parameters:
  ///   - model: What to show. Texts may hold anything: they are escaped.
  ///   - interactiveChartsScript: The text of `dygraph.min.js`, which adds zooming to the curves.
  /// - Returns: A file in UTF-8 that opens from anywhere.
  /// - Complexity: O(*n*) in the size of the model.
  public static func html(
    _ model: RunReportModel, interactiveChartsScript: String? = nil
  ) -> String {
    // The page of a run is the artifact with something inserted: both say the same of results.
    let artifact = Page(
      title: "\(model.title) · \(model.specName)", body: body(model),
      footer: "pipeline · run report", scripts: Page.runScripts
    ).html
    guard let facts = model.facts else {
      return interactiveChartsScript.map { Page.adding($0, to: artifact) } ?? artifact
    }
    return RunPage.html(
      artifact: artifact, facts: facts, interactiveChartsScript: interactiveChartsScript)
  }

  private static func body(_ model: RunReportModel) -> Markup {
    let sections = RunSections(model: model)
    let (open, folded) = (sections.open, sections.folded)
    return Markup { page in
      RunHead(model: model).write(to: &page)
      PageSection.writeContents(of: open + folded, mark: .contents, to: &page)
      page.element("main", ["id": "main"]) { main in
        for section in open + folded { section.write(to: &main) }
        main.mark(.facts)
      }
    }
  }
}
