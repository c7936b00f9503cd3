/// An object of a specification with its place, for messages.
struct SpecObject {
  let members: [String: JSONValue]
  /// Where it stands: `encoding.x`.
  let path: String

  init(_ value: JSONValue, path: String) throws(VegaLiteError) {
    guard case .object(let members) = value else {
      throw VegaLiteError(path, "must be an object")
    }
    // Null says that there is none of it.
    self.members = members
    self.path = path
  }

  func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  func failure(_ name: String, _ words: String) -> VegaLiteError {
    VegaLiteError(place(name), words)
  }

  /// Refuses members that nothing here reads.
  func allow(_ names: [String]) throws(VegaLiteError) {
    guard let stranger = members.keys.sorted().first(where: { !names.contains($0) }) else { return }
    throw VegaLiteError(
      place(String(stranger.prefix(40))), "is not drawn here", stranger: stranger, known: names)
  }

  /// A member that is there and not null.
  subscript(name: String) -> JSONValue? {
    guard let value = members[name], value != .null else { return nil }
    return value
  }

  func has(_ name: String) -> Bool { self[name] != nil }

  func object(_ name: String) throws(VegaLiteError) -> SpecObject {
    guard let value = self[name] else { throw failure(name, "is missing") }
    return try SpecObject(value, path: place(name))
  }

  func optionalObject(_ name: String) throws(VegaLiteError) -> SpecObject? {
    has(name) ? try object(name) : nil
  }

  func objects(_ name: String) throws(VegaLiteError) -> [SpecObject] {
    guard let value = self[name] else { return [] }
    guard let elements = value.elements else { throw failure(name, "must be a list") }
    guard elements.count <= 200 else { throw failure(name, "has more than 200 elements") }
    var objects: [SpecObject] = []
    for (index, element) in elements.enumerated() {
      objects.append(try SpecObject(element, path: "\(place(name)).\(index)"))
    }
    return objects
  }

  func text(_ name: String) throws(VegaLiteError) -> String? {
    guard let value = self[name] else { return nil }
    guard case .string(let text) = value else { throw failure(name, "must be a text") }
    return text
  }

  /// A text, or lines of one.
  func lines(_ name: String) throws(VegaLiteError) -> String? {
    guard let elements = self[name]?.elements else { return try text(name) }
    return elements.compactMap(\.text).joined(separator: " ")
  }

  func needText(_ name: String) throws(VegaLiteError) -> String {
    guard let text = try text(name) else { throw failure(name, "is missing") }
    return text
  }

  /// One text or a list of them.
  func texts(_ name: String) throws(VegaLiteError) -> [String]? {
    guard let value = self[name] else { return nil }
    if case .string(let text) = value { return [text] }
    guard let elements = value.elements else {
      throw failure(name, "must be a text or a list of texts")
    }
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element else { throw failure(name, "must be a list of texts") }
      texts.append(text)
    }
    return texts
  }

  func boolean(_ name: String) throws(VegaLiteError) -> Bool? {
    guard let value = self[name] else { return nil }
    guard case .boolean(let boolean) = value else {
      throw failure(name, "must be true or false")
    }
    return boolean
  }

  func choice(_ name: String, _ known: [String]) throws(VegaLiteError) -> String? {
    guard let text = try text(name) else { return nil }
    guard known.contains(text) else {
      throw VegaLiteError(
        place(name), "“\(text.prefix(40))” is not drawn here", stranger: text, known: known)
    }
    return text
  }

  /// A number, or an expression over parameters: `{"expr": …}`, `{"signal": …}`, `{"param": …}`.
  func number(_ name: String, _ parameters: Parameters) throws(VegaLiteError) -> Double? {
    guard let value = self[name] else { return nil }
    if case .number(let number) = value { return number }
    if case .object = value, let datum = try constant(name, parameters) { return datum.number }
    throw failure(name, "must be a number")
  }

  func whole(
    _ name: String, _ range: ClosedRange<Int>, _ parameters: Parameters
  ) throws(VegaLiteError) -> Int? {
    guard let number = try number(name, parameters) else { return nil }
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw failure(
        name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  func numbers(_ name: String) throws(VegaLiteError) -> [Double]? {
    guard let value = self[name] else { return nil }
    guard let elements = value.elements else { throw failure(name, "must be a list of numbers") }
    var numbers: [Double] = []
    for element in elements {
      guard case .number(let number) = element else {
        throw failure(name, "must be a list of numbers")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// A value that does not depend on rows.
  func constant(_ name: String, _ parameters: Parameters) throws(VegaLiteError) -> Datum? {
    guard let value = self[name] else { return nil }
    guard case .object(let members) = value else { return value.datum }
    let inner = try SpecObject(value, path: place(name))
    for word in ["expr", "signal"] where members[word] != nil {
      try inner.allow([word])
      let expression = try ExpressionParser.expression(
        try inner.needText(word), inner.place(word), parameters)
      guard expression.fields.isEmpty else {
        throw inner.failure(word, "cannot depend on a row here")
      }
      return expression.constantValue
    }
    if let name = try inner.text("param") {
      try inner.allow(["param"])
      if let value = parameters[name] { return value }
      throw VegaLiteError(
        inner.place("param"), "there is no parameter “\(name.prefix(40))” with a value",
        stranger: name, known: parameters.names)
    }
    // A date in parts.
    if members["year"] != nil || members["date"] != nil { return .number(try inner.moment()) }
    throw failure(name, "must be a value, or an object with expr or param")
  }

  /// A date in parts, months from 1 as Vega-Lite counts them.
  private func moment() throws(VegaLiteError) -> Double {
    let none = Parameters()
    try allow(["year", "month", "date", "hours", "minutes", "seconds", "milliseconds"])
    var calendar = Calendar(year: try whole("year", 0...9999, none) ?? 2012)
    calendar.month = (try whole("month", 1...12, none) ?? 1) - 1
    calendar.date = try whole("date", 1...31, none) ?? 1
    calendar.hours = try whole("hours", 0...24, none) ?? 0
    calendar.minutes = try whole("minutes", 0...59, none) ?? 0
    calendar.seconds = try whole("seconds", 0...59, none) ?? 0
    calendar.milliseconds = try whole("milliseconds", 0...999, none) ?? 0
    return calendar.time
  }
}
