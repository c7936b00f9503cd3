public import ContentAddressing

/// Which settings a canonical form holds.
public enum RoleFilter: Hashable, Sendable {
  /// Those that enter a key.
  case result
  /// All of them.
  case all
}

extension SpecRecord {
  /// The one form of these settings that is hashed, defaults filled in.
  ///
  /// A choice is `{"adam":{…}}`, also where `adam` was written alone. An input is `{"input":PATH}` with
  /// its own path in this record, since what counts is its content, which the key holds under that
  /// path. Every text and every map key can be encoded: validation refused the others.
  public func canonical(_ include: RoleFilter = .result) -> CanonicalValue {
    canonical(include, path: [])
  }

  private func canonical(_ include: RoleFilter, path: [String]) -> CanonicalValue {
    var members: [String: CanonicalValue] = [:]
    for entry in entries where include == .all || entry.role == .result {
      members[entry.name] = entry.value.canonical(include, path: path + [entry.name])
    }
    return .object(members)
  }

  fileprivate func nested(_ include: RoleFilter, path: [String]) -> CanonicalValue {
    canonical(include, path: path)
  }
}

extension SpecValue {
  fileprivate func canonical(_ include: RoleFilter, path: [String]) -> CanonicalValue {
    switch payload {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .double(value)
    case .string(let value): .string(value)
    case .list(let elements):
      .array(
        elements.enumerated().map { index, element in
          element.canonical(include, path: path + ["\(index)"])
        })
    case .map(let members):
      .object(
        Dictionary(
          members.map { ($0.key, $0.value.canonical(include, path: path + [$0.key])) },
          uniquingKeysWith: { $1 }))
    case .record(let record): record.nested(include, path: path)
    case .choice(let name, let record):
      .object([name: record.nested(include, path: path + [name])])
    case .reference, .path: .object(["input": .string(path.joined(separator: "."))])
    }
  }
}
