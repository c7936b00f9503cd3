internal import ContentAddressing

/// Writes elements whose attributes and text are always escaped: the only maker of HTML and SVG here.
struct MarkupWriter {
  private(set) var text: String

  /// Begins a text, of a whole page with its declaration.
  init(declaration: String = "") { text = declaration }

  /// Writes an element without content.
  ///
  /// HTML reads `<p/>` as the beginning of a paragraph: of HTML only for elements that have no content by
  /// their nature, as `img`.
  ///
  /// - Parameters:
  ///   - name: The tag.
  ///   - attributes: Its attributes; those with an empty value are omitted.
  ///   - more: What it has beside those that all of its kind have.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    and more: KeyValuePairs<String, String> = [:]
  ) {
    start(name, attributes, more)
    text += "/>"
  }

  /// Writes an element around a text.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    and more: KeyValuePairs<String, String> = [:], text content: String
  ) {
    start(name, attributes, more)
    text += ">" + HTMLText.escape(content) + "</\(name)>"
  }

  /// Writes an element around what `body` writes.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    and more: KeyValuePairs<String, String> = [:], _ body: (inout MarkupWriter) -> Void
  ) {
    start(name, attributes, more)
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  /// Writes text between elements.
  mutating func write(_ content: String) { text += HTMLText.escape(content) }

  /// Writes markup that another writer made.
  mutating func append(_ markup: Markup) { text += markup.text }

  /// Writes values for the page's script.
  mutating func json(_ value: CanonicalValue, id: String = "") {
    start("script", ["type": "application/json", "id": id])
    text += ">" + HTMLText.inScript(value.plainJSON()) + "</script>"
  }

  /// Writes a style sheet or a script of the page itself as it is.
  mutating func own(_ name: String, _ content: String) {
    text += "<\(name)>" + content + "</\(name)>\n"
  }

  /// Writes the frame of a chart: a picture with a title and a description for readers who cannot see it, from whom
  /// what is drawn is hidden.
  ///
  /// - Parameters:
  ///   - look: CSS classes of the whole.
  ///   - id: Unique on the page.
  ///   - height: In pixels; the width is that of the page.
  ///   - title: Its name.
  ///   - description: A description of the picture.
  ///   - group: The CSS class of what `body` writes.
  ///   - body: Writes what is drawn.
  mutating func plot(
    _ look: String, id: String, height: Int, title: String, description: String,
    group: String = "", _ body: (inout MarkupWriter) -> Void
  ) {
    element(
      "svg",
      [
        "class": look, "role": "img", "height": "\(height)",
        "aria-labelledby": "\(id)-title \(id)-desc",
      ]
    ) { svg in
      svg.element("title", ["id": "\(id)-title"], text: title)
      svg.element("desc", ["id": "\(id)-desc"], text: description)
      svg.element("g", ["aria-hidden": "true", "class": group], body)
    }
  }

  /// Writes a comment: a place that ``RunPage`` finds again.
  mutating func mark(_ mark: RunPage.Mark, _ numbers: [Double] = []) {
    text += mark.start + numbers.map { " " + NumberText.exact($0) }.joined() + "-->"
  }

  /// The written markup.
  var markup: Markup { Markup(self) }

  private mutating func start(
    _ name: String, _ attributes: KeyValuePairs<String, String>...
  ) {
    text += "<\(name)"
    for (key, value) in attributes.joined() where !value.isEmpty {
      text += " \(key)=\"" + HTMLText.escape(value, limit: Self.limit(of: key)) + "\""
    }
  }

  /// Paths and pictures have any length; other long attributes come from a user's spec.
  private static func limit(of attribute: String) -> Int {
    switch attribute {
    case "d", "src", "content": .max
    default: HTMLText.limit
    }
  }
}

/// Markup that needs no more escaping; only this file can make it.
struct Markup {
  let text: String

  /// What `body` writes.
  init(_ body: (inout MarkupWriter) -> Void) {
    var writer = MarkupWriter()
    body(&writer)
    text = writer.text
  }

  fileprivate init(_ writer: MarkupWriter) { text = writer.text }
}
