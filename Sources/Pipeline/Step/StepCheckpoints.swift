internal import ArtifactStore
public import ContentAddressing

/// The checkpoints of one key, from which an interrupted run resumes.
public struct StepCheckpoints: Sendable {
  let store: ArtifactStore
  let key: Digest

  /// Whether checkpoints of earlier runs count; `--fresh` ignores them.
  let isFresh: Bool

  /// Called after each checkpoint and after a resume, for the record of the run.
  let onSave: @Sendable (CanonicalValue) -> Void
  let onResume: @Sendable (CanonicalValue) -> Void
  let onDamage: @Sendable (String) -> Void

  /// The one part that a checkpoint has.
  static let part = "state"

  /// A state that a step saved.
  public struct Checkpoint: Sendable {
    /// What the step called its position, for example `{"epoch":3,"step":1200}`.
    public let position: CanonicalValue

    /// The saved bytes, verified.
    public let bytes: [UInt8]
  }

  /// How many checkpoints there are, usable or not.
  public var count: Int { store.checkpointCount(of: key) }

  /// Calls `restore` with the newest intact checkpoint, then with older ones until one is accepted.
  ///
  /// - Parameter restore: Returns whether it could resume from the checkpoint.
  /// - Returns: Whether one was accepted; otherwise the step starts from the beginning.
  /// - Throws: What `restore` throws, or ``StoreError``.
  public func resume(_ restore: (Checkpoint) throws -> Bool) throws -> Bool {
    guard !isFresh else { return false }
    let list = try store.checkpoints(for: key)
    for damaged in list.damaged {
      onDamage("the checkpoint \(damaged.name) cannot be used: \(damaged.reason)")
    }
    for record in list.usable {
      guard let bytes = try? store.read(Self.part, of: record) else { continue }
      let checkpoint = Checkpoint(position: record.extra, bytes: bytes)
      if try restore(checkpoint) {
        onResume(record.extra)
        return true
      }
    }
    return false
  }

  /// Stores a state durably; when this returns, a crash can no longer lose it.
  ///
  /// - Parameters:
  ///   - order: Grows from checkpoint to checkpoint of one key, for example the global step.
  ///   - position: The position of the state, for people.
  ///   - bytes: The state.
  ///   - keep: How many checkpoints of this key to keep, at least 1.
  /// - Throws: ``StoreError`` if it cannot be made durable.
  public func save(order: Int, position: CanonicalValue, bytes: [UInt8], keep: Int = 2) throws {
    _ = try store.publishCheckpoint(
      key: key, position: order, parts: [Self.part: bytes], extra: position, keep: keep)
    onSave(position)
  }
}
