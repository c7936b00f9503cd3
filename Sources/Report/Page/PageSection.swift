/// A section of a page: an entry in the list of sections, a heading, and the content.
struct PageSection {
  typealias Writing = (inout MarkupWriter) -> Void

  /// Unique on the page.
  var id: String
  /// The entry in the list of sections.
  var entry: String
  var heading: String
  /// CSS classes beside that of every section.
  var look = ""
  /// A sentence below the heading.
  var note: String?
  /// Whether only the heading shows until the reader unfolds it.
  var isFolded = false
  /// Controls beside the heading.
  var tools: Writing?
  var body: Writing

  init(
    _ id: String, entry: String, heading: String, look: String = "", note: String? = nil,
    isFolded: Bool = false, tools: Writing? = nil, body: @escaping Writing
  ) {
    self.id = id
    self.entry = entry
    self.heading = heading
    self.look = look
    self.note = note
    self.isFolded = isFolded
    self.tools = tools
    self.body = body
  }

  func write(to page: inout MarkupWriter) {
    page.element(
      "section",
      [
        "class": "part" + (look.isEmpty ? "" : " " + look) + (isFolded ? " folded" : ""),
        "id": id, "aria-labelledby": "h-\(id)",
      ]
    ) { section in
      guard isFolded else {
        section.element("header") { header in
          header.element("h2", ["id": "h-\(id)"], text: heading)
          tools?(&header)
        }
        writeContent(to: &section)
        return
      }
      section.element("details") { details in
        details.element("summary") { $0.element("h2", ["id": "h-\(id)"], text: heading) }
        tools?(&details)
        writeContent(to: &details)
      }
    }
    page.write("\n")
  }

  private func writeContent(to section: inout MarkupWriter) {
    if let note { section.element("p", ["class": "note"], text: note) }
    body(&section)
  }

  /// Writes the list of sections, and the button for the theme; at `mark` ``RunPage`` adds entries of its own.
  static func writeContents(
    of sections: [PageSection], mark: RunPage.Mark? = nil, to page: inout MarkupWriter
  ) {
    page.element("nav", ["class": "contents", "aria-label": "Sections"]) { nav in
      nav.element("ol", ["tabindex": "0"]) { list in
        for section in sections { section.writeEntry(to: &list) }
        if let mark { list.mark(mark) }
      }
      nav.element(
        "button",
        [
          "type": "button", "class": "icon needs-js", "data-act": "theme",
          "aria-label": "Switch between light and dark",
        ]
      ) { button in
        button.element("svg", ["viewBox": "0 0 16 16", "aria-hidden": "true"]) { svg in
          svg.element("circle", ["cx": "8", "cy": "8", "r": "6"])
          svg.element(
            "path", ["d": "M8 2v12A6 6 0 0 0 8 2z", "fill": "currentColor", "stroke": "none"])
        }
        button.element("span", ["data-theme-name": "yes"], text: "Theme")
      }
    }
  }

  func writeEntry(to list: inout MarkupWriter) {
    list.element("li") { $0.element("a", ["href": "#\(id)"], text: entry) }
  }
}

extension MarkupWriter {
  /// Writes a row of controls that only a script makes work.
  mutating func tools(_ body: PageSection.Writing) {
    element("div", ["class": "tools needs-js"], body)
  }

  /// Writes the controls of curves: smoothing, a log scale, outliers, zoom; behind those that `before` writes.
  mutating func curveTools(of what: String, after before: PageSection.Writing? = nil) {
    tools { tools in
      before?(&tools)
      tools.element("label") { label in
        label.write("Smoothing ")
        label.element(
          "input",
          [
            "type": "range", "min": "0", "max": "0.999", "step": "0.001", "value": "0",
            "data-act": "smooth", "aria-label": "Smoothing of the \(what)",
          ])
        label.element("output", ["data-smooth": "yes"], text: "0")
      }
      for (act, name) in [("log", "Log scale"), ("outliers", "Without outliers")] {
        tools.checkbox(name, act: act)
      }
      tools.element(
        "button",
        ["type": "button", "data-act": "explore", "aria-pressed": "false", "hidden": "hidden"],
        text: "Zoom")
    }
  }

  /// Writes a box to tick, with its name.
  mutating func checkbox(_ name: String, act: String = "", id: String = "", look: String = "") {
    element("label") { label in
      label.element(
        "input", ["type": "checkbox", "class": look, "id": id, "data-act": act])
      label.write(" " + name)
    }
  }

  /// Writes a region that scrolls horizontally, with a name for readers who cannot see it.
  mutating func scrolling(_ name: String, look: String = "", _ body: PageSection.Writing) {
    element(
      "div",
      [
        "class": look.isEmpty ? "scroll" : "scroll \(look)", "tabindex": "0", "role": "group",
        "aria-label": name,
      ], body)
  }

  /// Writes a name that may be broken at the ends of its parts.
  mutating func segments(_ text: String) {
    for segment in Text.segments(text) {
      write(segment)
      element("wbr")
    }
  }

  /// Writes lines of text, each an element of its own.
  mutating func lines(_ lines: [(look: String, text: String)], name: String) {
    element("pre", ["class": "text", "tabindex": "0", "role": "group", "aria-label": name]) { pre in
      for line in lines { pre.element("span", ["class": line.look], text: line.text) }
    }
  }

  /// Writes a list of names with numbers.
  mutating func numbers(_ entries: [(name: String, value: String)]) {
    for entry in entries {
      element("div") { entryElement in
        entryElement.element("dt", text: entry.name)
        let isLong = entry.value.split(separator: "\n").contains { $0.count > 22 }
        entryElement.element("dd", ["class": isLong ? "long" : "short"], text: entry.value)
      }
    }
  }
}
