internal import ContentAddressing

/// The shell of every report: one file with its styles, its scripts and a policy that allows no other.
struct Page {
  var title: String
  var body: String
  var footer: String
  /// Scripts of our own and of the interactive charts, in the order in which they run.
  var scripts: [String]

  /// The whole file.
  var html: String {
    let style = Self.style
    let scripts = scripts.map(Self.inlined)
    let themeScript = Self.inlined(Self.text(PackageResources.theme_js))
    return Templates.render(
      "page",
      View(
        title: title, policy: Self.policy(style: style, scripts: [themeScript] + scripts),
        style: style, themeScript: themeScript, body: body, footer: footer, scripts: scripts))
  }

  private struct View {
    var title: String
    var policy: String
    var style: String
    var themeScript: String
    var body: String
    var footer: String
    var scripts: [String]
  }

  /// The Content-Security-Policy: nothing but this style, these scripts and the pictures in the file.
  private static func policy(style: String, scripts: [String]) -> String {
    let hashes = scripts.map(hashSource).joined(separator: " ")
    return "default-src 'none'; style-src \(hashSource(style)); img-src data:; "
      + "script-src \(hashes); base-uri 'none'; form-action 'none'"
  }

  private static func hashSource(_ text: String) -> String {
    "'sha256-" + Base64.encode(Digest(of: Array(text.utf8)).bytes) + "'"
  }

  /// A script that cannot end its element: `</script` and `<!--` are told apart by a backslash.
  ///
  /// In a script both can only stand in strings, regular expressions or comments, where the
  /// backslash changes nothing.
  private static func inlined(_ script: String) -> String {
    var result = ""
    var rest = script[...]
    while let less = rest.firstIndex(of: "<") {
      result += rest[..<less]
      rest = rest[less...]
      let next = rest.dropFirst()
      if next.prefix(6).lowercased() == "/scrip" || next.hasPrefix("!--") {
        result += "<\\"
      } else {
        result += "<"
      }
      rest = next
    }
    return result + rest
  }

  /// Adds a script to a finished page.
  static func adding(_ script: String, to page: String) -> String {
    let bytes = Array(page.utf8)
    let result = PageEdit.applying(edits(adding: script, to: bytes), to: bytes)
    return String(decoding: result, as: UTF8.self)
  }

  /// What adds a script to a finished page: before its own ones, and to its policy.
  static func edits(adding script: String, to page: [UInt8]) -> [PageEdit] {
    let script = inlined(script)
    let policy = "script-src "
    guard let allowed = PageEdit.firstIndex(of: policy, in: page, from: 0),
      let end = PageEdit.firstIndex(of: "</footer>", in: page, from: allowed),
      let own = PageEdit.firstIndex(of: "<script>", in: page, from: end)
    else { return [] }
    let place = allowed + policy.utf8.count
    // In an attribute, as the template escapes it.
    let source = HTMLText.escape(hashSource(script)) + " "
    return [
      PageEdit(range: place..<place, text: source),
      PageEdit(range: own..<own, text: "<script>\(script)</script>\n"),
    ]
  }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The style sheet of every page.
  private static let style = [
    PackageResources.page_css, PackageResources.hero_css, PackageResources.tables_css,
    PackageResources.shades_css, PackageResources.charts_css, PackageResources.compare_css,
    PackageResources.print_css,
  ].map(text).joined()
}
