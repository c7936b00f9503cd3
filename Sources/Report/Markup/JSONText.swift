/// Values as JSON that may stand in a `<script type="application/json">` element.
///
/// Every character that HTML or JavaScript could read as something else is written `\uXXXX`.
indirect enum JSONText {
  case string(String)
  case integer(Int)
  /// A number; one that is not finite becomes `null`.
  case number(Double)
  case boolean(Bool)
  case null
  case array([JSONText])
  /// Members in the order given.
  case object(KeyValuePairs<String, JSONText>)

  var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .string(let value): Self.write(value, to: &result)
    case .integer(let value): result += String(value)
    case .number(let value): result += value.isFinite ? NumberText.exact(value) : "null"
    case .boolean(let value): result += value ? "true" : "false"
    case .null: result += "null"
    case .array(let elements):
      result += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { result += "," }
        element.write(to: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { result += "," }
        Self.write(member.key, to: &result)
        result += ":"
        member.value.write(to: &result)
      }
      result += "}"
    }
  }

  private static func write(_ text: String, to result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      let isPlain =
        scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
        && !["<", ">", "&", "'", "\"", "\\"].contains(scalar)
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
      }
    }
    result += "\""
  }
}
