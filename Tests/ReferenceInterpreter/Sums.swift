/// a·b + c with one rounding.
@inline(__always)
func fma(_ a: Float, _ b: Float, _ c: Float) -> Float { c.addingProduct(a, b) }

/// a·b + c with one rounding.
@inline(__always)
func fma(_ a: Double, _ b: Double, _ c: Double) -> Double { c.addingProduct(a, b) }

/// 1/n in Double, rounded once.
func reciprocal(_ n: Int) -> Float { Float(1 / Double(n)) }

/// Vectors added level by level: 0 + 1, 2 + 3, …; an odd one is carried up.
public func pairwise(_ parts: [[Float]]) -> [Float] {
  var level = parts
  while level.count > 1 {
    var next: [[Float]] = []
    for index in stride(from: 0, to: level.count - 1, by: 2) {
      var sum = level[index]
      for element in sum.indices { sum[element] = sum[element] + level[index + 1][element] }
      next.append(sum)
    }
    if level.count % 2 == 1 { next.append(level[level.count - 1]) }
    level = next
  }
  return level.isEmpty ? [] : level[0]
}

/// The sum of rule 3: sixteen stripes in blocks of 4096, the blocks pairwise.
public func sum(_ x: [Float]) -> Float { blocks(x, square: false) }

/// The sum of squares of rule 3.
public func sumOfSquares(_ x: [Float]) -> Float { blocks(x, square: true) }

private func blocks(_ x: [Float], square: Bool) -> Float {
  if x.isEmpty { return 0 }
  var sums: [[Float]] = []
  for start in stride(from: 0, to: x.count, by: 4096) {
    var stripes = [Float](repeating: square ? 0 : -0.0, count: 16)
    for index in start..<min(start + 4096, x.count) {
      let lane = (index - start) % 16
      stripes[lane] = square ? fma(x[index], x[index], stripes[lane]) : stripes[lane] + x[index]
    }
    for half in [8, 4, 2, 1] {
      for lane in 0..<half { stripes[lane] = stripes[lane] + stripes[lane + half] }
    }
    sums.append([stripes[0]])
  }
  return pairwise(sums)[0]
}

/// The samples of each shard of a batch that has any: sample i of n is in shard ⌊i · shards / n⌋.
public func shardRanges(of samples: Int, shards: Int) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  var start = 0
  for sample in 0..<samples {
    let isLast = sample + 1 == samples
    if isLast || sample * shards / samples != (sample + 1) * shards / samples {
      ranges.append(start..<sample + 1)
      start = sample + 1
    }
  }
  return ranges
}

/// The sums over the blocks of a range, pairwise.
func inBlocks(_ range: Range<Int>, of size: Int, _ sum: (Range<Int>) -> [Float]) -> [Float] {
  var parts: [[Float]] = []
  for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
    parts.append(sum(start..<min(start + size, range.upperBound)))
  }
  return pairwise(parts)
}

/// The sums over the blocks of each shard, pairwise, then over the shards, pairwise.
func overSamples(
  _ samples: Int, shards: Int, positions: Int, _ sum: (Range<Int>) -> [Float]
) -> [Float] {
  let size = NumericsVersion.gradientBlock(positions: positions)
  return pairwise(
    shardRanges(of: samples, shards: shards).map { inBlocks($0, of: size, sum) })
}
