internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// The events of a run on their way to `events.ndjson`.
///
/// They are kept in memory until the first stage starts: a run with only hits writes just its record.
final class EventLog: Sendable {
  private let folder: RunDirectory
  private let pending = Mutex<[[UInt8]]?>([])

  init(folder: RunDirectory) { self.folder = folder }

  /// Accepts an event; a failure to write it does not fail the run.
  func append(_ event: RunEvent) {
    guard let value = event.value else { return }
    let line = Array(value.plainJSON().utf8)
    let lines: [[UInt8]] = pending.withLock { pending in
      guard var held = pending else { return [line] }
      held.append(line)
      guard event.startsStage else {
        pending = held
        return []
      }
      pending = nil
      return held
    }
    for line in lines { try? folder.append(line) }
  }
}

extension RunEvent {
  fileprivate var startsStage: Bool {
    if case .stageStarted = self { true } else { false }
  }
}
