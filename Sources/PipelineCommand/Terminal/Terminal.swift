internal import Glibc
internal import Synchronization
internal import SystemPackage

/// The standard streams of the process.
///
/// Standard output carries data, standard error progress and messages; each is examined separately.
struct Terminal: Sendable {
  /// When to use colour.
  enum ColorChoice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// Whether standard error is a terminal that can redraw a line.
  let canRedraw: Bool
  let outputStyle: Style
  let errorStyle: Style

  /// Examines the streams and the environment once.
  ///
  /// The order of precedence: `--color`, then a non-empty `NO_COLOR`, then a non-empty `FORCE_COLOR`,
  /// then `TERM=dumb`, then whether the stream is a terminal. `FORCE_COLOR` gives colour, never motion.
  init(color: ColorChoice, environment: [String: String]) {
    let isDumb = environment["TERM"] == "dumb"
    func isColored(_ descriptor: Int32) -> Bool {
      switch color {
      case .always: return true
      case .never: return false
      case .auto: break
      }
      if environment["NO_COLOR", default: ""] != "" { return false }
      if environment["FORCE_COLOR", default: ""] != "" { return true }
      return !isDumb && isatty(descriptor) == 1
    }
    canRedraw = !isDumb && isatty(STDERR_FILENO) == 1 && environment["CI", default: ""] == ""
    outputStyle = Style(isColored: isColored(STDOUT_FILENO))
    errorStyle = Style(isColored: isColored(STDERR_FILENO))
  }

  /// The number of columns of the terminal behind standard error, 80 where there is none.
  var columns: Int { Self.columns(of: STDERR_FILENO) }

  private static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    // SAFETY: the kernel writes one `winsize`, which outlives the call.
    let status = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// The number of columns of the terminal behind standard output, `nil` if there is none.
  var outputColumns: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    return max(20, Self.columns(of: STDOUT_FILENO))
  }

  /// A line without colours, cut to the width of the terminal where standard output is one.
  func fitted(_ line: String) -> String {
    guard let width = outputColumns, line.count > width else { return line }
    return line.prefix(width - 1) + "…"
  }

  /// Writes a line of data to standard output.
  ///
  /// A closed pipe is not an error: the reader has seen enough. Other errors are kept for
  /// ``checkOutput()``, since it must not end a training.
  func output(_ text: String) {
    do {
      _ = try FileDescriptor.standardOutput.writeAll(Array((text + "\n").utf8))
    } catch let error as Errno where error != .brokenPipe {
      Self.loss.withLock { $0 = $0 ?? error }
    } catch {}
  }

  private static let loss = Mutex<Errno?>(nil)

  /// Checks that everything written to standard output has arrived there.
  ///
  /// - Throws: ``CommandError`` with `inputOutput` if it has not: a full disk, for example.
  static func checkOutput() throws(CommandError) {
    guard let error = loss.withLock({ $0 }) else { return }
    throw CommandError(.inputOutput, "standard output could not be written: \(error)")
  }

  /// Writes a message line to standard error.
  func message(_ text: String) { Self.write(text + "\n", to: .standardError) }

  /// Writes bytes without a line end to standard error, for a line that is redrawn.
  func redraw(_ text: String) { Self.write(text, to: .standardError) }

  private static func write(_ text: String, to descriptor: FileDescriptor) {
    _ = try? descriptor.writeAll(Array(text.utf8))
  }
}
