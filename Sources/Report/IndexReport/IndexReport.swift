/// The page over all runs of a store: a table to sort and to search.
public enum IndexReport {
  /// Writes the page.
  ///
  /// - Parameter model: The runs, the newest first. Texts may hold anything: they are escaped.
  /// - Returns: A file in UTF-8 that opens from anywhere, without a network.
  public static func html(_ model: IndexReportModel) -> String {
    Page(
      title: model.title, body: IndexPage(model).body, footer: "pipeline · index",
      scripts: Page.indexScripts
    ).html
  }
}
