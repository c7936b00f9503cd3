import Compression
import Foundation
import Programs
import Testing

@Suite("An inflate stream")
struct InflateStreamTests {
  static let sizes = [0, 1, 2, 3, 7, 255, 4096, 65_535, 65_536, 65_537, 300_001]

  @Test("gives back what was deflated", arguments: sizes, [0, 1, 6, 9])
  func roundTrip(size: Int, level: Int) throws {
    for payload in [noise(size), pattern(size)] {
      let packed = try deflate(payload, level: level)
      #expect(try inflate(packed, budget: size) == payload)
      let zlib = try deflate(payload, encoding: .zlib, level: level)
      #expect(try inflate(zlib, encoding: .zlib, budget: size) == payload)
    }
  }

  @Test("does not care how the input is cut", arguments: [1, 2, 3, 17, 1000])
  func cuts(cut: Int) throws {
    let payload = pattern(20_000) + noise(5_000)
    let packed = try deflate(payload, cut: cut)
    #expect(try packed == deflate(payload))
    #expect(try inflate(packed, cut: cut, chunkSize: cut) == payload)
  }

  @Test("reads what GNU gzip wrote, and GNU gzip reads what is written here")
  func foreign() throws {
    // printf 'hello hello hello\n' | gzip -9
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9,
      0x57, 0xC8, 0x40, 0x90, 0x5C, 0x00, 0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00,
    ]
    #expect(try inflate(packed) == Array("hello hello hello\n".utf8))
    let payload = pattern(100_000)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(try deflate(payload)).write(to: file)
    let result = try Program("/bin/gzip", ["-dc", file.path]).result()
    #expect(result.status == 0)
    #expect(Array(result.output) == payload)
  }

  @Test("writes a gzip header without name, time or system")
  func header() throws {
    let packed = try deflate([1, 2, 3])
    #expect(Array(packed[0..<8]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    #expect(packed[9] == 255)
  }

  // MARK: Recognition

  @Test(
    "passes on what does not begin like gzip",
    arguments: [[], [0x1F], [0x1F, 0x8C], [0x8B, 0x1F], [0], Array("plain text".utf8)])
  func plain(payload: [UInt8]) throws {
    #expect(try inflate(payload, budget: payload.count) == payload)
    #expect(try inflate(payload, budget: payload.count, cut: 1) == payload)
  }

  @Test("takes gzip as it is where no compression is declared")
  func identity() throws {
    let packed = try deflate(pattern(1000))
    #expect(try inflate(packed, encoding: .identity) == packed)
  }

  @Test("tells whether the payload was compressed")
  func isCompressed() throws {
    var stream = try InflateStream(budget: 100)
    #expect(stream.isCompressed == nil)
    try stream.push([0x1F].span) { _ in }
    #expect(stream.isCompressed == nil)
    try stream.push([0x8B].span) { _ in }
    #expect(stream.isCompressed == true)
    var plain = try InflateStream(budget: 100)
    try plain.push([1, 2].span) { _ in }
    #expect(plain.isCompressed == false)
  }

  // MARK: Budget

  @Test("stops one byte beyond its budget", arguments: [0, 1, 100, 65_535, 65_536, 99_999])
  func budget(budget: Int) throws {
    let payload = pattern(100_000)
    for packed in [payload, try deflate(payload)] {
      let error = #expect(throws: CompressionError.self) { try inflate(packed, budget: budget) }
      #expect(error?.code == .overBudget(budget))
      #expect((error?.outputCount ?? .max) <= budget)
    }
    #expect(try inflate(deflate(payload), budget: 100_000) == payload)
  }

  @Test("hands out no more of a bomb than was declared")
  func bomb() throws {
    // 256 MiB of zeros in a quarter of a MiB.
    var stream = try DeflateStream(level: 9)
    var packed: [UInt8] = []
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<256 { try stream.push(zeros.span) { packed += array($0) } }
    try stream.finish { packed += array($0) }
    #expect(packed.count < 300_000)
    let error = #expect(throws: CompressionError.self) { try inflate(packed, budget: 5000) }
    #expect(error?.code == .overBudget(5000))
  }

  @Test("passes on what its sink throws, and stays usable for nothing else")
  func sinkErrors() throws {
    struct Full: Error {}
    var stream = try InflateStream(budget: 1 << 20)
    let packed = try deflate(pattern(1000))
    #expect(throws: Full.self) { try stream.push(packed.span) { _ in throw Full() } }
  }

  @Test("repeats the error it died of")
  func death() throws {
    var stream = try InflateStream(encoding: .gzip, budget: 100)
    let first = #expect(throws: CompressionError.self) {
      try stream.push([0, 1, 2, 3].span) { _ in }
    }
    let second = #expect(throws: CompressionError.self) { try stream.push([4].span) { _ in } }
    let third = #expect(throws: CompressionError.self) { try stream.finish() }
    #expect(first == second && second == third)
  }

  @Test("reads a file, and says when there is none")
  func files() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    let payload = pattern(700_000)
    try Data(try deflate(payload)).write(to: file)
    var output: [UInt8] = []
    try PayloadFile.read(file.path, budget: payload.count) { output += array($0) }
    #expect(output == payload)
    let error = #expect(throws: CompressionError.self) {
      try PayloadFile.read(file.path + ".absent", budget: 1) { _ in }
    }
    #expect(error?.code == .unreadable(2))
    let folder = #expect(throws: CompressionError.self) {
      try PayloadFile.read("/tmp", budget: 1) { _ in }
    }
    #expect(folder?.code == .unreadable(21))
  }
}
