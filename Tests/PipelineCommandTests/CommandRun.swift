import Foundation

/// The finished command: what it printed, and how it ended.
struct CommandResult {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of JSON on standard output.
  var events: [[String: Any]] {
    output.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
    }
  }

  /// The object on standard error that tells of a failure, where it is all that stands there.
  var failure: [String: Any]? {
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 2, lines[1].isEmpty else { return nil }
    return (try? JSONSerialization.jsonObject(with: Data(lines[0].utf8))) as? [String: Any]
  }

  /// The stages of the last event, by name.
  var stages: [String: [String: Any]] {
    let stages = events.last?["stages"] as? [[String: Any]] ?? []
    return Dictionary(
      stages.compactMap { stage in (stage["name"] as? String).map { ($0, stage) } },
      uniquingKeysWith: { $1 })
  }

  /// The state of each stage, by name.
  var states: [String: String] { stages.compactMapValues { $0["state"] as? String } }

  /// The digest of each output, by `stage/output`.
  var digests: [String: String] {
    var digests: [String: String] = [:]
    for (name, stage) in stages {
      for (output, content) in stage["outputs"] as? [String: [String: Any]] ?? [:] {
        digests["\(name)/\(output)"] = content["sha256"] as? String
      }
    }
    return digests
  }
}

/// The command as the tests start it: the very program that users get.
struct CommandRun {
  let arguments: [String]
  var environment: [String: String] = [:]
  var folder: URL?

  /// The program beside the test bundle.
  static let program: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = bundle.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appending(path: "pipeline")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return URL(filePath: "/nonexistent/pipeline")
  }()

  /// Runs to the end.
  ///
  /// - Parameter onLine: Called with the process for each line of standard output, as it comes.
  /// - Returns: What it printed, and how it ended.
  /// - Throws: Where no process can be started.
  func result(onLine: (Process, String) -> Void = { _, _ in }) throws -> CommandResult {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory()]
    variables.merge(environment) { $1 }
    process.environment = variables
    let output = Pipe()
    let errorFile = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errorFile) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    var text = Data()
    var line = Data()
    while case let chunk = output.fileHandleForReading.availableData, !chunk.isEmpty {
      text += chunk
      for byte in chunk {
        if byte == UInt8(ascii: "\n") {
          onLine(process, String(decoding: line, as: UTF8.self))
          line = Data()
        } else {
          line.append(byte)
        }
      }
    }
    process.waitUntilExit()
    let status =
      process.terminationReason == .uncaughtSignal
      ? 128 + process.terminationStatus : process.terminationStatus
    return CommandResult(
      status: status, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}
