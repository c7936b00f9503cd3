internal import ContentAddressing
internal import PipelineSpec

/// One member in which two key documents of the same kind of step differ.
struct KeyDifference: Hashable, Sendable {
  /// The part of the document that differs.
  enum Part: String, Hashable, Sendable {
    case parameter, input, seed, implementation, schema, dependency, outputs, stage
  }

  let part: Part

  /// The path within the part; empty for a part that is one value.
  let path: String

  let old: CanonicalValue?
  let new: CanonicalValue?
}

extension KeyDifference {
  /// Everything in which two documents differ, settings first; an input that differs is named once.
  ///
  /// - Parameters:
  ///   - old: The document of an earlier result.
  ///   - new: The document of what would run.
  ///   - isComplete: Whether the newer document has its inputs; otherwise they are not compared.
  /// - Returns: The differences, none for equal documents.
  /// - Complexity: O(*n* log *n*) in the size of both.
  static func between(
    _ old: CanonicalValue, and new: CanonicalValue, isComplete: Bool = true
  ) -> [KeyDifference] {
    guard old != new else { return [] }
    var found = CanonicalDifference.between(
      old["parameters"] ?? .object([:]), and: new["parameters"] ?? .object([:])
    ).map { KeyDifference(part: .parameter, path: $0.path, old: $0.old, new: $0.new) }
    for (part, member) in [
      (Part.seed, "seed"), (.implementation, "implementation"), (.schema, "schema"),
      (.outputs, "outputs"),
    ] where old[member] != new[member] {
      found.append(KeyDifference(part: part, path: "", old: old[member], new: new[member]))
    }
    found += dependencies(old, new)
    guard isComplete else { return found }
    let stages = self.stages(old, new)
    let inputs = named(.input, old["inputs"]?.object, new["inputs"]?.object).filter { input in
      // For a step that reads all stages, a changed stage is reported with that stage.
      !stages.contains { input.path.hasPrefix($0.path + "/") }
        // A choice that was replaced is named as a whole, with its inputs.
        && !found.contains { $0.part == .parameter && input.path.hasPrefix($0.path + ".") }
    }
    return found + inputs + stages
  }

  /// Versions by name: `hdf5 1.10.8` is the version 1.10.8 of hdf5.
  private static func dependencies(_ old: CanonicalValue, _ new: CanonicalValue) -> [KeyDifference]
  {
    func versions(_ document: CanonicalValue) -> [String: CanonicalValue] {
      let texts = document["dependencies"]?.array?.compactMap(\.string) ?? []
      return Dictionary(
        texts.map { text in
          let words = text.split(separator: " ", maxSplits: 1).map(String.init)
          return (words[0], .string(words.count > 1 ? words[1] : ""))
        }, uniquingKeysWith: { first, _ in first })
    }
    return named(.dependency, versions(old), versions(new))
  }

  /// The keys of the stages that a step reads all of.
  private static func stages(_ old: CanonicalValue, _ new: CanonicalValue) -> [KeyDifference] {
    func keys(_ document: CanonicalValue) -> [String: CanonicalValue] {
      Dictionary(
        (document["stages"]?.array ?? []).compactMap { stage in
          guard let name = stage["name"]?.string, let key = stage["key"] else { return nil }
          return (name, key)
        }, uniquingKeysWith: { first, _ in first })
    }
    return named(.stage, keys(old), keys(new))
  }

  private static func named(
    _ part: Part, _ old: [String: CanonicalValue]?, _ new: [String: CanonicalValue]?
  ) -> [KeyDifference] {
    let (old, new) = (old ?? [:], new ?? [:])
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name]
        ? nil : KeyDifference(part: part, path: name, old: old[name], new: new[name])
    }
  }
}
