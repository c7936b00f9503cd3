/// Windows over each channel of N, C, H, W.
public struct ReferencePooling: Sendable {
  /// The planes: images times channels.
  public var planes: Int
  public var vertical, horizontal: WindowAxis

  public init(planes: Int, vertical: WindowAxis, horizontal: WindowAxis) {
    self.planes = planes
    self.vertical = vertical
    self.horizontal = horizontal
  }

  public var inputCount: Int { planes * vertical.size * horizontal.size }
  public var outputCount: Int { planes * vertical.outputs * horizontal.outputs }

  private var factor: Float { reciprocal(vertical.kernel * horizontal.kernel) }

  /// Calls `body` for each output in ascending (plane, row, column) with the places of its window that lie in the image, ascending.
  private func forEachWindow(_ body: (_ output: Int, _ places: [Int]) -> Void) {
    var output = 0
    for plane in 0..<planes {
      for row in 0..<vertical.outputs {
        for column in 0..<horizontal.outputs {
          var places: [Int] = []
          for kh in 0..<vertical.kernel {
            for kw in 0..<horizontal.kernel {
              let (ih, iw) = (vertical.position(row, kh), horizontal.position(column, kw))
              guard vertical.holds(ih), horizontal.holds(iw) else { continue }
              places.append((plane * vertical.size + ih) * horizontal.size + iw)
            }
          }
          body(output, places)
          output += 1
        }
      }
    }
  }

  /// The greatest of each window: the first of equals, and the first NaN before all; padding never.
  public func maximum(_ x: [Float]) -> (values: [Float], places: [Int]) {
    var values: [Float] = []
    var winners: [Int] = []
    forEachWindow { _, places in
      let winner = places[argmax(places.map { x[$0] })]
      values.append(x[winner])
      winners.append(winner)
    }
    return (values, winners)
  }

  /// dy to the place of each maximum, added to +0 with outputs ascending.
  public func maximumGradient(_ dy: [Float], places: [Int]) -> [Float] {
    var dx = [Float](repeating: 0, count: inputCount)
    for (output, place) in places.enumerated() { dx[place] = dx[place] + dy[output] }
    return dx
  }

  /// From +0 over ascending places · (1/taps): padding counts as zeros; over a whole image in the blocks of a statistic.
  public func average(_ x: [Float]) -> [Float] {
    var values: [Float] = []
    forEachWindow { _, places in
      let isWhole = [vertical, horizontal].allSatisfy { $0.kernel == $0.size && $0.padding == 0 }
      let sum = inBlocks(
        0..<places.count, of: isWhole ? NumericsVersion.statisticsBlock : places.count
      ) { range in
        var chain: Float = 0
        for place in places[range] { chain = chain + x[place] }
        return [chain]
      }
      values.append(sum[0] * factor)
    }
    return values
  }

  /// dy · (1/taps) to each place, added to +0 with outputs ascending.
  public func averageGradient(_ dy: [Float]) -> [Float] {
    var dx = [Float](repeating: 0, count: inputCount)
    forEachWindow { output, places in
      for place in places { dx[place] = dx[place] + dy[output] * factor }
    }
    return dx
  }
}

/// The index of the greatest: the first of equals, and the first NaN before all.
public func argmax(_ x: [Float]) -> Int {
  var best = 0
  for index in x.indices {
    if x[index].isNaN { return index }
    if x[index] > x[best] { best = index }
  }
  return best
}
