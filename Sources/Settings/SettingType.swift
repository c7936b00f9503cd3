/// The type of a setting: the type as data, and the conversion between neutral values and Swift values.
public struct SettingType<Value>: Sendable {
  /// The type as data.
  public let schema: FieldType

  package let encode: @Sendable (Value, SettingForm) -> SettingValue

  /// Reads the value at a path.
  package let decode: @Sendable (SettingValue, String) throws(SettingsError) -> Value

  /// Declares a type.
  ///
  /// - Parameters:
  ///   - schema: The type as data.
  ///   - encode: The neutral value; the second argument is whether to write it briefly, as a user would.
  ///   - decode: The value of a neutral one, or `nil` for one of another type.
  package init(
    _ schema: FieldType, encode: @escaping @Sendable (Value, _ isBrief: Bool) -> SettingValue,
    decode: @escaping @Sendable (SettingValue) -> Value?
  ) {
    self.schema = schema
    self.encode = { encode($0, $1 == .brief) }
    self.decode = { (value, path) throws(SettingsError) in
      guard let decoded = decode(value) else {
        throw SettingsError(path, "must be \(schema.phrase), found `\(value.text)`")
      }
      return decoded
    }
  }

  /// Declares a type whose values have paths inside.
  package init(
    _ schema: FieldType, encoding encode: @escaping @Sendable (Value, SettingForm) -> SettingValue,
    decoding decode: @escaping @Sendable (SettingValue, String) throws(SettingsError) -> Value
  ) {
    self.schema = schema
    self.encode = encode
    self.decode = decode
  }
}

// MARK: Values without structure

extension SettingType<Bool> {
  /// `true` or `false`.
  public static var boolean: Self {
    Self(.boolean, encode: { value, _ in .boolean(value) }) {
      if case .boolean(let value) = $0 { value } else { nil }
    }
  }
}

extension SettingType<Int> {
  /// A whole number in a range.
  public static func integer(_ range: ClosedRange<Int>) -> Self {
    Self(.integer(range), encode: { value, _ in .integer(value) }) {
      if case .integer(let value) = $0, range.contains(value) { value } else { nil }
    }
  }

  /// A whole number of at least `lowest`.
  public static func integer(atLeast lowest: Int) -> Self {
    integer(lowest...FieldType.largestInteger)
  }
}

extension SettingType<Double> {
  /// A finite number in a range.
  public static func number(_ range: NumberRange) -> Self {
    Self(.number(range), encode: { value, _ in .number(value) }) {
      if case .number(let value) = $0, range.contains(value) { value } else { nil }
    }
  }
}

extension SettingType<String> {
  /// A text that follows a rule.
  public static func text(_ rule: StringRule = .any) -> Self {
    Self(.string(rule), encode: { value, _ in .text(value) }) {
      if case .text(let value) = $0, rule.objection(to: value) == nil {
        rule.normalized(value)
      } else {
        nil
      }
    }
  }
}

extension SettingType
where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of the words of an enumeration.
  public static var word: Self {
    Self(
      .string(.oneOf(Value.allCases.map(\.rawValue))), encode: { value, _ in .text(value.rawValue) }
    ) {
      if case .text(let word) = $0 { Value(rawValue: word) } else { nil }
    }
  }
}

extension SettingType<Input> {
  /// An output of another stage.
  public static var output: Self { input(.reference) }

  /// An output of another stage, or a file whose content enters the key.
  public static var outputOrFile: Self { input(.referenceOrPath) }

  private static func input(_ schema: FieldType) -> Self {
    Self(schema, encoding: { value, _ in .input(value) }) { (value, path) throws(SettingsError) in
      switch value {
      case .input(let input): return Input(path: path, source: input.source)
      // As a stored key has it.
      case .map(let members) where members.count == 1 && members[0].name == "input":
        if case .text(let name) = members[0].value { return Input(path: name, source: name) }
      default: break
      }
      throw SettingsError(path, "must be \(schema.phrase), found `\(value.text)`")
    }
  }
}

// MARK: Values with structure

extension SettingType {
  /// A list with a number of elements.
  public static func list<Element>(
    _ element: SettingType<Element>, count: ClosedRange<Int> = 0...FieldType.largestCount
  ) -> Self where Value == [Element] {
    let schema = FieldType.list(element.schema, count: count)
    return Self(
      schema, encoding: { values, form in .list(values.map { element.encode($0, form) }) }
    ) {
      (value, path) throws(SettingsError) in
      guard case .list(let values) = value, count.contains(values.count) else {
        throw SettingsError(path, "must be \(schema.phrase), found `\(value.text)`")
      }
      var elements: [Element] = []
      for (index, value) in values.enumerated() {
        elements.append(try element.decode(value, path.appending("\(index)")))
      }
      return elements
    }
  }

  /// A list of at least `lowest` elements.
  public static func list<Element>(
    _ element: SettingType<Element>, atLeast lowest: Int
  ) -> Self where Value == [Element] {
    list(element, count: lowest...FieldType.largestCount)
  }

  /// One value, or a list of several.
  public static func oneOrMore<Element>(
    _ element: SettingType<Element>, count: ClosedRange<Int>
  ) -> Self where Value == [Element] {
    let list = SettingType.list(element, count: count)
    return Self(.union([list.schema, element.schema]), encoding: list.encode) {
      (value, path) throws(SettingsError) in
      if case .list = value { return try list.decode(value, path) }
      return [try element.decode(value, path)]
    }
  }

  /// Names that the user chooses, with values of one type, in the order of the file.
  public static func map<Element>(
    keys: StringRule, _ element: SettingType<Element>
  ) -> Self where Value == [NamedValue<Element>] {
    let schema = FieldType.map(keys: keys, element.schema)
    return Self(
      schema,
      encoding: { values, form in
        .map(values.map { SettingValue.Member($0.name, element.encode($0.value, form)) })
      },
      decoding: { (value, path) throws(SettingsError) in
        guard let members = value.members,
          members.allSatisfy({ keys.objection(to: $0.name) == nil })
        else { throw SettingsError(path, "must be \(schema.phrase), found `\(value.text)`") }
        var values: [NamedValue<Element>] = []
        for member in members {
          values.append(
            NamedValue(
              name: member.name,
              value: try element.decode(member.value, path.appending(member.name))
            ))
        }
        return values
      })
  }

  /// Settings that belong together.
  public static func record() -> Self where Value: SettingRecord {
    Self(
      .record(Value.settings.map(\.field)), encoding: { value, form in .map(value.encoded(form)) }
    ) { (value, path) throws(SettingsError) in
      try Value(decoding: value, at: path)
    }
  }

  /// One kind of a vocabulary, with its settings.
  public static func kind(_ vocabulary: Vocabulary<Value>) -> Self {
    Self(
      .choice(vocabulary.choices), encoding: { vocabulary.encoded($0, $1) },
      decoding: { (value, path) throws(SettingsError) in
        try vocabulary.decode(value, at: path)
      })
  }
}

/// A value under a name that the user chose.
public struct NamedValue<Value> {
  public var name: String
  public var value: Value

  public init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}

extension NamedValue: Sendable where Value: Sendable {}
extension NamedValue: Equatable where Value: Equatable {}
extension NamedValue: Hashable where Value: Hashable {}
