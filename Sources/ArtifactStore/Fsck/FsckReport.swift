public import ContentAddressing
internal import SystemPackage

/// Everything that a check of the whole store has found.
public struct FsckReport: Hashable, Sendable {
  /// What is wrong, in the order of the walk: results, objects, keys, checkpoints, runs, tags.
  public internal(set) var findings: [FsckFinding] = []

  /// What killed processes left behind; no damage.
  public internal(set) var leftovers: [FsckLeftover] = []

  /// How many objects were hashed.
  public internal(set) var objectCount = 0

  /// How many bytes the objects have.
  public internal(set) var byteCount = 0

  /// How many keys, results, checkpoints, runs, tags and attestations were read.
  public internal(set) var recordCount = 0

  /// Whether nothing is wrong, or nothing any more.
  public var isClean: Bool { findings.allSatisfy(\.isRepaired) }

  /// The report for programs: `{"schema":"pipeline.fsck/1",…}`.
  public var value: CanonicalValue {
    [
      "schema": "pipeline.fsck/1", "clean": .boolean(isClean), "objects": .integer(objectCount),
      "bytes": .integer(byteCount), "records": .integer(recordCount),
      "findings": .array(
        findings.map { finding in
          [
            "kind": .string(finding.kind.rawValue), "path": .string(finding.path.string),
            "detail": .string(finding.detail), "lost": .string(finding.loss),
            "remedy": .string(finding.remedy), "repaired": .boolean(finding.isRepaired),
          ]
        }),
      "leftovers": .array(
        leftovers.map { leftover in
          [
            "path": .string(leftover.path.string), "detail": .string(leftover.detail),
            "removed": .boolean(leftover.isRemoved),
          ]
        }),
    ]
  }
}
