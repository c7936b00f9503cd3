import Compression
import Testing

@Suite("Malformed gzip")
struct MalformedGzipTests {
  @Test("is refused however it is cut", arguments: MalformedGzip.all)
  func isRefused(_ sample: MalformedGzip) throws {
    for cut in [Int.max, 1, 7] {
      let error = #expect(throws: CompressionError.self) {
        try inflate(sample.bytes, encoding: .gzip, cut: cut)
      }
      if let code = error?.code {
        #expect(sample.codes.contains(code), "\(code), cut by \(cut)")
      }
      #expect(error?.description.isEmpty == false)
    }
  }

  @Test("is a corpus of at least 60")
  func count() { #expect(MalformedGzip.all.count >= 60) }

  @Test("with one flipped bit is refused, or gives the same payload", arguments: 0..<8)
  func flippedBits(bit: Int) throws {
    // The header's time and the bits that fill the last byte of a block mean nothing.
    var harmless = 0
    for place in MalformedGzip.whole.indices {
      var bytes = MalformedGzip.whole
      bytes[place] ^= 1 << bit
      do {
        #expect(try inflate(bytes, encoding: .gzip) == MalformedGzip.payload, "byte \(place)")
        harmless += 1
      } catch is CompressionError {}
    }
    #expect(harmless <= 8)
  }

  @Test("is refused by a stream that allows many members too")
  func members() throws {
    let one = try deflate([1, 2, 3])
    let two = try deflate([4, 5])
    #expect(try inflate(one + two + one, members: .many) == [1, 2, 3, 4, 5, 1, 2, 3])
    #expect(try inflate(one + two, members: .many, cut: 1) == [1, 2, 3, 4, 5])
    for tail in [[0], [0x1F], [0x1F, 0x8B, 9], Array(two.dropLast())] as [[UInt8]] {
      #expect(throws: CompressionError.self) { try inflate(one + tail, members: .many) }
    }
    let error = #expect(throws: CompressionError.self) {
      try inflate(one + two, members: .many, budget: 4)
    }
    #expect(error?.code == .overBudget(4))
  }
}
