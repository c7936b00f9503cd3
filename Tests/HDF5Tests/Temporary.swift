import Foundation
import Programs

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
  let result = try? Program(program, arguments, errors: .dropped).result()
  return result?.status == 0 ? result?.text : nil
}
