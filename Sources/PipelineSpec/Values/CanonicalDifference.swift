public import ContentAddressing
internal import Settings

/// One place where two canonical documents differ.
public struct CanonicalDifference: Hashable, Sendable {
  /// The path of the leaf: `parameters.optimizer.adam.learning_rate`.
  public let path: String

  /// The value in the older document, or `nil` if it has none there.
  public let old: CanonicalValue?

  /// The value in the newer document, or `nil` if it has none there.
  public let new: CanonicalValue?

  public init(path: String, old: CanonicalValue?, new: CanonicalValue?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

extension CanonicalDifference {
  /// Every leaf in which two documents differ, objects by key in order of bytes, arrays by index.
  ///
  /// Equal documents give nothing, and each differing leaf is named once; an empty object or array is
  /// a leaf. A choice that changed is one difference, of the whole choice. Arrays are matched from both
  /// ends, so that an element more or less is one difference: a new element has its index in the newer
  /// document, one that is gone its index in the older. Where one document has a structure and the other
  /// a leaf, that is one difference, of the whole value; of what was empty only what came into it is named.
  ///
  /// - Complexity: O(*n* log *n*) in the size of both documents.
  public static func between(
    _ old: CanonicalValue, and new: CanonicalValue
  ) -> [CanonicalDifference] {
    var differences: [CanonicalDifference] = []
    compare(old, new, path: "", into: &differences)
    return differences
  }

  private static func compare(
    _ old: CanonicalValue?, _ new: CanonicalValue?, path: String,
    into differences: inout [CanonicalDifference]
  ) {
    guard old != new else { return }
    if isChoice(old), isChoice(new), old?.object?.keys != new?.object?.keys {
      differences.append(.init(path: path, old: old, new: new))
      return
    }
    if case .array(let before)? = old, case .array(let after)? = new, !before.isEmpty,
      !after.isEmpty
    {
      compare(before, after, path: path, into: &differences)
      return
    }
    let before = old.flatMap(children)
    let after = new.flatMap(children)
    let isLeaf = before == nil && after == nil
    if isLeaf || isScalar(old) || isScalar(new) {
      differences.append(.init(path: path, old: old, new: new))
      return
    }
    var values: [String: (old: CanonicalValue?, new: CanonicalValue?)] = [:]
    var names: [String] = []
    for (name, value) in before ?? [] {
      values[name] = (value, nil)
      names.append(name)
    }
    for (name, value) in after ?? [] {
      if values[name] == nil { names.append(name) }
      values[name, default: (nil, nil)].new = value
    }
    if !isList(old), !isList(new) { names.sort() }
    for name in names {
      guard let pair = values[name] else { continue }
      compare(pair.old, pair.new, path: joined(path, name), into: &differences)
    }
  }

  /// Compares the middles of two arrays, behind what is equal at the start and before what is at the end.
  private static func compare(
    _ old: [CanonicalValue], _ new: [CanonicalValue], path: String,
    into differences: inout [CanonicalDifference]
  ) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let before = start..<old.count - end
    let after = start..<new.count - end
    for index in start..<max(before.upperBound, after.upperBound) {
      let oldValue = before.contains(index) ? old[index] : nil
      let newValue = after.contains(index) ? new[index] : nil
      if let oldValue, let newValue {
        compare(oldValue, newValue, path: joined(path, "\(index)"), into: &differences)
      } else {
        differences.append(.init(path: joined(path, "\(index)"), old: oldValue, new: newValue))
      }
    }
  }

  private static func joined(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }

  /// The members of an object or array that has some.
  private static func children(of value: CanonicalValue) -> [(String, CanonicalValue)]? {
    switch value {
    case .object(let members) where !members.isEmpty:
      members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    case .array(let elements) where !elements.isEmpty:
      elements.enumerated().map { ("\($0)", $1) }
    default: nil
    }
  }

  /// Whether a value is written like a choice: one name and its settings.
  private static func isChoice(_ value: CanonicalValue?) -> Bool {
    guard let members = value?.object, members.count == 1 else { return false }
    return members.values.allSatisfy { $0.object != nil }
  }

  /// Whether a value is there that nothing can be inside of.
  private static func isScalar(_ value: CanonicalValue?) -> Bool {
    switch value {
    case nil, .object?, .array?: false
    default: true
    }
  }

  private static func isList(_ value: CanonicalValue?) -> Bool {
    if case .array? = value { true } else { false }
  }
}

// MARK: Places

extension CanonicalDifference {
  /// The location of the newer value in a spec, or else of the nearest enclosing value that was written.
  ///
  /// - Parameters:
  ///   - settings: The settings whose canonical form is part of the newer document.
  ///   - prefix: The path of that part in the document, such as `parameters`.
  /// - Returns: `nil` if the difference is outside that part, or no enclosing value was written.
  public func location(in settings: SpecRecord, below prefix: String = "") -> SourceLocation? {
    guard !prefix.isEmpty else { return settings.location(ofPath: path) }
    guard let inner = path[...].behind(prefix) else { return nil }
    return settings.location(ofPath: String(inner))
  }

  /// A value as a person writes it: `0.001`, `relu`, `sha256:…`; `nil` as `–`.
  public static func text(of value: CanonicalValue?) -> String {
    switch value {
    case nil: "–"
    case .null?: "null"
    case .boolean(let value)?: "\(value)"
    case .integer(let value)?: "\(value)"
    case .double(let value)?: SettingValue.text(of: value)
    case .string(let value)?: value
    case .array(let elements)?:
      "[\(elements.map { text(of: $0) }.joined(separator: ", "))]"
    case .object(let members)?:
      // An alternative without settings is written by its name alone.
      members.count == 1 && members.values.first == .object([:])
        ? members.keys.first ?? ""
        : "{"
          + members.sorted { $0.key < $1.key }.map { "\($0.key): \(text(of: $0.value))" }
          .joined(separator: ", ") + "}"
    }
  }
}
