internal import ContentAddressing

/// The shell of every report: one file with its styles, its scripts and a policy that allows no other.
struct Page {
  var title: String
  var body: Markup
  var footer: String
  /// Scripts of our own and of the interactive charts, in the order in which they run.
  var scripts: [String]

  /// The whole file.
  var html: String {
    let scripts = scripts.map(Self.inlined)
    let themeScript = Self.inlined(Self.text(PackageResources.theme_js))
    var writer = MarkupWriter(declaration: "<!DOCTYPE html>\n")
    writer.element("html", ["lang": "en"]) { html in
      html.element("head") { head in
        head.element("meta", ["charset": "utf-8"])
        head.element(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": Self.policy(style: Self.style, scripts: [themeScript] + scripts),
          ])
        for (name, content) in [
          ("viewport", "width=device-width, initial-scale=1"), ("color-scheme", "light dark"),
          ("referrer", "no-referrer"),
        ] { head.element("meta", ["name": name, "content": content]) }
        head.element("link", ["rel": "icon", "href": "data:,"])
        head.element("title", text: title)
        head.own("style", Self.style)
        head.own("script", themeScript)
      }
      html.element("body") { body in
        body.element("a", ["class": "skip", "href": "#main"], text: "Skip to the report")
        body.element("div", ["class": "layout"]) { layout in
          layout.append(self.body)
          layout.element("footer", ["class": "end"]) { end in
            end.element("span", text: footer)
            end.element("span", text: "One file, no network: keep it, mail it, print it.")
          }
        }
        for script in scripts { body.own("script", script) }
      }
    }
    return writer.text + "\n"
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

  /// A script that cannot end its element: `</script` and `<!--` get a backslash.
  ///
  /// In a script both can only occur in strings, regular expressions or comments, where the
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
    // In an attribute, as the writer escapes it.
    let source = HTMLText.escape(hashSource(script)) + " "
    return [
      PageEdit(range: place..<place, text: source),
      PageEdit(range: own..<own, text: "<script>\(script)</script>\n"),
    ]
  }

  /// The scripts of the page of a run, of a comparison and of the index.
  static let runScripts = assembled([
    PackageResources.page_js, PackageResources.charts_js, PackageResources.saves_js,
  ])
  static let compareScripts = assembled([
    PackageResources.page_js, PackageResources.charts_js, PackageResources.saves_js,
    PackageResources.compare_js, PackageResources.scatter_js,
  ])
  static let indexScripts = assembled([PackageResources.page_js])

  private static func assembled(_ scripts: [[UInt8]]) -> [String] {
    [scripts.map(text).joined(separator: "\n")]
  }

  /// The style sheet of every page.
  private static let style = [
    PackageResources.page_css, PackageResources.hero_css, PackageResources.tables_css,
    PackageResources.shades_css, PackageResources.charts_css, PackageResources.compare_css,
    PackageResources.print_css,
  ].map(text).joined()

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
