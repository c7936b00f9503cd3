/// y[i] = value.
@inline(never)
public func fill(_ y: UnsafeMutablePointer<Float>, _ value: Float, _ count: Int) {
  // SAFETY: here and below, the caller owns `count` elements behind every pointer.
  for i in 0..<count { unsafe y[i] = value }
}

/// y[i] = x[i].
@inline(never)
public func copy(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] }
}

/// y[i] = a[i] + b[i].
@inline(never)
public func add(
  _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] + b[i] }
}

/// y[i] = s < 0 ? +0 : s, with s = a[i] + b[i].
@inline(never)
public func addRelu(
  _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ count: Int
) {
  for i in 0..<count {
    let sum = unsafe a[i] + b[i]
    unsafe y[i] = sum < 0 ? 0 : sum
  }
}

/// y[i] = a[i] − b[i].
@inline(never)
public func subtract(
  _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] - b[i] }
}

/// y[i] = a[i] · b[i].
@inline(never)
public func multiplyElements(
  _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] * b[i] }
}

/// y[i] = a[i] / b[i].
@inline(never)
public func divide(
  _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] / b[i] }
}

/// y[i] = x[i] · factor.
@inline(never)
public func scale(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ factor: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] * factor }
}

/// y[i] = x[i] + value.
@inline(never)
public func addScalar(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ value: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] + value }
}

/// y[i] = fma(factor, x[i], y[i]).
@inline(never)
public func addScaled(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ factor: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = y[i].addingProduct(factor, x[i]) }
}

/// y[i] = fma(weight, x[i] − y[i], y[i]), the moving average.
@inline(never)
public func blend(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ weight: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = y[i].addingProduct(weight, x[i] - y[i]) }
}

/// y[i] = √x[i].
@inline(never)
public func squareRoot(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i].squareRoot() }
}

/// y[i] = x[i] < −bound ? −bound : (x[i] > bound ? bound : x[i]); NaN stays.
@inline(never)
public func clamp(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ bound: Float, _ count: Int
) {
  for i in 0..<count {
    let v = unsafe x[i]
    let low = v < -bound ? -bound : v
    unsafe y[i] = low > bound ? bound : low
  }
}

/// y[row, i] = x[row, i] + bias[i], rows `stride` apart.
@inline(never)
public func addRowVector(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
  _ rows: Int, _ columns: Int, _ stride: Int
) {
  for row in 0..<rows {
    for i in 0..<columns { unsafe y[row * stride + i] = x[row * stride + i] + bias[i] }
  }
}
