/// a + b.
public func added(_ a: [Float], _ b: [Float]) -> [Float] {
  a.indices.map { a[$0] + b[$0] }
}

/// a · b.
public func multiplied(_ a: [Float], _ b: [Float]) -> [Float] {
  a.indices.map { a[$0] * b[$0] }
}

/// factor · x.
public func scaled(_ x: [Float], by factor: Float) -> [Float] { x.map { $0 * factor } }

/// a − b as the product defines it: a + (−1) · b.
public func subtracted(_ a: [Float], _ b: [Float]) -> [Float] { added(a, scaled(b, by: -1)) }

/// relu(x): x < 0 ? +0 : x.
public func relu(_ x: [Float]) -> [Float] { x.map { $0 < 0 ? 0 : $0 } }

/// The gradient of relu from its result: y ≤ 0 ? +0 : dy.
public func reluGradient(_ dy: [Float], _ y: [Float]) -> [Float] {
  dy.indices.map { y[$0] <= 0 ? 0 : dy[$0] }
}

/// The mean of all elements in storage order: the sum of rule 3 · (1/n).
public func mean(_ x: [Float]) -> Float { sum(x) * reciprocal(x.count) }
