internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// Shows a run on a terminal: finished stages as lines, each running one as a line that is redrawn.
///
/// Redrawn at most ten times a second and cleared at the end, so that the remaining text equals the output to a pipe.
final class TerminalObserver: RunObserver {
  private let terminal: Terminal
  private let seconds: @Sendable () -> Double
  private let state = Mutex(State())

  /// A stage that runs, and how far it is.
  private struct Running {
    let name: String
    let start: Double
    var fraction = 0.0
    var startFraction: Double?
    var text: String
  }

  private struct State {
    var nameWidth = 8
    var lastRedraw = -Double.infinity
    var running: [Running] = []
    /// The number of redrawn lines on the screen; the cursor is in the last of them.
    var shownLines = 0
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
      let now = seconds()
      state.withLock { state in
        state.running.append(Running(name: name, start: now, text: reason.shown))
        state.lastRedraw = -Double.infinity
      }
      redraw()
    case .stageWaiting(let name, let holder):
      line("  \(style.yellow("…")) \(name.shown): waiting for \(holder.shown)")
    case .stageNote(let name, let text):
      line("  \(style.yellow("!")) \(name.shown): \(text.shown)")
    case .stageEvent(let name, let kind, let members):
      guard kind == "resume" else { return }
      line("  \(style.yellow("↻")) \(name.shown) \(EventText.line(kind, members) ?? "")")
    case .stageProgress(let name, let fraction, let text):
      state.withLock { state in
        guard let place = state.running.firstIndex(where: { $0.name == name }) else { return }
        state.running[place].fraction = fraction
        state.running[place].text = text.shown
        if state.running[place].startFraction == nil {
          state.running[place].startFraction = fraction
        }
      }
      redraw()
    case .stageEnded(let outcome):
      let width = state.withLock { state in
        state.running.removeAll { $0.name == outcome.name }
        state.lastRedraw = -Double.infinity
        return state.nameWidth
      }
      line(StageLine(outcome: outcome, style: style, nameWidth: width).text)
      redraw()
    case .runEnded: clear()
    }
  }

  /// Replaces the moving lines by one that stays.
  private func line(_ text: String) {
    clear()
    terminal.message(text)
  }

  private func clear() {
    let count = state.withLock { state in
      defer { state.shownLines = 0 }
      return state.shownLines
    }
    if count > 0 { terminal.redraw(Self.erasing(count)) }
  }

  /// Clears the last lines of the screen and leaves the cursor in the first of them.
  private static func erasing(_ count: Int) -> String {
    "\r\u{1b}[2K" + String(repeating: "\u{1b}[1A\u{1b}[2K", count: max(0, count - 1))
  }

  private func redraw() {
    let now = seconds()
    let columns = terminal.columns
    let text: String? = state.withLock { state in
      guard now - state.lastRedraw >= 0.1, !state.running.isEmpty else { return nil }
      state.lastRedraw = now
      let erasing = state.shownLines > 0 ? Self.erasing(state.shownLines) : ""
      state.shownLines = state.running.count
      return erasing
        + state.running.map { line(of: $0, now: now, columns: columns, width: state.nameWidth) }
        .joined(separator: "\n")
    }
    if let text { terminal.redraw(text) }
  }

  /// For example `  ◦ train  █████░░░░░ 4.2 s left · epoch 3/10 · loss 0.21`.
  ///
  /// If there is not enough room, the end of the text is cut.
  private func line(of stage: Running, now: Double, columns: Int, width: Int) -> String {
    let done = stage.fraction - (stage.startFraction ?? stage.fraction)
    let left =
      done > 0.01
      ? "\(Quantity.duration((now - stage.start) / done * (1 - stage.fraction))) left · " : ""
    let bar = ProgressBar(fraction: stage.fraction, width: columns < 100 ? 10 : 20).text
    let head = "  ◦ \(stage.name.shown.padded(to: width))  "
    let room = max(0, columns - head.count - bar.count - 2)
    // A line end in a text would break the count of lines.
    let text = String((left + stage.text).map { $0 == "\n" || $0 == "\t" ? " " : $0 })
    return String(head.prefix(columns - 1))
      + (head.count + bar.count < columns
        ? terminal.errorStyle.blue(bar) + " " + text.prefix(room) : "")
  }
}

/// A bar of block characters, to an eighth of a column.
struct ProgressBar {
  let fraction: Double
  let width: Int

  var text: String {
    let eighths = Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded(.down))
    let full = eighths / 8
    let partial =
      eighths % 8 == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1])
    let used = full + (partial.isEmpty ? 0 : 1)
    return String(repeating: "█", count: full) + partial
      + String(repeating: "░", count: width - used)
  }
}
