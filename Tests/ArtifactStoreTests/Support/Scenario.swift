import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

/// The life of one step, as the runner makes it: what every fault and every crash is tried on.
///
/// Each scenario has its own bytes, so that many can share a store.
struct Scenario {
  let name: String

  var bytes: [UInt8] { Array("output of \(name)\n".utf8) + sampleBytes(100) }
  var longBytes: [UInt8] { Array("library file of \(name)\n".utf8) + sampleBytes(2000) }
  var document: [UInt8] { sampleKeyDocument(name) }
  var key: Digest { Digest(of: document) }

  func state(_ position: Int) -> [UInt8] { Array("state \(position) of \(name)".utf8) }

  var record: ResultRecord {
    ResultRecord(
      key: key, outputs: ["out": Content(of: bytes), "data.h5": Content(of: longBytes)],
      metrics: ["accuracy": .double(0.25)], createdByRun: sampleRun)
  }

  /// How far a run of the scenario has come for certain: what must survive a power cut from then on.
  struct Progress: Sendable {
    var checkpoint: Int?
    var isPublished = false
    var isRunClosed = false
    var isTagged = false
    var isNoted = false
  }

  /// Does the whole step, telling after each durable act.
  func perform(on store: ArtifactStore, _ tell: (Progress) -> Void = { _ in }) throws(StoreError) {
    var progress = Progress()
    let run = try store.beginRun(milliseconds: 1_700_000_000_000, randomBits: (0, 7))
    try run.append(Array(#"{"event":"stage.start"}"#.utf8))
    let lock = try store.tryLock(key, command: "test", since: 0)
    defer { lock?.release() }
    if case .hit = try store.result(for: key, trust: .hash) {
      try run.close(["status": "hit"], results: [ResultReference(record)])
      return
    }
    for position in 1...2 {
      try store.publishCheckpoint(
        key: key, position: position, parts: ["state": state(position)], keep: 1)
      progress.checkpoint = position
      tell(progress)
    }
    let writer = try store.blobWriter()
    try writer.append(bytes)
    _ = try writer.finish(name: .withResult)
    let scratch = try store.scratchFile(suffix: ".h5")
    try writeFile(longBytes, to: scratch, by: store.files)
    _ = try store.adopt(scratch)
    try store.publish(record, document: document)
    progress.isPublished = true
    tell(progress)
    try store.removeCheckpoints(for: key)
    try store.addAttestation(["host": "test"], to: key)
    try run.writeReport(Array("<html>\(name)</html>".utf8))
    try run.close(["status": "ok"], results: [ResultReference(record)])
    progress.isRunClosed = true
    tell(progress)
    try store.setTag("best", to: run.id)
    progress.isTagged = true
    tell(progress)
    try store.setNote("a first word", of: run.id)
    try store.setNote(name, of: run.id)
    progress.isNoted = true
    tell(progress)
    try store.close()
  }

  /// Writes a file as a library would, without a thought for power cuts.
  private func writeFile(
    _ bytes: [UInt8], to path: FilePath, by files: Files
  ) throws(StoreError) {
    let file = try files.open(path, .creating)
    defer { files.closeQuietly(file) }
    try files.write(bytes, to: file)
  }

  /// What is wrong with the store from the view of this scenario, or nothing.
  ///
  /// - Parameters:
  ///   - store: The store to be judged.
  ///   - progress: What must be there.
  /// - Returns: The complaints, as sentences.
  func complaints(about store: ArtifactStore, after progress: Progress = Progress()) -> [String] {
    var complaints: [String] = []
    do throws(StoreError) {
      switch try store.result(for: key, trust: .metadata) {
      case .hit(let found):
        if found != record { complaints.append("another record is served: \(found)") }
        if try store.read(Content(of: bytes)) != bytes { complaints.append("other bytes") }
      case .miss(.noResult):
        if progress.isPublished { complaints.append("the published result is gone") }
      case .miss(let reason): complaints.append("a miss by damage: \(reason)")
      }
      let list = try store.checkpoints(for: key)
      for damaged in list.damaged { complaints.append("checkpoint \(damaged)") }
      for checkpoint in list.usable {
        if try store.read("state", of: checkpoint) != state(checkpoint.position) {
          complaints.append("other state at \(checkpoint.position)")
        }
      }
      if let position = progress.checkpoint, !progress.isPublished,
        (list.usable.first?.position ?? 0) < position
      {
        complaints.append("checkpoint \(position) is gone")
      }
      let latest = try store.runIDs().first.map { store.run($0).state }
      if case .damaged(let reason) = latest { complaints.append("the run: \(reason)") }
      let closed = if case .closed = latest { true } else { false }
      if progress.isRunClosed, !closed { complaints.append("the closed run is gone") }
      if let noted = try store.runIDs().first, progress.isNoted, try store.note(of: noted) != name {
        complaints.append("the note is gone")
      }
      if try store.tag("best") == nil, progress.isTagged { complaints.append("the tag is gone") }
    } catch {
      complaints.append("\(error)")
    }
    return complaints
  }
}

/// What fsck says, and that doing the work again comes to the same end, clean.
func complaints(
  afterRedoing scenario: Scenario, on store: ArtifactStore, checking: Bool = true
) -> [String] {
  var complaints: [String] = []
  do throws(StoreError) {
    if checking { complaints += try store.fsck().findings.map { "fsck: \($0)" } }
    try scenario.perform(on: store)
    let end = try store.result(for: scenario.key, trust: .hash)
    if end != .hit(scenario.record) { complaints.append("done again: \(end)") }
    if checking {
      complaints += try store.fsck(repair: true).findings.map { "fsck at the end: \($0)" }
      complaints += try store.fsck().leftovers.map { "left: \($0)" }
    }
  } catch {
    complaints.append("doing it again: \(error)")
  }
  return complaints
}
