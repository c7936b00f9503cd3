import Foundation

/// How a program ended, and what it wrote.
public struct ProgramResult: Sendable {
  /// Its exit code; 128 and the number of the signal where one ended it, as a shell says it.
  public let status: Int32

  /// What it wrote to standard output and was not read before; empty unless that is read.
  public let output: Data

  /// What it wrote to standard error; empty unless that is read.
  public let errors: String

  /// The output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }
}
