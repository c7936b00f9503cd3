internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// The output of a program, passed line by line to the events of the run.
final class CommandLog: Sendable {
  /// The two streams of a program.
  enum Stream: String, Sendable {
    case stdout, stderr
  }

  /// Limits: the bytes kept of a line, of all lines, and the lines that a failure shows.
  private static let lineLimit = 4096
  private static let logLimit = 1 << 22
  private static let shownLines = 12

  private struct State {
    var open: [Stream: [UInt8]] = [:]
    var last: [String] = []
    var byteCount = 0
  }

  private let progress: ProgressSink
  private let state = Mutex(State())

  init(progress: ProgressSink) { self.progress = progress }

  /// Accepts bytes as they arrive.
  func append(_ bytes: [UInt8], to stream: Stream) {
    var lines: [[UInt8]] = []
    state.withLock { state in
      var open = state.open[stream] ?? []
      for byte in bytes {
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
          if !open.isEmpty { lines.append(open) }
          open = []
        } else if open.count < Self.lineLimit {
          open.append(byte)
        }
      }
      state.open[stream] = open
    }
    for line in lines { write(line, stream) }
  }

  /// Handles the end of a stream: text without a line end is a line, too.
  func finish(_ stream: Stream) {
    let rest = state.withLock { $0.open.updateValue([], forKey: stream) ?? [] }
    if !rest.isEmpty { write(rest, stream) }
  }

  private func write(_ line: [UInt8], _ stream: Stream) {
    let text = String(decoding: line, as: UTF8.self)
    let isKept = state.withLock { state in
      state.last = state.last.suffix(Self.shownLines - 1) + [text]
      state.byteCount += line.count
      return state.byteCount <= Self.logLimit
    }
    guard isKept else { return }
    progress.event("output", ["stream": .string(stream.rawValue), "text": .string(text)])
    progress.report(0, text)
  }

  /// The last lines of the program for a failure message, or nothing if there are none.
  var lastLines: String {
    let lines = state.withLock { $0.last }
    if lines.isEmpty { return "; it wrote nothing" }
    return "; its last lines:" + lines.map { "\n    \($0)" }.joined()
  }
}
