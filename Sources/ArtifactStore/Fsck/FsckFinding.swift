internal import ContentAddressing
public import SystemPackage

/// One thing that is wrong in a store.
public struct FsckFinding: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case damagedObject = "damaged-object"
    case damagedKey = "damaged-key"
    case missingKey = "missing-key"
    case damagedResult = "damaged-result"
    case missingOutput = "missing-output"
    case missingObject = "missing-object"
    case missingRecord = "missing-record"
    case conflict
    case damagedCheckpoint = "damaged-checkpoint"
    case damagedRun = "damaged-run"
    case missingResult = "missing-result"
    case damagedTag = "damaged-tag"
    case danglingTag = "dangling-tag"
    case damagedNote = "damaged-note"
    case damagedAttestation = "damaged-attestation"
    case missingFolder = "missing-folder"
    case unreadable
    case foreignFile = "foreign-file"
  }

  public let kind: Kind

  /// The file or folder that is wrong.
  public let path: FilePath

  /// What is wrong with it, as a clause.
  public let detail: String

  /// What is lost by it, as a clause.
  public let loss: String

  /// What to do about it, as a clause.
  public let remedy: String

  /// Whether it has been dealt with.
  public internal(set) var isRepaired = false
}

extension FsckFinding: CustomStringConvertible {
  public var description: String {
    "\(kind.rawValue): \(path): \(detail). Lost: \(loss). "
      + (isRepaired ? "Repaired; then: \(remedy)." : "To repair: \(remedy).")
  }
}

/// Something that is of no use any more and does no harm: what killed processes leave behind.
public struct FsckLeftover: Hashable, Sendable, CustomStringConvertible {
  public let path: FilePath
  public let detail: String

  /// Whether it has been removed.
  public internal(set) var isRemoved = false

  public var description: String { "\(path): \(detail)\(isRemoved ? "; removed" : "")" }
}
