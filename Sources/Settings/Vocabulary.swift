/// The kinds of one category: the layers, the optimizers and so on.
///
/// To add a kind, add one line to the list of its vocabulary.
public struct Vocabulary<Kind>: Sendable {
  /// The name of the category: `layer`.
  public let name: String

  /// The kinds, in the order of the reference.
  public let kinds: [any Described.Type]

  private let describe: @Sendable (Kind) -> any Described
  private let cast: @Sendable (any Described) -> Kind?

  /// Lists kinds.
  ///
  /// - Parameters:
  ///   - name: The name of the category.
  ///   - kinds: The kinds; each conforms to `Kind`.
  ///   - describe: Gives a kind as what it is described by.
  /// - Precondition: No two kinds have the same word.
  public init(
    _ name: String, _ kinds: [any Described.Type],
    describe: @escaping @Sendable (Kind) -> any Described
  ) {
    precondition(Set(kinds.map { $0.word }).count == kinds.count, "a word names two kinds")
    self.name = name
    self.kinds = kinds
    self.describe = describe
    cast = { $0 as? Kind }
  }

  /// The kinds as the alternatives of a choice.
  public var choices: [Choice] { choices(adding: []) }

  /// The same, with settings that all of them have.
  package func choices(adding common: [Field]) -> [Choice] {
    kinds.map { $0.choice(adding: common) }
  }

  /// The examples of all kinds.
  public var examples: [Kind] {
    kinds.flatMap { Self.examples(of: $0) }.compactMap { cast($0) }
  }

  private static func examples(of kind: (some Described).Type) -> [any Described] { kind.examples }

  /// Reads `relu`, `{linear: 128}` or `{adam: {learning_rate: 0.001}}`.
  ///
  /// - Throws: ``SettingsError`` for an unknown word or wrong settings.
  public func decode(_ value: SettingValue, at path: String = "") throws(SettingsError) -> Kind {
    let (word, given) = try split(value, at: path)
    return try decode(word, given, at: path.appending(word))
  }

  /// The word of a kind and its settings, or its main setting.
  package func split(
    _ value: SettingValue, at path: String
  ) throws(SettingsError) -> (word: String, settings: SettingValue) {
    switch value {
    case .text(let word): return (word, .map([]))
    case .map(let members) where members.count == 1:
      return (members[0].name, members[0].value)
    default: throw SettingsError(path, "must name one \(name), found `\(value.text)`")
    }
  }

  /// Reads the settings, at a path, of the kind with a word.
  package func decode(
    _ word: String, _ given: SettingValue, at path: String
  ) throws(SettingsError) -> Kind {
    guard let kind = kinds.first(where: { $0.word == word }) else {
      let words = kinds.map { $0.word }.joined(separator: ", ")
      throw SettingsError(path, "there is no \(name) `\(word)`; available: \(words)")
    }
    var settings = given
    if given.members == nil, let main = kind.shorthand {
      settings = .map([SettingValue.Member(main, given)])
    }
    guard let kind = cast(try kind.init(decoding: settings, at: path)) else {
      throw SettingsError(path, "`\(word)` is not a kind of \(name)")
    }
    return kind
  }

  /// A kind as a user writes it in a spec: `{conv2d: {channels: 9, kernel: 3}}`.
  public func text(of kind: Kind) -> String { encoded(kind, .brief).text }

  func encoded(_ kind: Kind, _ form: SettingForm) -> SettingValue {
    encoded(kind, form, adding: [])
  }

  /// The kind with its settings, and with settings that do not belong to the kind.
  package func encoded(
    _ kind: Kind, _ form: SettingForm, adding others: [SettingValue.Member]
  ) -> SettingValue {
    let described = describe(kind)
    let (word, main) = (type(of: described).word, type(of: described).shorthand)
    let settings = described.encoded(form) + others
    guard form == .brief else { return .map([SettingValue.Member(word, .map(settings))]) }
    if settings.isEmpty { return .text(word) }
    if settings.count == 1, settings[0].name == main {
      return .map([SettingValue.Member(word, settings[0].value)])
    }
    return .map([SettingValue.Member(word, .map(settings))])
  }
}
