import Foundation
import Testing
import Transfer

@Suite("A transfer from a file")
struct FileTests {
  /// A file with some content and a name that needs encoding; gone after `body`.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "a b%20ü#?\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "content.bin")
    try Data(bytes).write(to: file)
    try body(file.path)
  }

  @Test("brings its bytes", arguments: [0, 1, 100_000])
  func whole(count: Int) throws {
    let bytes = Array(TestServer.content[..<count])
    try withFile(bytes) { path in
      let outcome = try outcome(TransferRequest.fileURL(forPath: path), limit: count)
      #expect(outcome.error == nil)
      #expect(outcome.bytes == bytes)
      #expect(outcome.beginCount == 1)
      #expect(outcome.response?.status == 0)
    }
  }

  @Test("brings the rest", arguments: [1, 50_000, 99_999])
  func rest(offset: Int) throws {
    try withFile(TestServer.content) { path in
      let outcome = try outcome(
        TransferRequest.fileURL(forPath: path), from: offset, limit: 100_000)
      #expect(outcome.error == nil)
      #expect(outcome.response?.offset == offset)
      #expect(outcome.response?.totalByteCount == 100_000)
      #expect(outcome.bytes == Array(TestServer.content[offset...]))
    }
  }

  @Test("says that there is nothing beyond the end")
  func beyond() throws {
    try withFile(TestServer.content) { path in
      let outcome = try outcome(TransferRequest.fileURL(forPath: path), from: 100_001)
      #expect(outcome.error?.category == .notResumable)
      #expect(outcome.bytes.isEmpty)
    }
  }

  @Test("stops beyond its limit")
  func limit() throws {
    try withFile(TestServer.content) { path in
      let outcome = try outcome(TransferRequest.fileURL(forPath: path), limit: 99_999)
      #expect(outcome.error?.code == .overLimit(99_999))
      #expect(outcome.bytes.isEmpty)
    }
    let endless = try outcome("file:///dev/zero", limit: 1 << 20)
    #expect(endless.error != nil && endless.bytes.count <= 1 << 20)
  }

  @Test("cannot read what is absent or a folder")
  func unreadable() throws {
    #expect(try outcome("file:///nowhere/at/all").error?.code == .unreadableFile)
    #expect(try outcome("file:///tmp/").error != nil)
  }

  @Test("encodes every byte that a URL does not hold")
  func encoding() {
    #expect(TransferRequest.percentEncoded("/a-b._~/Z9") == "/a-b._~/Z9")
    #expect(TransferRequest.percentEncoded("a b%#?ü") == "a%20b%25%23%3F%C3%BC")
    #expect(TransferRequest.fileURL(forPath: "/x y") == "file:///x%20y")
  }
}
