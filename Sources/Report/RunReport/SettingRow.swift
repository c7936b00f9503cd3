/// A row of the tables of settings: a setting, or a list of them as one.
struct SettingRow {
  /// The stage, or `pipeline` for settings of the whole.
  var group: String
  var name: String
  var value: String
  var isDefault: Bool

  /// The rows of settings: the elements of a list make one row, and digests are shortened.
  static func rows(_ settings: [Setting]) -> [SettingRow] {
    var rows: [SettingRow] = []
    var lists: [(row: Int, elements: [Element])] = []
    for setting in settings {
      // By scalars: a combining mark behind a point must not hide the point.
      let parts = setting.path.unicodeScalars.split(
        separator: ".", omittingEmptySubsequences: false
      ).map { String($0) }
      let group = parts.count > 1 ? parts[0] : "pipeline"
      let path = parts.count > 1 ? Array(parts.dropFirst()) : parts
      guard let place = path.dropFirst().firstIndex(where: isPlace) else {
        rows.append(
          SettingRow(
            group: group, name: path.joined(separator: "."), value: shortened(setting.value),
            isDefault: setting.isDefault))
        continue
      }
      let name = path[..<place].joined(separator: ".")
      let element = Element(
        place: path[place], rest: Array(path[(place + 1)...]), value: shortened(setting.value))
      if let last = lists.indices.last, rows[lists[last].row].group == group,
        rows[lists[last].row].name == name
      {
        lists[last].elements.append(element)
        rows[lists[last].row].isDefault = rows[lists[last].row].isDefault && setting.isDefault
      } else {
        lists.append((rows.count, [element]))
        rows.append(SettingRow(group: group, name: name, value: "", isDefault: setting.isDefault))
      }
    }
    for list in lists { rows[list.row].value = Element.text(of: list.elements) }
    return rows
  }

  private static func isPlace(_ part: String) -> Bool {
    !part.isEmpty && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  /// A digest by its first digits; anything else as it is.
  private static func shortened(_ value: String) -> String {
    let hex = value.hasPrefix("sha256:") ? value.dropFirst(7) : value[...]
    return hex.utf8.count == 64 && hex.utf8.allSatisfy(isHexadecimal)
      ? Text.shortDigest(value) + "…" : value
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }

  /// An element of a list, or one of its own settings.
  private struct Element {
    var place: String
    var rest: [String]
    var value: String

    /// `flatten, linear {units: 128}, relu`.
    static func text(of elements: [Element]) -> String {
      var texts: [String] = []
      var start = elements.startIndex
      while start < elements.endIndex {
        let place = elements[start].place
        let own = elements[start...].prefix { $0.place == place }
        start = own.endIndex
        texts.append(text(ofOne: Array(own)))
      }
      return texts.joined(separator: ", ")
    }

    private static func text(ofOne own: [Element]) -> String {
      guard let first = own.first, let kind = first.rest.first else {
        return own.map(\.value).joined(separator: ", ")
      }
      let isKind = own.allSatisfy { $0.rest.count > 1 && $0.rest[0] == kind }
      let members = own.map { element in
        element.rest.dropFirst(isKind ? 1 : 0).joined(separator: ".") + ": " + element.value
      }
      return (isKind ? kind + " " : "") + "{" + members.joined(separator: ", ") + "}"
    }
  }
}

extension SettingRow {
  /// Writes a small table for each stage, in columns where there is room.
  static func writeColumns(_ rows: [SettingRow], to section: inout MarkupWriter) {
    section.element("div", ["class": "setting-groups"]) { groups in
      for (group, own) in grouped(rows) {
        groups.element("table") { table in
          table.element("caption", text: group)
          table.element("tbody") { body in for row in own { row.write(to: &body) } }
        }
      }
    }
  }

  /// Writes one table of all, with a heading for each stage.
  static func writeTable(_ rows: [SettingRow], to section: inout MarkupWriter) {
    section.scrolling("Settings") { region in
      region.element("table", ["id": "settings-table"]) { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for name in ["Setting", "Value"] { row.element("th", ["scope": "col"], text: name) }
          }
        }
        for (group, own) in grouped(rows) {
          table.element("tbody", ["class": "group"]) { body in
            body.element("tr") {
              $0.element("th", ["scope": "rowgroup", "colspan": "2"], text: group)
            }
            for row in own { row.write(to: &body) }
          }
        }
      }
    }
  }

  static func writeTools(to tools: inout MarkupWriter) {
    tools.search("Find a setting", in: "settings-table")
  }

  private func write(to body: inout MarkupWriter) {
    body.element("tr", ["class": isDefault ? "default" : ""]) { line in
      line.element("th", ["scope": "row", "class": "long mono"]) { $0.segments(name) }
      line.element("td", ["class": "long"]) { cell in
        cell.element("code", text: value)
        if isDefault { cell.element("span", ["class": "tag"], text: "default") }
      }
    }
  }

  /// The rows of each stage, by first appearance.
  private static func grouped(_ rows: [SettingRow]) -> [(group: String, rows: [SettingRow])] {
    var groups: [(group: String, rows: [SettingRow])] = []
    for row in rows {
      if let index = groups.firstIndex(where: { $0.group == row.group }) {
        groups[index].rows.append(row)
      } else {
        groups.append((row.group, [row]))
      }
    }
    return groups
  }
}

extension MarkupWriter {
  /// Writes a field that shows the rows of a table which hold what is typed.
  mutating func search(_ prompt: String, in table: String) {
    element("label") { label in
      label.element("span", ["class": "visually-hidden"], text: prompt)
      label.element(
        "input",
        ["type": "search", "placeholder": prompt, "data-act": "find", "data-find": table])
    }
  }
}
