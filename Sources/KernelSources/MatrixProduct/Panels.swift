/// Packs a strided matrix into panels: `panels[(p * depth + k) * 32 + j] = source[k * depthStride + (32p + j) * columnStride]`.
///
/// The columns that pad the last panel to 32 become +0.
@inline(never)
public func packPanels(
  _ panels: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
  _ depthStride: Int, _ columnStride: Int, _ depth: Int, _ columns: Int
) {
  for p in 0..<(columns + 31) / 32 {
    let width = min(32, columns - 32 * p)
    for k in 0..<depth {
      for j in 0..<32 {
        // SAFETY: the caller owns ⌈columns/32⌉ panels of depth × 32 floats and every element (k, column) of the source.
        unsafe panels[(p * depth + k) * 32 + j] =
          j < width ? source[k * depthStride + (32 * p + j) * columnStride] : 0
      }
    }
  }
}

/// The inverse of `packPanels`: `target[k * depthStride + (32p + j) * columnStride] = panels[(p * depth + k) * 32 + j]`.
@inline(never)
public func unpackPanels(
  _ target: UnsafeMutablePointer<Float>, _ panels: UnsafePointer<Float>,
  _ depthStride: Int, _ columnStride: Int, _ depth: Int, _ columns: Int
) {
  for p in 0..<(columns + 31) / 32 {
    let width = min(32, columns - 32 * p)
    for k in 0..<depth {
      for j in 0..<width {
        // SAFETY: the caller owns ⌈columns/32⌉ panels of depth × 32 floats and every element (k, column) of the target.
        unsafe target[k * depthStride + (32 * p + j) * columnStride] =
          panels[(p * depth + k) * 32 + j]
      }
    }
  }
}

/// Turns panels of a (depth × columns) matrix into panels of its transpose (columns × depth).
///
/// The source may be some rows of a matrix of `sourceDepth` rows.
@inline(never)
public func transposePanels(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
  _ depth: Int, _ columns: Int, _ sourceDepth: Int
) {
  // SAFETY: the caller owns `depth` rows in each of the ⌈columns/32⌉ panels of source, which begin sourceDepth · 32 floats apart, and
  // ⌈depth/32⌉·columns·32 floats of target.
  unsafe transposeTap(target, columns * 32, source, sourceDepth * 32, depth, columns)
}

/// Transposes a 4 × 4 block.
@inline(always)
func transpose4(
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ x: UnsafePointer<Float>, _ xStride: Int
) {
  // SAFETY: the caller owns four floats in each of four rows behind both pointers.
  let a = unsafe UnsafeRawPointer(x).loadUnaligned(as: SIMD4<Float>.self)
  let b = unsafe UnsafeRawPointer(x + xStride).loadUnaligned(as: SIMD4<Float>.self)
  let c = unsafe UnsafeRawPointer(x + 2 * xStride).loadUnaligned(as: SIMD4<Float>.self)
  let d = unsafe UnsafeRawPointer(x + 3 * xStride).loadUnaligned(as: SIMD4<Float>.self)
  for i in 0..<4 {
    unsafe UnsafeMutableRawPointer(y + i * yStride).storeBytes(
      of: SIMD4<Float>(a[i], b[i], c[i], d[i]), as: SIMD4<Float>.self)
  }
}
