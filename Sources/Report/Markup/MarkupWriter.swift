/// Writes elements whose attributes and text are always escaped: the only maker of SVG here.
struct MarkupWriter {
  private(set) var text = ""

  init() {}

  /// Writes an element without content.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    start(name, attributes)
    text += "/>"
  }

  /// Writes an element around a text.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String
  ) {
    start(name, attributes)
    text += ">" + HTMLText.escape(content) + "</" + name + ">"
  }

  /// Writes an element around what `body` writes.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    _ body: (inout MarkupWriter) -> Void
  ) {
    start(name, attributes)
    text += ">"
    body(&self)
    text += "</" + name + ">"
  }

  /// Writes a comment of numbers: a place that ``RunPage`` finds again.
  mutating func mark(_ name: StaticString, _ numbers: [Double]) {
    text += "<!--run:\(name)" + numbers.map { " " + NumberText.exact($0) }.joined() + "-->"
  }

  /// Writes markup that another writer made.
  mutating func append(_ markup: Markup) { text += markup.text }

  /// What was written.
  var markup: Markup { Markup(self) }

  private mutating func start(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<" + name
    for (key, value) in attributes where !value.isEmpty {
      text += " " + key + "=\"" + HTMLText.escape(value, limit: .max) + "\""
    }
  }
}

/// Markup that needs no more escaping; only this file can make it.
struct Markup {
  let text: String

  fileprivate init(_ writer: MarkupWriter) { text = writer.text }
}
