import Foundation
import Programs

/// The finished command: what it printed, and how it ended.
struct CommandResult {
  let status: Int32
  let output: String
  let errors: String

  /// What a program left, behind the text that was read of its output while it ran.
  init(_ result: ProgramResult, after text: Data = Data()) {
    status = result.status
    output = String(decoding: text + result.output, as: UTF8.self)
    errors = result.errors
  }

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
  func result(onLine: (RunningProgram, String) -> Void = { _, _ in }) throws -> CommandResult {
    var variables = ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory()]
    variables.merge(environment) { $1 }
    let process = try Program(
      Self.program.path, arguments, environment: variables, folder: folder, errors: .read
    ).start()
    var text = Data()
    var line = Data()
    while case let chunk = process.nextChunk(), !chunk.isEmpty {
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
    return CommandResult(process.result(), after: text)
  }
}
