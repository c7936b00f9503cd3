import KernelInterface
import Kernels

/// Memory for tests: floats with a margin behind them that nobody may write.
final class Floats {
  static let margin = 64
  static let canary = Float(bitPattern: 0x7fa5_a5a5)

  let count: Int
  /// The floats without their margin.
  let base: FloatSlice
  private let storage: FloatStorage

  /// `count` floats from −1 to 1 that depend on the seed; some are zeros of both signs.
  init(_ count: Int, seed: UInt32) {
    self.count = count
    storage = FloatStorage(count: count + Floats.margin)
    base = storage.slice(0..<count)
    var state = seed &* 2_654_435_761 &+ 12345
    for i in 0..<count {
      state = state &* 1_664_525 &+ 1_013_904_223
      let value = Float(Int32(bitPattern: state)) / 2_147_483_648
      base[i] = state >> 20 & 63 == 0 ? (state >> 19 & 1 == 0 ? 0 : -0.0) : value
    }
    storage.slice(count..<count + Floats.margin).fill(Floats.canary)
  }

  /// `count` times the same value.
  init(_ count: Int, repeating value: Float = 0) {
    self.count = count
    storage = FloatStorage(count: count + Floats.margin)
    base = storage.slice(0..<count)
    for i in 0..<count { base[i] = value }
    storage.slice(count..<count + Floats.margin).fill(Floats.canary)
  }

  convenience init(_ values: [Float]) {
    self.init(values.count)
    for (i, value) in values.enumerated() { base[i] = value }
  }

  subscript(_ i: Int) -> Float {
    get { base[i] }
    set { base[i] = newValue }
  }

  /// The bits, for comparison.
  var bits: [UInt32] { (0..<count).map { base[$0].bitPattern } }

  var values: [Float] { (0..<count).map { base[$0] } }

  /// Whether nobody has written behind the end.
  var marginIsIntact: Bool {
    storage.slice(count..<count + Floats.margin).array.allSatisfy {
      $0.bitPattern == Floats.canary.bitPattern
    }
  }
}

/// The kernels of every instruction set that this machine has.
let allKernels: [any KernelFunctions] = InstructionSet.available.compactMap {
  (try? KernelSet($0))?.functions
}

/// FNV-1a over the bits of floats: a digest for goldens that needs no library.
func digest(_ bits: [UInt32]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for word in bits {
    for byte in 0..<4 {
      hash = (hash ^ UInt64(word >> (8 * UInt32(byte)) & 0xff)) &* 0x100_0000_01b3
    }
  }
  return hash
}
