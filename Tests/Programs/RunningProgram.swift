import Foundation

/// A program that has been started and was not waited for yet.
///
/// Foundation's `Process` closes in the child what is open when it looks, and starts the child after that:
/// a descriptor that another thread opens in between is inherited. If that is the end of a pipe, or the
/// socket by which Foundation hears of the end of a process, its reader waits until this child ends too, and
/// beside a server that lives as long as the tests that is for ever. Hence one program is started at a time,
/// pipes included.
public final class RunningProgram: Sendable {
  private static let starting = NSLock()

  private let process = Process()
  private let input: Pipe?
  private let output: Pipe?
  private let errorFile: URL?

  /// The process, which is the leader of its group.
  public var identifier: Int32 { process.processIdentifier }

  public var isRunning: Bool { process.isRunning }

  /// Starts a program, after those that other threads are starting.
  ///
  /// - Throws: Where no process can be started.
  init(_ program: Program) throws {
    Self.starting.lock()
    defer { Self.starting.unlock() }
    let isPath = program.name.hasPrefix("/")
    process.executableURL = URL(filePath: isPath ? program.name : "/usr/bin/env")
    process.arguments = (isPath ? [] : [program.name]) + program.arguments
    process.currentDirectoryURL = program.folder
    if let environment = program.environment { process.environment = environment }
    input = try Self.connectInput(of: process, program.input)
    output = try Self.connectOutput(of: process, program.output)
    errorFile = try Self.connectErrors(of: process, program.errors)
    try Self.withSignals { try process.run() }
  }

  /// Calls `body` with no signal blocked: a program inherits what is, and the threads of Dispatch block all.
  private static func withSignals(_ body: () throws -> Void) rethrows {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  private static func connectInput(of process: Process, _ input: Program.Input) throws -> Pipe? {
    switch input {
    case .nothing: process.standardInput = FileHandle.nullDevice
    case .file(let file): process.standardInput = try FileHandle(forReadingFrom: file)
    case .open:
      let pipe = Pipe()
      process.standardInput = pipe
      return pipe
    }
    return nil
  }

  private static func connectOutput(of process: Process, _ output: Program.Output) throws -> Pipe? {
    switch output {
    case .dropped: process.standardOutput = FileHandle.nullDevice
    case .file(let file): process.standardOutput = try FileHandle(forWritingTo: file)
    case .read:
      let pipe = Pipe()
      process.standardOutput = pipe
      return pipe
    }
    return nil
  }

  /// - Returns: The file that errors are written to: a second pipe would have to be read beside the first.
  private static func connectErrors(of process: Process, _ errors: Program.Errors) throws -> URL? {
    switch errors {
    case .shown: break
    case .dropped: process.standardError = FileHandle.nullDevice
    case .withOutput: process.standardError = process.standardOutput
    case .read:
      let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try Data().write(to: file)
      process.standardError = try FileHandle(forWritingTo: file)
      return file
    }
    return nil
  }

  deinit {
    closeInput()
    if let errorFile { try? FileManager.default.removeItem(at: errorFile) }
  }

  /// What it has written to standard output since the last call, as soon as it writes; empty at its end.
  public func nextChunk() -> Data { output?.fileHandleForReading.availableData ?? Data() }

  /// The next line of standard output without its end, or what is left of it.
  public func nextLine() -> String {
    var line: [UInt8] = []
    while let byte = output?.fileHandleForReading.readData(ofLength: 1).first,
      byte != UInt8(ascii: "\n")
    {
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// Sends a signal to it.
  public func send(_ signal: Int32) { kill(identifier, signal) }

  /// Ends its standard input where that is open.
  public func closeInput() { try? input?.fileHandleForWriting.close() }

  /// Waits for its end.
  public func result() -> ProgramResult {
    let rest = output?.fileHandleForReading.readDataToEndOfFile() ?? Data()
    process.waitUntilExit()
    let isKilled = process.terminationReason == .uncaughtSignal
    return ProgramResult(
      status: process.terminationStatus + (isKilled ? 128 : 0), output: rest,
      errors: errorFile.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? "")
  }
}
