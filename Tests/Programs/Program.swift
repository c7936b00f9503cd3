import Foundation

/// A program as a test starts it: its file, its arguments, and where its streams lead.
///
/// All tests start programs by this type alone, for what `RunningProgram` says of descriptors.
public struct Program {
  /// What stands on standard input.
  public enum Input {
    case nothing
    case file(URL)

    /// A pipe that stays open until `RunningProgram.closeInput`.
    case open
  }

  /// Where standard output goes.
  public enum Output {
    case read
    case dropped
    case file(URL)
  }

  /// Where standard error goes.
  public enum Errors {
    /// To the errors of the tests.
    case shown
    case dropped
    case read

    /// Between the lines of standard output.
    case withOutput
  }

  /// The absolute path of its file, or a name that is looked up in `PATH`.
  public let name: String
  public let arguments: [String]

  /// Its variables, or `nil` for those of the tests.
  public var environment: [String: String]?

  /// The folder that it runs in, or `nil` for that of the tests.
  public var folder: URL?

  public var input = Input.nothing
  public var output = Output.read
  public var errors = Errors.shown

  public init(
    _ name: String, _ arguments: [String], environment: [String: String]? = nil,
    folder: URL? = nil, input: Input = .nothing, output: Output = .read, errors: Errors = .shown
  ) {
    self.name = name
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
    self.output = output
    self.errors = errors
  }

  /// Starts it.
  ///
  /// - Throws: Where no process can be started.
  public func start() throws -> RunningProgram { try RunningProgram(self) }

  /// Runs it to its end.
  ///
  /// - Throws: Where no process can be started.
  public func result() throws -> ProgramResult { try start().result() }
}
