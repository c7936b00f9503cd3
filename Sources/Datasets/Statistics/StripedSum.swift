/// A sum of doubles in the order of numerics rules 2 and 3.
///
/// Blocks of 4096 elements, each in 16 stripes (place modulo 16, ascending) that are added as a tree
/// 16→8→4→2→1; the blocks are combined in pairs, an odd one carried up.
struct StripedSum {
  private var stripes = [Double](repeating: -0.0, count: 16)
  private var place = 0
  private var blocks: [Double] = []

  /// Adds the next element.
  mutating func add(_ value: Double) {
    stripes[place & 15] += value
    place += 1
    if place == 4096 { closeBlock() }
  }

  private mutating func closeBlock() {
    var width = 8
    while width > 0 {
      for lane in 0..<width { stripes[lane] += stripes[lane + width] }
      width /= 2
    }
    blocks.append(stripes[0])
    for lane in 0..<16 { stripes[lane] = -0.0 }
    place = 0
  }

  /// The sum of everything added; +0 if nothing was.
  func total() -> Double {
    var sum = self
    if place > 0 { sum.closeBlock() }
    var level = sum.blocks
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map {
        $0 + 1 < level.count ? level[$0] + level[$0 + 1] : level[$0]
      }
    }
    return level.first ?? 0
  }
}
