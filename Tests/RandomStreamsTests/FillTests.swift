import KernelInterface
import Kernels
import RandomStreams
import Testing

@Suite("Filling spans with random numbers")
struct FillTests {
  static let counts = [0, 1, 2, 3, 4, 5, 15, 16, 17, 31, 100, 511, 512, 513, 2_000]

  @Test("gives uniform numbers one by one or all at once alike", arguments: counts)
  func uniforms(count: Int) {
    var stream = RandomStream(StreamKey(seed: 3).named("w"), .initialization, step: 1, element: 2)
    var values = [Float](repeating: .nan, count: count)
    var span = values.mutableSpan
    stream.fillUniforms(&span, in: -0.25..<0.5)
    for value in values { #expect(value == stream.uniform(in: -0.25..<0.5)) }
  }

  @Test("gives normal numbers whose cosine half is that of single draws", arguments: counts)
  func normals(count: Int) {
    var stream = RandomStream(StreamKey(seed: 3).named("w"), .initialization, step: 1, element: 2)
    var values = [Float](repeating: .nan, count: count)
    var span = values.mutableSpan
    stream.fillNormals(&span, mean: 0.5, deviation: 0.1)
    for i in stride(from: 0, to: count, by: 2) {
      #expect(values[i] == Float((0.5).addingProduct(0.1, stream.normal())))
    }
    #expect(values.allSatisfy { abs($0 - 0.5) <= 0.67 })
  }

  @Test("gives the same bits on every level, for any start", arguments: InstructionSet.available)
  func levels(level: InstructionSet) throws {
    let reference = try KernelSet(.v2).functions
    let kernels = try KernelSet(level).functions
    for count in Self.counts {
      let counter = SIMD4<UInt32>(.max - 2, 5, 6, 7)
      var a = [Float](repeating: 0, count: count)
      var b = [Float](repeating: 1, count: count)
      var first = a.mutableSpan
      reference.fillNormals(&first, mean: -1, deviation: 2, counter: counter, key: (8, 9))
      var second = b.mutableSpan
      kernels.fillNormals(&second, mean: -1, deviation: 2, counter: counter, key: (8, 9))
      #expect(a.map(\.bitPattern) == b.map(\.bitPattern))
      var third = a.mutableSpan
      reference.fillUniforms(&third, in: -3..<7, counter: counter, key: (8, 9))
      var fourth = b.mutableSpan
      kernels.fillUniforms(&fourth, in: -3..<7, counter: counter, key: (8, 9))
      #expect(a.map(\.bitPattern) == b.map(\.bitPattern))
    }
  }

  @Test("keeps below the end of a range that rounds up")
  func narrowRange() {
    let range: Range<Float> = 1..<(1 + 0x1p-22)
    var values = [Float](repeating: 0, count: 4_000)
    var span = values.mutableSpan
    RandomStream(StreamKey(seed: 1), .initialization).fillUniforms(&span, in: range)
    #expect(values.allSatisfy { range.contains($0) })
    #expect(Set(values).count == 2)
  }
}
