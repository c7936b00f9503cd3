internal import ContentAddressing
internal import PipelineSpec

/// The command that restores an earlier result, with as few overrides as possible.
///
/// A value of the spec itself needs no `--set`: omitting the override is enough.
struct WayBack {
  private let file: SpecFile
  private let current: [String]
  private let restoring: [String]

  /// - Parameters:
  ///   - file: The spec.
  ///   - overrides: The overrides of the command line now, `path=value`.
  ///   - restoring: Those that give the earlier result when they are added.
  init(file: SpecFile, overrides: [String], restoring: [String]) {
    self.file = file
    current = overrides
    self.restoring = restoring
  }

  /// The overrides of the command.
  var overrides: [String] {
    let paths = restoring.map(Self.path)
    var best = current.filter { !paths.contains(Self.path(of: $0)) } + restoring
    guard let wanted = settings(best) else { return best }
    let untouched = current.filter { override in
      !paths.contains { Self.isRelated($0, Self.path(of: override)) }
    }
    if settings(untouched) == wanted { return untouched }
    for override in restoring {
      let fewer = best.filter { $0 != override }
      if settings(fewer) == wanted { best = fewer }
    }
    return best
  }

  /// Everything that a key can hold of the spec with these overrides, or `nil` if it is not valid.
  private func settings(_ overrides: [String]) -> CanonicalValue? {
    guard let spec = try? file.parse(overrides: overrides) else { return nil }
    return .array(
      spec.stages.map { stage in
        [
          "name": .string(stage.name), "settings": stage.parameters.canonical(),
          "seed": .integer(Int(clamping: spec.seed(of: stage))),
        ]
      })
  }

  private static func path(of override: String) -> Substring { override.prefix { $0 != "=" } }

  /// Whether one path equals or contains the other.
  private static func isRelated(_ one: Substring, _ other: Substring) -> Bool {
    one == other || one.hasPrefix(other + ".") || other.hasPrefix(one + ".")
  }
}
