extension FieldType {
  /// A description of the type that can follow “must be”.
  package var phrase: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): Self.phrase(range)
    case .number(let range): Self.phrase(range)
    case .string(let rule): Self.phrase(rule)
    case .list(let element, let count): "a list of \(Self.bounds(count))\(element.plural)"
    case .map: "a map"
    case .record(let fields): "a map with \(Self.names(fields.map(\.name), joint: "and"))"
    case .choice(let choices): "one of \(Self.names(choices.map(\.name), joint: "or"))"
    case .named(let name): "a \(name)"
    case .reference: "an output of a stage, written stage/output"
    case .referenceOrPath: "an output of a stage, written stage/output, or the path of a file"
    case .union(let types) where types.isEmpty: "a value unknown to this program"
    case .union(let types): types.map(\.phrase).joined(separator: ", or ")
    }
  }

  private var plural: String {
    switch self {
    case .named(let name): "\(name)s"
    case .string(.url): "URLs"
    case .string(.outputName), .string(.name): "names"
    case .string: "texts"
    case .integer: "whole numbers"
    case .number: "numbers"
    case .list: "lists"
    case .reference: "outputs of stages"
    default: "elements"
    }
  }

  private static func phrase(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (let low, let high) where low == high: "\(low)"
    case (let low, let high) where high >= largestInteger:
      low <= -largestInteger ? "a whole number" : "a whole number of at least \(low)"
    case (let low, let high): "a whole number from \(low) to \(high)"
    }
  }

  private static func phrase(_ range: NumberRange) -> String {
    let lower = range.lower.map {
      ($0.isIncluded ? "of at least " : "greater than ") + SettingValue.text(of: $0.value)
    }
    let upper = range.upper.map {
      ($0.isIncluded ? "at most " : "less than ") + SettingValue.text(of: $0.value)
    }
    return switch (lower, upper) {
    case (nil, nil): "a number"
    case (let lower?, nil): "a number \(lower)"
    case (nil, let upper?): "a number \(upper)"
    case (let lower?, let upper?): "a number \(lower) and \(upper)"
    }
  }

  private static func phrase(_ rule: StringRule) -> String {
    switch rule {
    case .any: "a text"
    case .name: "a name of letters, digits and . _ -"
    case .sha256: "the 64 hexadecimal digits of a SHA-256"
    case .url: "a URL"
    case .oneOf(let words): "one of \(names(words, joint: "or"))"
    case .outputName: "the name of an output"
    }
  }

  /// A count of things in words.
  package static func count(_ range: ClosedRange<Int>, of noun: String) -> String {
    if range.lowerBound == range.upperBound {
      return "\(range.lowerBound) \(noun)\(range.lowerBound == 1 ? "" : "s")"
    }
    guard range.upperBound < largestCount else {
      return "at least \(range.lowerBound) \(noun)\(range.lowerBound == 1 ? "" : "s")"
    }
    return "\(range.lowerBound) to \(range.upperBound) \(noun)s"
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound { return "\(range.lowerBound) " }
    if range.upperBound < largestCount {
      return "\(range.lowerBound) to \(range.upperBound) "
    }
    return ""
  }

  private static func names(_ names: [String], joint: String) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
    return "\(names.dropLast().joined(separator: ", ")) \(joint) \(last)"
  }
}
