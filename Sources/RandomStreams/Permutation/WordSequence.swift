internal import KernelInterface
internal import Kernels

/// The draws of a stream with element 0, made a thousand at a time by the vector kernels.
///
/// The same draws as those of ``RandomStream``, faster where many are needed.
struct WordSequence: DrawSource {
  private let key: StreamKey
  private let purpose: RandomStream.Purpose
  private let step: UInt32
  private var nextBlock: UInt32 = 0
  private var words: [UInt32]
  private var used: Int

  init(key: StreamKey, purpose: RandomStream.Purpose, step: UInt32) {
    self.key = key
    self.purpose = purpose
    self.step = step
    words = [UInt32](repeating: 0, count: 1024)
    used = words.count
  }

  /// The next draw.
  mutating func nextWord() -> UInt32 {
    if used == words.count { refill() }
    used &+= 1
    return words[used &- 1]
  }

  private mutating func refill() {
    let counter = Philox4x32.Words(nextBlock, 0, step, purpose.rawValue)
    let blocks = words.count / 4
    if let kernels = RandomKernels.best {
      let key = (key.low, key.high)
      var span = words.mutableSpan
      kernels.philoxBlocks(&span, counter: counter, key: key)
    } else {
      for block in 0..<blocks {
        let step = Philox4x32.Words(UInt32(block), 0, 0, 0)
        let four = Philox4x32.block(counter &+ step, key: key)
        for lane in 0..<4 { words[4 * block + lane] = four[lane] }
      }
    }
    nextBlock = nextBlock &+ UInt32(blocks)
    used = 0
  }
}
