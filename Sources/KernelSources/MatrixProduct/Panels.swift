internal import KernelInterface

/// Packs a strided matrix into panels: `panels[(p * depth + k) * 32 + j] = source[k * depthStride + (32p + j) * columnStride]`.
///
/// The columns that pad the last panel to 32 become +0.
@inline(never)
func rawPackPanels(
  _ panels: MutableFloatPointer, _ source: FloatPointer,
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
func rawUnpackPanels(
  _ target: MutableFloatPointer, _ panels: FloatPointer,
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
func rawTransposePanels(
  _ target: MutableFloatPointer, _ source: FloatPointer,
  _ depth: Int, _ columns: Int, _ sourceDepth: Int
) {
  // SAFETY: the caller owns `depth` rows in each of the ⌈columns/32⌉ panels of source, which begin sourceDepth · 32 floats apart, and
  // ⌈depth/32⌉·columns·32 floats of target.
  unsafe transposeTap(target, columns * 32, source, sourceDepth * 32, depth, columns)
}

/// Transposes a 4 × 4 block.
@inline(always)
func transpose4(
  _ y: MutableFloatPointer, _ yStride: Int, _ x: FloatPointer, _ xStride: Int
) {
  // SAFETY: the caller owns four floats in each of four rows behind both pointers.
  let a = unsafe readable(x, 0, 4).loadUnaligned(as: SIMD4<Float>.self)
  let b = unsafe readable(x, xStride, 4).loadUnaligned(as: SIMD4<Float>.self)
  let c = unsafe readable(x, 2 * xStride, 4).loadUnaligned(as: SIMD4<Float>.self)
  let d = unsafe readable(x, 3 * xStride, 4).loadUnaligned(as: SIMD4<Float>.self)
  for i in 0..<4 {
    unsafe writable(y, i * yStride, 4).storeBytes(
      of: SIMD4<Float>(a[i], b[i], c[i], d[i]), as: SIMD4<Float>.self)
  }
}
