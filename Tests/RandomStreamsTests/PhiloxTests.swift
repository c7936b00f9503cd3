import KernelInterface
import Kernels
import RandomStreams
import Testing

/// Known answers of Random123, from its file tests/kat_vectors.
private let knownAnswers: [(counter: SIMD4<UInt32>, seed: UInt64, words: SIMD4<UInt32>)] = [
  (SIMD4(repeating: 0), 0, SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
  (
    SIMD4(repeating: .max), .max,
    SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
  ),
  (
    SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), 0x299f_31d0_a409_3822,
    SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
  ),
]

@Suite("Philox4x32-10")
struct PhiloxTests {
  @Test("gives Random123's known answers, block by block", arguments: 0..<3)
  func scalar(answer: Int) {
    let (counter, seed, words) = knownAnswers[answer]
    #expect(Philox4x32.block(counter, key: StreamKey(seed: seed)) == words)
  }

  @Test(
    "gives the same blocks by the vector kernels of every level, also across the counter's overflow",
    arguments: InstructionSet.available)
  func kernels(level: InstructionSet) throws {
    let kernels = try KernelSet(level).functions
    for (counter, seed, words) in knownAnswers {
      let key = StreamKey(seed: seed)
      for blocks in [0, 1, 2, 7, 8, 9, 16, 255, 256, 257, 300, 521] {
        var made = [UInt32](repeating: 0, count: 4 * blocks)
        var span = made.mutableSpan
        kernels.philoxBlocks(&span, counter: counter, key: (key.low, key.high))
        if blocks > 0 { #expect(SIMD4(made[0], made[1], made[2], made[3]) == words) }
        let expected = (0..<UInt32(blocks)).flatMap { block in
          let four = Philox4x32.block(counter &+ SIMD4(block, 0, 0, 0), key: key)
          return [four[0], four[1], four[2], four[3]]
        }
        #expect(made == expected)
      }
    }
  }
}
