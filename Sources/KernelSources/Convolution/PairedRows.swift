internal import KernelInterface

/// Whether the rows of a window fit into vectors in pairs, see `weightGradientOfPairedRows`.
///
/// Three vectors for each of six outputs need the 32 registers of AVX-512; five and six rows fill them.
@inline(always)
func hasPairedRows(_ run: Int, _ kernelHeight: Int) -> Bool {
  #if TILE_12X32
    run <= 8 && (kernelHeight == 5 || kernelHeight == 6)
  #else
    false
  #endif
}

/// Where the positions of the output lie: images, rows and columns with what lies between two of them in x; in dy they follow each
/// other.
typealias Positions = (
  images: Int, image: Int, rows: Int, row: Int, columns: Int, column: Int
)

/// The accumulators of an output: two rows of the window in each vector, eight lanes a row.
private typealias RowPairs = (a: SIMD16<Float>, b: SIMD16<Float>, c: SIMD16<Float>)

/// `convolutionWeightGradient` for few output channels and windows of at most six rows of eight floats: dWᵀ = dyᵀ · windows of x.
///
/// Windows are read where they lie. Lanes behind the end of a row hold what follows it in memory and are dropped.
/// The chains are the same: (image, row, column) ascending. `line` is what lies between two rows of the window; x may be
/// read 8 floats beyond its end.
func weightGradientOfPairedRows(
  _ dW: MutableFloatPointer, _ x: FloatPointer, _ dy: FloatPointer,
  _ accumulate: Bool, _ positions: Positions, _ outputs: Int, _ kernelHeight: Int, _ line: Int,
  _ run: Int
) {
  var buffer = InlineArray<288, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let sums = unsafe pointer(memory) else { return }
    var first = 0
    while first < outputs {
      let count = min(6, outputs - first)
      // SAFETY: the caller owns dW, x and dy; the buffer holds six outputs of six rows of eight floats.
      for output in 0..<count {
        for tap in 0..<kernelHeight * run {
          let from = tap * 32 + first + output
          let to = output * 48 + tap / run * 8 + tap % run
          unsafe sums[to] = accumulate ? dW[from] : 0
        }
      }
      unsafe sumPairedRows(
        sums, x, dy + first, positions, outputs, count, line, (kernelHeight - 5) * line)
      for output in 0..<count {
        for tap in 0..<kernelHeight * run {
          unsafe dW[tap * 32 + first + output] = sums[output * 48 + tap / run * 8 + tap % run]
        }
      }
      first += count
    }
  }
}

/// Two rows of eight floats in a vector.
@inline(always)
private func loadPair(_ x: FloatPointer, _ next: Int) -> SIMD16<Float> {
  // SAFETY: the caller owns x[0 ..< 8] and x[next ..< next + 8].
  unsafe SIMD16(lowHalf: load8(x, 0), highHalf: load8(x, next))
}

@inline(always)
private func load(_ sums: FloatPointer, _ output: Int) -> RowPairs {
  // SAFETY: the sums hold 48 floats for each of six outputs.
  unsafe (
    load16(sums, output &* 48), load16(sums, output &* 48 &+ 16),
    load16(sums, output &* 48 &+ 32)
  )
}

@inline(always)
private func store(_ sums: MutableFloatPointer, _ output: Int, _ g: RowPairs) {
  // SAFETY: as in `load`.
  unsafe store16(sums, output &* 48, g.a)
  unsafe store16(sums, output &* 48 &+ 16, g.b)
  unsafe store16(sums, output &* 48 &+ 32, g.c)
}

/// fma(dy, x, acc) in all rows of the window.
@inline(always)
private func step(_ g: inout RowPairs, _ dy: Float, _ x: RowPairs) {
  let factor = SIMD16<Float>(repeating: dy)
  g.a = g.a.addingProduct(factor, x.a)
  g.b = g.b.addingProduct(factor, x.b)
  g.c = g.c.addingProduct(factor, x.c)
}

/// Adds all positions to the sums of up to six outputs; with fewer, the last one is computed again.
///
/// `last` is the distance of the sixth row of the window from the fifth: 0 computes the fifth twice.
private func sumPairedRows(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ dy: FloatPointer,
  _ positions: Positions, _ outputs: Int, _ count: Int, _ line: Int, _ last: Int
) {
  // SAFETY: the caller owns the sums, the windows of x with 8 floats a row, and `count` outputs at each position.
  var g0 = unsafe load(sums, 0)
  var g1 = unsafe load(sums, 1)
  var g2 = unsafe load(sums, 2)
  var g3 = unsafe load(sums, 3)
  var g4 = unsafe load(sums, 4)
  var g5 = unsafe load(sums, 5)
  let (o1, o2, o3) = (min(1, count &- 1), min(2, count &- 1), min(3, count &- 1))
  let (o4, o5) = (min(4, count &- 1), min(5, count &- 1))
  var gradient = unsafe dy
  for image in 0..<positions.images {
    for row in 0..<positions.rows {
      var from = unsafe x + (image &* positions.image &+ row &* positions.row)
      for _ in 0..<positions.columns {
        let window: RowPairs = unsafe (
          loadPair(from, line), loadPair(from + 2 &* line, line), loadPair(from + 4 &* line, last)
        )
        unsafe step(&g0, gradient[0], window)
        unsafe step(&g1, gradient[o1], window)
        unsafe step(&g2, gradient[o2], window)
        unsafe step(&g3, gradient[o3], window)
        unsafe step(&g4, gradient[o4], window)
        unsafe step(&g5, gradient[o5], window)
        unsafe from += positions.column
        unsafe gradient += outputs
      }
    }
  }
  unsafe store(sums, 0, g0)
  unsafe store(sums, 1, g1)
  unsafe store(sums, 2, g2)
  unsafe store(sums, 3, g3)
  unsafe store(sums, 4, g4)
  unsafe store(sums, 5, g5)
}
