// What fixed bits cost: our kernels beside the same work with free order, or without correct rounding. Prints rows of a table.
//
//     make bench-price
//
// The free kernels are written here as one would without the rules of Documentation/Numerics.md, for the widest vectors of the
// machine at hand. Each pair alternates; figures are minima of many runs.
import KernelInterface
import Kernels
import WorkerPool

typealias Lanes = SIMD16<Float>

let kernels = try KernelSet().functions
let pool = try WorkerPool(threads: 2)
nonisolated(unsafe) var sink: Float = 0

/// Keeps the memory of all slices.
nonisolated(unsafe) var storages: [FloatStorage] = []

/// Floats from −0.5 to 0.5.
func floats(_ count: Int) -> FloatSlice {
  let storage = FloatStorage(count: count)
  storages.append(storage)
  let slice = storage.all
  var state: UInt32 = 12_345
  for i in 0..<count {
    state = state &* 1_664_525 &+ 1_013_904_223
    slice[i] = Float(Int32(bitPattern: state)) * 0x1p-32
  }
  return slice
}

/// The least microseconds of a call, over `rounds` runs of `calls`, the two bodies alternating.
func compare(
  _ name: String, calls: Int, rounds: Int = 41, _ ours: () -> Void, _ free: () -> Void,
  note: String
) {
  var times = (Double.infinity, Double.infinity)
  for _ in 0..<rounds {
    let first = ContinuousClock().measure { for _ in 0..<calls { ours() } } / .microseconds(calls)
    let second = ContinuousClock().measure { for _ in 0..<calls { free() } } / .microseconds(calls)
    times = (min(times.0, first), min(times.1, second))
  }
  let ratio = times.0 / times.1
  print("| \(name) | \(three(times.0)) | \(three(times.1)) | \(three(ratio)) | \(note) |")
}

/// Three significant digits or so.
func three(_ x: Double) -> String {
  let scale = x < 10 ? 1000.0 : x < 100 ? 100 : 10
  return "\((x * scale).rounded() / scale)"
}

// MARK: Free kernels

/// Eight accumulators, added at the end in whatever order.
@inline(never) func freeSum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
  let v = UnsafeRawPointer(x)
  var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var (e, f, g, h) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var i = 0
  while i + 128 <= count {
    func lanes(_ n: Int) -> Lanes {
      v.loadUnaligned(fromByteOffset: (i + 16 * n) * 4, as: Lanes.self)
    }
    a += lanes(0); b += lanes(1); c += lanes(2); d += lanes(3)
    e += lanes(4); f += lanes(5); g += lanes(6); h += lanes(7)
    i += 128
  }
  return (((a + b) + (c + d)) + ((e + f) + (g + h))).sum()
}

@inline(never) func freeSquares(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
  let v = UnsafeRawPointer(x)
  var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var (e, f, g, h) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var i = 0
  while i + 128 <= count {
    func lanes(_ n: Int) -> Lanes {
      v.loadUnaligned(fromByteOffset: (i + 16 * n) * 4, as: Lanes.self)
    }
    a.addProduct(lanes(0), lanes(0)); b.addProduct(lanes(1), lanes(1))
    c.addProduct(lanes(2), lanes(2)); d.addProduct(lanes(3), lanes(3))
    e.addProduct(lanes(4), lanes(4)); f.addProduct(lanes(5), lanes(5))
    g.addProduct(lanes(6), lanes(6)); h.addProduct(lanes(7), lanes(7))
    i += 128
  }
  return (((a + b) + (c + d)) + ((e + f) + (g + h))).sum()
}

/// One row times a panel of 16 columns, k cut into eight chains.
@inline(never) func freeRow(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ depth: Int
) {
  let w = UnsafeRawPointer(panel)
  var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var (e, f, g, h) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
  var k = 0
  while k + 8 <= depth {
    func lanes(_ n: Int) -> Lanes { w.loadUnaligned(fromByteOffset: (k + n) * 128, as: Lanes.self) }
    a.addProduct(lanes(0), x[k]); b.addProduct(lanes(1), x[k + 1])
    c.addProduct(lanes(2), x[k + 2]); d.addProduct(lanes(3), x[k + 3])
    e.addProduct(lanes(4), x[k + 4]); f.addProduct(lanes(5), x[k + 5])
    g.addProduct(lanes(6), x[k + 6]); h.addProduct(lanes(7), x[k + 7])
    k += 8
  }
  UnsafeMutableRawPointer(y).storeBytes(
    of: ((a + b) + (c + d)) + ((e + f) + (g + h)), as: Lanes.self)
}

