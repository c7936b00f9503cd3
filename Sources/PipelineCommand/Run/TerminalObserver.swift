internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// Shows a run on a terminal: finished stages as lines, the running one as a line that is redrawn.
///
/// Redrawn at most ten times a second and cleared at the end, so that what stays is what a pipe gets.
final class TerminalObserver: RunObserver {
  private let terminal: Terminal
  private let seconds: @Sendable () -> Double
  private let state = Mutex(State())

  private struct State {
    var nameWidth = 8
    var lastRedraw = -Double.infinity
    var isLineShown = false
    var stageStart = 0.0
    var startFraction: Double?
  }

  init(terminal: Terminal, seconds: @escaping @Sendable () -> Double) {
    self.terminal = terminal
    self.seconds = seconds
  }

  func observe(_ event: RunEvent) {
    let style = terminal.errorStyle
    switch event {
    case .runStarted(let record, let stages):
      state.withLock { $0.nameWidth = stages.map(\.count).max() ?? 8 }
      line("\(style.bold(record.name.shown)) \(style.dim("· run \(record.id)"))")
    case .stageStarted(let name, _, let reason):
      state.withLock {
        $0.stageStart = seconds()
        $0.startFraction = nil
        $0.lastRedraw = -Double.infinity
      }
      redraw(name: name, fraction: 0, text: reason.shown)
    case .stageWaiting(let name, let holder):
      line("  \(style.yellow("…")) \(name.shown): waiting for \(holder.shown)")
    case .stageNote(let name, let text):
      line("  \(style.yellow("!")) \(name.shown): \(text.shown)")
    case .stageEvent(let name, let kind, let members):
      guard kind == "resume" else { return }
      line("  \(style.yellow("↻")) \(name.shown) \(EventText.line(kind, members) ?? "")")
    case .stageProgress(let name, let fraction, let text):
      redraw(name: name, fraction: fraction, text: text.shown)
    case .stageEnded(let outcome):
      let width = state.withLock { $0.nameWidth }
      line(StageLine(outcome: outcome, style: style, nameWidth: width).text)
    case .runEnded: clear()
    }
  }

  /// Replaces the moving line by one that stays.
  private func line(_ text: String) {
    clear()
    terminal.message(text)
  }

  private func clear() {
    let wasShown = state.withLock { state in
      defer { state.isLineShown = false }
      return state.isLineShown
    }
    if wasShown { terminal.redraw("\r\u{1b}[2K") }
  }

  private func redraw(name: String, fraction: Double, text: String) {
    let now = seconds()
    let remaining: Double? = state.withLock { state in
      guard now - state.lastRedraw >= 0.1 else { return nil }
      state.lastRedraw = now
      state.isLineShown = true
      let start = state.startFraction ?? fraction
      state.startFraction = start
      let done = fraction - start
      return done > 0.01 ? (now - state.stageStart) / done * (1 - fraction) : .infinity
    }
    guard let remaining else { return }
    let bar = ProgressBar(fraction: fraction, width: 20).text
    let left = remaining.isFinite ? " · \(Quantity.duration(remaining)) left" : ""
    let width = state.withLock { $0.nameWidth }
    let head = "  ◦ \(name.shown.padded(to: width))  "
    let room = max(10, terminal.columns - head.count - bar.count - 2)
    let tail = String((text + left).prefix(room))
    terminal.redraw("\r\u{1b}[2K" + head + terminal.errorStyle.blue(bar) + " " + tail)
  }
}

/// A bar of block characters, to an eighth of a column.
struct ProgressBar {
  let fraction: Double
  let width: Int

  var text: String {
    let eighths = Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded(.down))
    let full = eighths / 8
    let partial = eighths % 8 == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1])
    let used = full + (partial.isEmpty ? 0 : 1)
    return String(repeating: "█", count: full) + partial
      + String(repeating: "░", count: width - used)
  }
}
