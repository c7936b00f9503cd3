/// Settings that belong together: a record in a spec.
///
/// Laws: `init()` gives the default of each setting that has one, and any valid value to those that are required;
/// decoding what was encoded gives an equal value.
public protocol SettingRecord: Sendable {
  /// The defaults.
  init()

  /// The settings, in the order of the reference.
  static var settings: [Setting<Self>] { get }

  /// Checks the rules between settings. Paths begin at this value.
  func complaints() -> [Complaint]
}

/// What a user can name in a spec, declared once: its word, its settings, and, in a protocol that refines this
/// one, what it does.
///
/// From the declaration derive the parser of specs, `--set`, keys, the reference, the JSON Schema, the encoding
/// into the metadata of a model, and the tests that run over a whole vocabulary.
public protocol Described: SettingRecord {
  /// The word that names it.
  static var word: String { get }

  /// One sentence for the reference.
  static var summary: String { get }

  /// The setting that a bare value fills: with `features`, `{linear: 128}` is `{linear: {features: 128}}`.
  static var shorthand: String? { get }

  /// Example values, used by everything that checks or shows every kind.
  static var examples: [Self] { get }
}

extension SettingRecord {
  public static var settings: [Setting<Self>] { [] }
  public func complaints() -> [Complaint] { [] }
}

extension Described {
  public static var shorthand: String? { nil }
  public static var examples: [Self] { [Self()] }

  /// The declaration as an alternative of a choice.
  public static var choice: Choice { choice(adding: []) }

  /// The declaration with settings that every alternative of a choice has.
  package static func choice(adding common: [Field]) -> Choice {
    Choice(word, fields: settings.map(\.field) + common, shorthand: shorthand, summary: summary)
  }
}

// MARK: Values

/// Which settings of a value are written.
package enum SettingForm: Sendable {
  /// Every setting, for a reader that may have other defaults.
  case complete
  /// Only settings that differ from the defaults, as a user writes them.
  case brief
}

extension SettingRecord {
  /// Reads settings, filling in the defaults.
  ///
  /// - Parameters:
  ///   - value: A map of settings.
  ///   - path: The path of the value, for errors and inputs.
  /// - Throws: ``SettingsError`` with all errors: unknown and missing settings, values of another
  ///   type or outside of their range, rules between settings.
  public init(decoding value: SettingValue, at path: String = "") throws(SettingsError) {
    self.init()
    guard let members = value.members else {
      throw SettingsError(path, "expected a map of settings, found `\(value.text)`")
    }
    let settings = Self.settings
    var complaints: [Complaint] = []
    for member in members where !settings.contains(where: { $0.field.name == member.name }) {
      let names = settings.map(\.field.name).joined(separator: ", ")
      complaints.append(
        Complaint(
          path.appending(member.name),
          "unknown setting `\(member.name)`; "
            + (names.isEmpty ? "there are none" : "valid here: \(names)")))
    }
    for setting in settings {
      let name = setting.field.name
      do throws(SettingsError) {
        if let given = value[name] {
          try setting.decode(given, path.appending(name), &self)
        } else if setting.field.isRequired {
          throw SettingsError(path, "needs the setting `\(name)`")
        }
      } catch {
        complaints += error.complaints
      }
    }
    if complaints.isEmpty {
      complaints = self.complaints().map { Complaint(path.appending($0.path), $0.message) }
    }
    guard complaints.isEmpty else { throw SettingsError(complaints) }
  }

  /// Checks a value that was created in code: the ranges of its settings and the rules between them.
  ///
  /// - Throws: ``SettingsError`` with all errors.
  public func check() throws(SettingsError) { _ = try Self(decoding: encoded) }

  /// Every setting that has a value, as a map.
  public var encoded: SettingValue { .map(encoded(.complete)) }

  package func encoded(_ form: SettingForm) -> [SettingValue.Member] {
    let standard = form == .brief ? Self() : nil
    return Self.settings.compactMap { setting in
      guard let value = setting.encode(self, form),
        setting.field.isRequired || standard.flatMap({ setting.encode($0, form) }) != value
      else { return nil }
      return SettingValue.Member(setting.field.name, value)
    }
  }
}

extension String {
  /// This path extended by a name.
  func appending(_ name: String) -> String {
    isEmpty ? name : name.isEmpty ? self : "\(self).\(name)"
  }
}
