public import ContentAddressing
internal import Settings

/// Which settings a canonical form holds.
public enum CanonicalForm: Hashable, Sendable {
  /// What a key holds: settings with the role `result` that differ from their defaults.
  case key
  /// All of them.
  case complete
}

extension SpecRecord {
  /// The one form of these settings that is hashed.
  ///
  /// A choice is `{"adam":{…}}`, also where `adam` was written alone. An input is `{"input":PATH}` with
  /// its own path in this record, since what counts is its content, which the key holds under that
  /// path. Every text and every map key can be encoded: validation refused the others.
  public func canonical(_ form: CanonicalForm = .key) -> CanonicalValue {
    canonical(form, path: [])
  }

  fileprivate func canonical(_ form: CanonicalForm, path: [String]) -> CanonicalValue {
    var members: [String: CanonicalValue] = [:]
    for entry in entries
    where form == .complete || (entry.role == .result && !entry.isDefault) {
      members[entry.name] = entry.value.canonical(form, path: path + [entry.name])
    }
    return .object(members)
  }
}

extension SpecValue {
  func canonical(_ form: CanonicalForm = .key, path: [String] = []) -> CanonicalValue {
    switch payload {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .double(value)
    case .string(let value): .string(value)
    case .list(let elements):
      .array(
        elements.enumerated().map { index, element in
          element.canonical(form, path: path + ["\(index)"])
        })
    case .map(let members):
      .object(
        Dictionary(
          members.map { ($0.key, $0.value.canonical(form, path: path + [$0.key])) },
          uniquingKeysWith: { $1 }))
    case .record(let record): record.canonical(form, path: path)
    case .choice(let name, let record):
      .object([name: record.canonical(form, path: path + [name])])
    case .reference, .path: .object(["input": .string(path.joined(separator: "."))])
    }
  }
}
