import Foundation
import Programs

/// Where the products and objects of this build lie.
enum BuildFolder {
  /// The folder of the test program.
  static let url: URL = {
    for path in CommandLine.arguments where path.hasSuffix(".xctest") {
      return URL(fileURLWithPath: path).deletingLastPathComponent()
    }
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return program.deletingLastPathComponent()
  }()

  /// Runs a program and returns its lines of standard output; nil if it fails.
  static func lines(of program: String, _ arguments: [String]) throws -> [String]? {
    let result = try Program(program, arguments, errors: .dropped).result()
    return result.status == 0 ? result.text.split(separator: "\n").map(String.init) : nil
  }
}

/// The user-mode emulator of other processors.
enum Emulator {
  static let path = "/usr/bin/qemu-x86_64-static"

  static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// The lines that a product of this package prints on an emulated processor.
  static func run(
    processor: String, program: String, _ arguments: [String] = []
  ) throws -> [String] {
    let file = BuildFolder.url.appendingPathComponent(program).path
    return try BuildFolder.lines(of: path, ["-cpu", processor, file] + arguments) ?? []
  }
}
