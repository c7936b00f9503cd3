internal import Settings

/// A JSON value whose members keep their order, for schemas that people read too.
indirect enum JSONText {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(key: String, value: JSONText)])

  init(_ value: SettingValue) {
    self =
      switch value {
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      case .text(let value): .string(value)
      case .list(let elements): .array(elements.map { JSONText($0) })
      case .map(let members):
        .object(members.map { (key: $0.name, value: JSONText($0.value)) })
      case .input(let input): .string(input.source)
      }
  }

  /// The value over several lines, indented by two spaces; short arrays of words stay on one line.
  func rendered(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .boolean(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value): return SettingValue.text(of: value)
    case .string(let value): return Self.quoted(value)
    case .array(let elements):
      let flat = "[\(elements.map { $0.rendered() }.joined(separator: ", "))]"
      guard flat.contains("\n") || flat.count + indentation.count > 90 else { return flat }
      let lines = elements.map { inner + $0.rendered(indentation: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map {
        "\(inner)\(Self.quoted($0.key)): \($0.value.rendered(indentation: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
