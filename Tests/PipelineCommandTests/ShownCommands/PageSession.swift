import ContentAddressing
import Foundation
import Programs
import Synchronization

/// A scratch folder in which the commands of a page run, one shell after another, as in one session of a terminal.
final class PageSession: Sendable {
  let folder: URL
  private let state: URL
  private let lastStatus = Mutex<Int32>(0)

  /// An empty folder with the program on the path, and where wanted the project's pipelines, with small files in place of
  /// MNIST's.
  init(withPipelines: Bool) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString)")
    folder = root.appending(path: "work")
    state = root.appending(path: "state")
    for name in ["work", "state", "bin", "mirror"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "bin/pipeline"), withDestinationURL: CommandRun.program)
    try Data(folder.path.utf8).write(to: state.appending(path: "cwd"))
    try Data().write(to: state.appending(path: "environment"))
    guard withPipelines else { return }
    try SmallDigits(folder: root.appending(path: "mirror")).write(
      specs: ["mnist", "mnist-lenet5"], to: folder.appending(path: "pipelines"))
  }

  /// A copy of a session as its last command left it.
  init(copying other: PageSession) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: other.folder.deletingLastPathComponent(), to: root)
    folder = root.appending(path: "work")
    state = root.appending(path: "state")
    try Data(folder.path.utf8).write(to: state.appending(path: "cwd"))
    try Data().write(to: state.appending(path: "environment"))
  }

  deinit { remove() }

  /// Removes all of it.
  func remove() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  /// Writes or changes a file as a page shows it.
  func write(_ text: String, to file: String) throws {
    let path = folder.appending(path: file)
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: path)
  }

  /// Replaces the lines behind `-` by those behind `+`.
  ///
  /// - Returns: What is wrong with the difference, or `nil`.
  func change(_ file: String, by difference: String) throws -> String? {
    let path = folder.appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let lines = difference.split(separator: "\n").map(String.init)
    func side(_ sign: Character) -> String {
      lines.filter { $0.first == " " || $0.first == sign }
        .map { String($0.dropFirst()) + "\n" }.joined()
    }
    guard text.ranges(of: side("-")).count == 1 else {
      return "\(file) does not hold these lines once:\n\(side("-"))\n--- it is:\n\(text)"
    }
    try write(text.replacingOccurrences(of: side("-"), with: side("+")), to: file)
    return nil
  }

  /// Runs a command in the folder and with the variables that the ones before left.
  ///
  /// - Parameters:
  ///   - command: The command, as the page shows it.
  ///   - substitute: What is run instead of what is shown.
  /// - Returns: Its exit code, and what a terminal shows.
  /// - Throws: Where no process can be started.
  func run(
    _ command: ShownCommand, insteadOf substitute: String? = nil
  ) throws -> (status: Int32, printed: [String]) {
    let root = folder.deletingLastPathComponent().path
    let shell = try Program(
      "/bin/bash",
      [
        "-c", Self.wrapper, "page", state.path, substitute ?? command.text,
        "\(lastStatus.withLock { $0 })",
      ],
      environment: [
        "PATH": "\(root)/bin:/usr/local/bin:/usr/bin:/bin", "HOME": root, "LC_ALL": "C.UTF-8",
        "PIPELINE_MIRRORS": "\(root)/mirror", "TERM": "dumb",
      ], errors: .withOutput
    ).start()
    var text = Data()
    var isInterrupted = false
    while case let chunk = shell.nextChunk(), !chunk.isEmpty {
      text += chunk
      guard command.isInterrupted, !isInterrupted,
        String(decoding: text, as: UTF8.self).contains("epoch 3: ")
      else { continue }
      isInterrupted = true
      kill(-shell.identifier, SIGINT)
    }
    let status = shell.result().status
    lastStatus.withLock { $0 = status }
    return (status, ShownOutput.withoutProgress(String(decoding: text, as: UTF8.self)))
  }

  /// `$1` keeps what lasts from command to command, `$2` is the command, `$3` the exit code of the one before.
  private static let wrapper = """
    trap : INT
    source "$1/environment"; cd "$(cat "$1/cwd")"
    state=$1 command=$2
    set -a; (exit "$3"); eval "$command"; status=$?
    pwd > "$state/cwd"; export -p > "$state/environment"
    exit $status
    """
}

/// Ten classes of 28×28 pixels under the names of MNIST's files, and specs that pin them.
struct SmallDigits {
  let folder: URL

  func write(specs: [String], to target: URL) throws {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    let root = DocumentationTests.root.appending(path: "pipelines")
    var texts = try specs.map {
      try String(contentsOf: root.appending(path: "\($0).yaml"), encoding: .utf8)
    }
    for (part, count, seed) in [("train", 600, 1), ("t10k", 200, 2)] as [(String, Int, UInt64)] {
      let name = part == "t10k" ? "test" : part
      for (kind, file, bytes) in [
        ("images", "\(part)-images-idx3-ubyte.gz", Self.images(count, seed)),
        ("labels", "\(part)-labels-idx1-ubyte.gz", Self.labels(count)),
      ] {
        try Data(bytes).write(to: folder.appending(path: file))
        let content = Content(of: bytes)
        texts = texts.map { text in
          let entry = try? Regex(
            "(\(name)-\(kind)\\.idx:(?:\\n.*?)*?sha256: )[0-9a-f]+(\\n +bytes: )[0-9]+")
          guard let entry, let match = text.firstMatch(of: entry),
            let before = match.output[1].substring, let between = match.output[2].substring
          else { return text }
          return text.replacingCharacters(
            in: match.range, with: "\(before)\(content.digest.hex)\(between)\(content.byteCount)")
        }
      }
    }
    for (name, text) in zip(specs, texts) {
      try Data(text.replacingOccurrences(of: "count: 5000", with: "count: 50").utf8)
        .write(to: target.appending(path: "\(name).yaml"))
    }
  }

  private static func header(_ dimensions: [Int]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { size in
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: size >> $0) }
      }
  }

  private static func labels(_ count: Int) -> [UInt8] {
    header([count]) + (0..<count).map { UInt8($0 % 10) }
  }

  /// Two bright columns where the class says, under noise.
  private static func images(_ count: Int, _ seed: UInt64) -> [UInt8] {
    var state = seed
    var bytes = header([count, 28, 28])
    for sample in 0..<count {
      for pixel in 0..<784 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let isBright = pixel % 28 / 2 == sample % 10 + 2
        bytes.append(UInt8(state >> 57) + (isBright ? 100 : 0))
      }
    }
    return bytes
  }
}
