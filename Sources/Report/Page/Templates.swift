internal import Mustache

/// The page templates, parsed once.
enum Templates {
  /// Renders `view` with a template, every `{{text}}` escaped.
  ///
  /// A template that is missing or does not parse leaves a sentence that says so in its place, so that
  /// the rest of a page can still be read.
  static func render(_ name: String, _ view: Any) -> String {
    parsed.library.render(view, withTemplate: name)
      ?? HTMLText.escape(
        "This part is missing: the program has no template “\(name)”. Please report it.")
  }

  /// What is wrong with the templates themselves; a test expects nothing.
  static var mistakes: [String] { parsed.mistakes }

  private static let parsed: (library: MustacheLibrary, mistakes: [String]) = {
    MustacheContentTypes.register(ReportContentType(), named: "REPORT")
    var library = MustacheLibrary()
    var mistakes: [String] = []
    for (name, bytes) in sources {
      // A partial falls back to the library's own escape, so each template names ours itself.
      let source = "{{% CONTENT_TYPE:REPORT}}" + String(decoding: bytes, as: UTF8.self)
      do {
        try library.register(source, named: name)
      } catch {
        mistakes.append("\(name): \(error)")
      }
    }
    return (library, mistakes)
  }()

  /// Every template by its name.
  static let sources: [(name: String, bytes: [UInt8])] = [
    ("page", PackageResources.page_mustache),
    ("contents", PackageResources.contents_mustache),
    ("table", PackageResources.table_mustache),
    ("table-bars", PackageResources.table_bars_mustache),
    ("chart", PackageResources.chart_mustache),
    ("plot", PackageResources.plot_mustache),
    ("spreads", PackageResources.spreads_mustache),
    ("run", PackageResources.run_mustache),
    ("run-commands", PackageResources.run_commands_mustache),
    ("run-status", PackageResources.run_status_mustache),
    ("run-numbers", PackageResources.run_numbers_mustache),
    ("run-facts", PackageResources.run_facts_mustache),
    ("differences", PackageResources.differences_mustache),
    ("compare", PackageResources.compare_mustache),
    ("index", PackageResources.index_mustache),
  ]
}

/// Escapes by Unicode scalar what a template inserts; see ``HTMLText``.
private struct ReportContentType: MustacheContentType {
  func escapeText(_ text: String) -> String { HTMLText.escape(text) }
}
