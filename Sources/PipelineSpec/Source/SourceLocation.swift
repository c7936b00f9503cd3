/// A place in a spec: where a value was written.
public struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it, or the whole option `--set path=value` for an override.
  public let file: String

  /// The line, counted from 1.
  public let line: Int

  /// The column in Unicode scalars, counted from 1.
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Whether this place is in an option of the command line instead of a file.
  public var isOverride: Bool { file.hasPrefix(Self.overridePrefix) }

  static let overridePrefix = "--set "
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, or the option alone.
  public var description: String { isOverride ? file : "\(file):\(line):\(column)" }
}
