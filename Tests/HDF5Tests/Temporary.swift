import Foundation

/// Files that are gone after a test.
enum Temporary {
  /// Calls `body` with the path of a file that does not exist yet.
  static func withPath(_ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "hdf5-\(UUID()).h5")
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }
}

/// What a program printed, or nil if it is absent or failed.
func output(of program: String, _ arguments: [String]) -> String? {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
  process.waitUntilExit()
  return process.terminationStatus == 0 ? String(decoding: data ?? Data(), as: UTF8.self) : nil
}
