import Testing
import Compression

/// The bytes of a span.
func array(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

/// Inflates `input`, pushed in pieces of `cut` bytes.
func inflate(
  _ input: [UInt8], encoding: Encoding = .automatic, members: InflateStream.Members = .one,
  budget: Int = 1 << 20, cut: Int = .max, chunkSize: Int = 128 << 10
) throws -> [UInt8] {
  var stream = try InflateStream(
    encoding: encoding, members: members, budget: budget, chunkSize: chunkSize)
  var output: [UInt8] = []
  var place = 0
  while place < input.count {
    let end = cut < input.count - place ? place + cut : input.count
    try stream.push(input.span.extracting(place..<end)) { chunk in
      output += array(chunk)
      #expect(output.count <= budget)
    }
    place = end
  }
  try stream.finish { output += array($0) }
  return output
}

/// Compresses `input`, pushed in pieces of `cut` bytes.
func deflate(
  _ input: [UInt8], encoding: Encoding = .gzip, level: Int = 6, cut: Int = .max
) throws -> [UInt8] {
  var stream = try DeflateStream(encoding: encoding, level: level)
  var output: [UInt8] = []
  var place = 0
  while place < input.count {
    let end = cut < input.count - place ? place + cut : input.count
    try stream.push(input.span.extracting(place..<end)) { output += array($0) }
    place = end
  }
  try stream.finish { output += array($0) }
  return output
}

/// Bytes that look random but are always the same.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

/// Bytes that compress well.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 / 7 % 31) } }