/// exp in float, right to about one unit in the last place, for arguments that neither overflow nor underflow.
@inline(never) func freeExponential(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  let magic = Lanes(repeating: 0x1.8p23)
  var i = 0
  while i + 16 <= count {
    let v = UnsafeRawPointer(x).loadUnaligned(fromByteOffset: i * 4, as: Lanes.self)
    let shifted = magic.addingProduct(v, Lanes(repeating: 1.442695))
    let n = shifted - magic
    let high = v.addingProduct(n, Lanes(repeating: -0.693359375))
    let t = high.addingProduct(n, Lanes(repeating: 2.12194440e-4))
    var p = Lanes(repeating: 0.0083333)
    p = Lanes(repeating: 0.0416666).addingProduct(p, t)
    p = Lanes(repeating: 0.1666666).addingProduct(p, t)
    p = Lanes(repeating: 0.5).addingProduct(p, t)
    p = Lanes(repeating: 1).addingProduct(p, t)
    p = Lanes(repeating: 1).addingProduct(p, t)
    let exponent = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23
    let result = unsafeBitCast(p, to: SIMD16<UInt32>.self) &+ exponent
    UnsafeMutableRawPointer(y + i).storeBytes(of: result, as: SIMD16<UInt32>.self)
    i += 16
  }
}

// MARK: The table

print("| Work | Ours, µs | Free, µs | Price | What is free |")
print("|---|---|---|---|---|")

func sums(_ count: Int) {
  let x = floats(count)
  compare(
    "sum of \(count) floats", calls: max(1, 2_000_000 / count),
    { sink += kernels.sum(x) },
    { sink += freeSum(x.base, count) },
    note: "eight vectors of partial sums instead of sixteen stripes")
  compare(
    "sum of squares of \(count) floats", calls: max(1, 2_000_000 / count),
    { sink += kernels.sumOfSquares(x) }, { sink += freeSquares(x.base, count) },
    note: "the same")
}
sums(4096)
sums(109_440)

func row(_ inputs: Int) {
  let x = floats(inputs)
  let w = floats(KernelSet.panelFloats(depth: inputs, columns: 10))
  let y = floats(64)
  compare(
    "one row, \(inputs) inputs, 10 outputs", calls: 2000,
    {
      kernels.linear(
        y, rowStride: 10, x, xRowStride: inputs, weight: w, bias: nil, relu: false, rows: 0..<1,
        panels: 0..<1,
        inputs: inputs, outputs: 10)
    }, { freeRow(y.base, x.base, w.base, inputs) }, note: "k in eight chains instead of one")
}
row(64)
row(784)

/// Two threads: ours split the outputs, the free ones split k and add.
func split(_ name: String, rows: Int, inputs: Int, outputs: Int) {
  let x = floats(rows * inputs)
  let w = floats(KernelSet.panelFloats(depth: inputs, columns: outputs))
  let y = floats(2 * rows * outputs)
  let panels = KernelSet.panelCount(outputs)
  let half = inputs / 2
  let halves = [floats(half * panels * 32), floats(half * panels * 32)]
  compare(
    name, calls: max(1, 40_000_000 / (rows * inputs * outputs)), rounds: 15,
    {
      pool.run(parts: panels) { part in
        kernels.linear(
          y, rowStride: outputs, x, xRowStride: inputs, weight: w, bias: nil, relu: false,
          rows: 0..<rows,
          panels: part..<part + 1, inputs: inputs, outputs: outputs)
      }
    },
    {
      pool.run(parts: 2) { part in
        kernels.linear(
          y[(part * rows * outputs)...], rowStride: outputs, x[(part * half)...],
          xRowStride: inputs,
          weight: halves[part], bias: nil, relu: false, rows: 0..<rows, panels: 0..<panels,
          inputs: half,
          outputs: outputs)
      }
      let sum = y[0..<rows * outputs]
      kernels.add(sum, sum, y[(rows * outputs)...])
    }, note: "two threads split k instead of the outputs")
}
split("64×784 · 784×128, two threads", rows: 64, inputs: 784, outputs: 128)
split("1024³, two threads", rows: 1024, inputs: 1024, outputs: 1024)
split("64×9216 · 9216×32, two threads", rows: 64, inputs: 9216, outputs: 32)

let count = 16_384
let arguments = floats(count)
let results = floats(count)
compare(
  "exp of \(count) floats", calls: 20, { kernels.exponential(results, arguments) },
  { freeExponential(results.base, arguments.base, count) },
  note: "about one unit in the last place instead of correct rounding, and no special values")
