internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// The events of a run on their way to `events.ndjson`.
///
/// They are kept until the first stage really starts: a run that only hits costs no file but its record.
final class EventLog: Sendable {
  private let folder: RunDirectory
  private let pending = Mutex<[[UInt8]]?>([])

  init(folder: RunDirectory) { self.folder = folder }

  /// Takes an event; what cannot be written is no failure of the run.
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
