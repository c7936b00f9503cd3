internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// The events of a run on their way to `events.ndjson`.
///
/// They are kept until the first stage really starts: a run that only hits costs no file but its record.
final class EventLog: Sendable {
  private let folder: RunDirectory
  private let pending = Mutex<[RunEvent]?>([])

  init(folder: RunDirectory) { self.folder = folder }

  /// Takes an event; what cannot be written is no failure of the run.
  func append(_ event: RunEvent) {
    let events: [RunEvent] = pending.withLock { pending in
      guard var held = pending else { return [event] }
      held.append(event)
      guard case .stageStarted = event else {
        pending = held
        return []
      }
      pending = nil
      return held
    }
    for event in events {
      guard let value = event.value else { continue }
      try? folder.append(Array(value.plainJSON().utf8))
    }
  }
}
