/// Softmax of each row: x − max, exp, the sum of rule 3, divide.
public func softmax(_ x: [Float], columns: Int) -> [Float] {
  rows(x, columns).flatMap { row in
    let powers = exponentials(differences(row))
    let total = sum(powers)
    return powers.map { $0 / total }
  }
}

/// (dy − Σ dy·y) · y for each row.
public func softmaxGradient(_ dy: [Float], _ y: [Float], columns: Int) -> [Float] {
  zip(rows(dy, columns), rows(y, columns)).flatMap { dy, y in
    let inner = sum(multiplied(dy, y))
    return dy.indices.map { (dy[$0] - inner) * y[$0] }
  }
}

/// The loss of a batch, of each of its samples, and its gradient where nothing follows.
public struct ReferenceLoss: Sendable {
  public var mean: Float
  public var losses: [Float]
  public var gradient: [Float]
}

/// Cross-entropy of softmax(x) against labels, the mean over `count` samples.
public func crossEntropy(
  _ x: [Float], labels: [UInt32], columns: Int, smoothing: Double, count: Int
) -> ReferenceLoss {
  let keep = Float(1 - smoothing)
  let spread = Float(smoothing / Double(columns))
  var result = ReferenceLoss(mean: 0, losses: [], gradient: [])
  for (row, label) in zip(rows(x, columns), labels) {
    let target = Int(label)
    let z = differences(row)
    let powers = exponentials(z)
    let total = sum(powers)
    let l = logarithm(total)
    let loss = l - z[target]
    result.losses.append(
      smoothing == 0 ? loss : fma(spread, sum(z.map { l - $0 }), keep * loss))
    for j in 0..<columns {
      let q = j == target ? keep + spread : spread
      result.gradient.append((powers[j] / total - q) * reciprocal(count))
    }
  }
  result.mean = sum(result.losses) * reciprocal(count)
  return result
}

/// The mean squared distance to the one-hot vectors of labels, the mean over `count` samples.
public func squaredError(
  _ x: [Float], labels: [UInt32], columns: Int, count: Int
) -> ReferenceLoss {
  let factor = Float(2 / (Double(count) * Double(columns)))
  var result = ReferenceLoss(mean: 0, losses: [], gradient: [])
  for (row, label) in zip(rows(x, columns), labels) {
    let d = row.indices.map { row[$0] - ($0 == Int(label) ? 1 : 0) }
    result.losses.append(sumOfSquares(d) * reciprocal(columns))
    result.gradient += scaled(d, by: factor)
  }
  result.mean = sum(result.losses) * reciprocal(count)
  return result
}

/// The mean distance to the one-hot vectors of labels, the mean over `count` samples.
public func absoluteError(
  _ x: [Float], labels: [UInt32], columns: Int, count: Int
) -> ReferenceLoss {
  let step = Float(1 / (Double(count) * Double(columns)))
  var result = ReferenceLoss(mean: 0, losses: [], gradient: [])
  for (row, label) in zip(rows(x, columns), labels) {
    let d = row.indices.map { row[$0] - ($0 == Int(label) ? 1 : 0) }
    result.losses.append(sum(d.map { abs($0) }) * reciprocal(columns))
    result.gradient += d.map { $0 > 0 ? step : $0 < 0 ? -step : 0 }
  }
  result.mean = sum(result.losses) * reciprocal(count)
  return result
}

/// x − max x.
private func differences(_ row: [Float]) -> [Float] {
  let top = row[argmax(row)]
  return row.map { $0 - top }
}

private func rows(_ x: [Float], _ columns: Int) -> [[Float]] {
  stride(from: 0, to: x.count, by: columns).map { Array(x[$0..<$0 + columns]) }
}
