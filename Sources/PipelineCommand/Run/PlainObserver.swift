internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// Writes plain lines to standard error, for a pipe, a file or a log: no escape codes, no carriage
/// returns, one line for each stage and each epoch, and otherwise at most one in ten seconds.
final class PlainObserver: RunObserver {
  private let terminal: Terminal
  private let isQuiet: Bool
  private let seconds: @Sendable () -> Double
  private let state = Mutex(State())

  private struct State {
    var lastLine = -Double.infinity
    var nameWidth = 8
  }

  init(terminal: Terminal, isQuiet: Bool, seconds: @escaping @Sendable () -> Double) {
    self.terminal = terminal
    self.isQuiet = isQuiet
    self.seconds = seconds
  }

  func observe(_ event: RunEvent) {
    guard !isQuiet || event.isFailure else { return }
    switch event {
    case .runStarted(let record, let stages):
      state.withLock { $0.nameWidth = stages.map(\.count).max() ?? 8 }
      line("\(record.name.shown) · run \(record.id)")
    case .stageStarted(let name, _, let reason):
      line("  > \(name.shown): \(reason.shown)")
    case .stageWaiting(let name, let holder):
      line("  > \(name.shown): waiting for \(holder.shown)")
    case .stageNote(let name, let text): line("  > \(name.shown): \(text.shown)")
    case .stageEvent(let name, let kind, let members):
      if let text = EventText.line(kind, members) { line("  > \(name.shown): \(text)") }
    case .stageProgress(let name, let fraction, let text):
      let now = seconds()
      guard now - state.withLock({ $0.lastLine }) >= 10 else { return }
      line("  > \(name.shown): \(Int(fraction * 100)) % \(text.shown)")
    case .stageEnded(let outcome):
      let width = state.withLock { $0.nameWidth }
      line(StageLine(outcome: outcome, style: terminal.errorStyle, nameWidth: width).text)
    case .runEnded: break
    }
  }

  private func line(_ text: String) {
    state.withLock { $0.lastLine = seconds() }
    terminal.message(text)
  }
}

extension RunEvent {
  /// Whether the event is a failure, which even `--quiet` shows.
  var isFailure: Bool {
    guard case .stageEnded(let outcome) = self else { return false }
    return outcome.state == .failed
  }
}

/// The events of steps as text.
enum EventText {
  /// A line for the events that are shown, or `nil`.
  static func line(_ kind: String, _ members: [String: CanonicalValue]) -> String? {
    switch kind {
    case "epoch": epoch(members)
    case "resume": "resumes from \(position(members["position"]))"
    default: nil
    }
  }

  /// For example `epoch 3: loss 0.0812 · accuracy 97.61 % · validation loss 0.0904 · …`.
  private static func epoch(_ members: [String: CanonicalValue]) -> String? {
    guard let epoch = members["epoch"]?.integer else { return nil }
    var parts: [String] = []
    for (split, label) in [("train", ""), ("validation", "validation ")] {
      for metric in ["loss", "accuracy"] {
        guard let value = members[split]?[metric]?.double else { continue }
        parts.append("\(label)\(metric) \(Quantity.metric(metric, value))")
      }
    }
    return "epoch \(epoch): " + parts.joined(separator: " · ")
  }

  /// A checkpoint's position in words, for example `epoch 3, step 2577`.
  static func position(_ value: CanonicalValue?) -> String {
    guard let members = value?.object else { return "its last checkpoint" }
    return members.sorted { $0.key < $1.key }
      .compactMap { key, value in value.integer.map { "\(key) \($0)" } }
      .joined(separator: ", ")
  }
}
