public import Settings

/// One setting of a record at its full depth.
public struct SpecLeaf: Sendable {
  /// The path within the record: `optimizer.adam.learning_rate`.
  public let path: String

  /// The value as a person writes it: `0.001`.
  public let text: String

  /// What a value of a spec without structure holds.
  public let value: SpecValue

  public let role: FieldRole

  /// Whether this is what holds where nothing is written.
  public let isDefault: Bool

  /// Where it was written, or `nil` for a default.
  public var location: SourceLocation? { value.location }
}

extension SpecRecord {
  /// Every setting at its full depth, in the order of the schema: for reports and explanations.
  ///
  /// An alternative without settings, an empty list and an empty map are leaves themselves, with the
  /// texts `relu`, `[]` and `{}`. Settings below an execution setting are execution settings, too.
  public func flattened() -> [SpecLeaf] {
    var leaves: [SpecLeaf] = []
    collect(path: "", role: .result, isDefault: false, into: &leaves)
    return leaves
  }

  /// Every stage output and local file that these settings name, with its path, in schema order.
  public var inputs: [(path: String, source: InputSource)] {
    flattened().compactMap { leaf in leaf.value.source.map { (leaf.path, $0) } }
  }

  fileprivate func collect(
    path: String, role: FieldRole, isDefault: Bool, into leaves: inout [SpecLeaf]
  ) {
    for entry in entries {
      entry.value.collect(
        path: path.isEmpty ? entry.name : "\(path).\(entry.name)",
        role: role == .execution ? .execution : entry.role,
        isDefault: isDefault || entry.isDefault, into: &leaves)
    }
  }
}

extension SpecValue {
  fileprivate func collect(
    path: String, role: FieldRole, isDefault: Bool, into leaves: inout [SpecLeaf]
  ) {
    func collect(_ value: SpecValue, _ name: String) {
      value.collect(path: "\(path).\(name)", role: role, isDefault: isDefault, into: &leaves)
    }
    switch payload {
    case .list(let elements) where !elements.isEmpty:
      for (index, element) in elements.enumerated() {
        collect(element, "\(index)")
      }
    case .map(let members) where !members.isEmpty:
      for member in members {
        collect(member.value, member.key)
      }
    case .record(let record) where !record.entries.isEmpty:
      record.collect(path: path, role: role, isDefault: isDefault, into: &leaves)
    case .choice(let name, let record) where !record.entries.isEmpty:
      record.collect(path: "\(path).\(name)", role: role, isDefault: isDefault, into: &leaves)
    default:
      leaves.append(
        SpecLeaf(path: path, text: text, value: self, role: role, isDefault: isDefault))
    }
  }

  /// The value as a person would write it on one line.
  public var text: String {
    switch payload {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): SettingValue.text(of: value)
    case .string(let value): value
    case .reference(let reference): "\(reference)"
    case .path(let path): path
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    case .map(let members):
      "{\(members.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
    case .record(let record): record.text
    case .choice(let name, let record):
      record.entries.isEmpty ? name : "{\(name): \(record.text)}"
    }
  }
}

extension SpecRecord {
  fileprivate var text: String {
    "{\(entries.map { "\($0.name): \($0.value.text)" }.joined(separator: ", "))}"
  }
}
