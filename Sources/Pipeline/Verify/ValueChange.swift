internal import ContentAddressing

/// One member in which two documents differ.
public struct ValueChange: Hashable, Sendable {
  /// The member's path, for example `parameters.optimizer.adam.learning_rate`.
  public let path: String

  /// The recorded value as JSON, or `nil` if it was absent.
  public let recorded: String?

  /// The value as this program has it, or `nil` if it is absent.
  public let computed: String?

  /// All members in which `recorded` and `computed` differ, in the order of their paths.
  ///
  /// Lists of equal length are compared element by element, others as a whole.
  static func all(
    from recorded: CanonicalValue, to computed: CanonicalValue, at path: String = ""
  ) -> [ValueChange] {
    if recorded == computed { return [] }
    if let old = recorded.object, let new = computed.object {
      return Set(old.keys).union(new.keys).sorted().flatMap { key -> [ValueChange] in
        let place = path.isEmpty ? key : "\(path).\(key)"
        switch (old[key], new[key]) {
        case (let old?, let new?): return all(from: old, to: new, at: place)
        case (let old, let new):
          return [ValueChange(path: place, recorded: old?.plainJSON(), computed: new?.plainJSON())]
        }
      }
    }
    if let old = recorded.array, let new = computed.array, old.count == new.count {
      return zip(old, new).enumerated().flatMap { index, pair in
        all(from: pair.0, to: pair.1, at: "\(path)[\(index)]")
      }
    }
    return [
      ValueChange(path: path, recorded: recorded.plainJSON(), computed: computed.plainJSON())
    ]
  }

  var value: CanonicalValue {
    [
      "path": .string(path), "recorded": recorded.map { .string($0) } ?? .null,
      "computed": computed.map { .string($0) } ?? .null,
    ]
  }
}

extension ValueChange: CustomStringConvertible {
  public var description: String {
    "\(path): recorded \(recorded ?? "nothing"), now \(computed ?? "nothing")"
  }
}
