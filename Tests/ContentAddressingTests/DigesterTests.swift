import ContentAddressing
import Foundation
import Programs
import Testing

@Suite("A running digest")
struct DigesterTests {
  /// Every length around the first blocks of 64 bytes, where padding has its cases, and some long ones.
  private static let lengths = Array(0...300) + [4095, 4096, 65_537, 1_000_001]

  private static let bytes: [UInt8] = {
    var state: UInt64 = 1
    return (0..<1_000_001).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
  }()

  @Test("is what sha256sum says, at each length and however the bytes are cut")
  func oracle() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "digests-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = Self.lengths.map { "\($0)" }
    for length in Self.lengths {
      try Data(Self.bytes[..<length]).write(to: folder.appending(path: "\(length)"))
    }
    let result = try Program("sha256sum", names, folder: folder).result()
    let lines = result.text.split(separator: "\n")
    try #require(result.status == 0 && lines.count == names.count)
    for (length, line) in zip(Self.lengths, lines) {
      let bytes = Self.bytes[..<length]
      let expected = line.prefix(64)
      #expect(Digest(of: bytes).hex == expected, "\(length) bytes")
      var digester = Digester()
      var start = 0
      var size = 0
      while start < length {
        let end = min(start + size, length)
        digester.update(bytes[start..<end])
        start = end
        size = size * 2 + 1 - size % 3
      }
      #expect(digester.digest().hex == expected, "\(length) bytes in pieces")
      #expect(digester.byteCount == length)
    }
  }

  @Test("goes on after it was asked, and so does its copy")
  func copies() {
    let bytes = Self.bytes[..<1000]
    var digester = Digester()
    digester.update(bytes[..<100])
    let first = digester.digest()
    let copy = digester
    digester.update(bytes[100...])
    #expect(digester.digest() == Digest(of: bytes))
    #expect(copy.digest() == first)
    #expect(first == Digest(of: bytes[..<100]))
  }
}
