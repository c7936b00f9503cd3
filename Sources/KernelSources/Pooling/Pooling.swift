/// The greatest element of each window of images N, H, W, C, and the tap (kh · kernelWidth + kw) where it stands.
///
/// Taps are compared in ascending order and the first of equals stays; the first NaN wins over everything. Padding is never taken.
@inline(never)
public func maxPool(
  _ y: UnsafeMutablePointer<Float>, _ taps: UnsafeMutablePointer<UInt32>,
  _ x: UnsafePointer<Float>, _ images: Int, _ channels: Int, _ height: Int, _ width: Int,
  _ kernelHeight: Int, _ kernelWidth: Int, _ strideHeight: Int, _ strideWidth: Int,
  _ paddingHeight: Int, _ paddingWidth: Int, _ outputHeight: Int, _ outputWidth: Int
) {
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        // SAFETY: here and below, the caller owns all images of x, y and taps, and every window meets its image.
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let best = unsafe y + at
        let where_ = unsafe taps + at
        var isFirst = true
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let from = unsafe x + ((image * height + ih) * width + iw) * channels
            let tap = UInt32(truncatingIfNeeded: kh * kernelWidth + kw)
            if isFirst {
              for j in 0..<channels {
                unsafe best[j] = from[j]
                unsafe where_[j] = tap
              }
              isFirst = false
            } else {
              for j in 0..<channels {
                let value = unsafe from[j]
                let old = unsafe best[j]
                // A number below or equal to `old`, or anything when `old` is NaN, is not taken.
                let isTaken = !(value <= old) && old == old
                let oldTap = unsafe where_[j]
                unsafe best[j] = isTaken ? value : old
                unsafe where_[j] = isTaken ? tap : oldTap
              }
            }
          }
        }
      }
    }
  }
}

/// dx += dy at the tap of each window, outputs ascending; `dx` must hold what it starts from, +0.
@inline(never)
public func maxPoolGradient(
  _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ taps: UnsafePointer<UInt32>,
  _ images: Int, _ channels: Int, _ height: Int, _ width: Int,
  _ kernelHeight: Int, _ kernelWidth: Int, _ strideHeight: Int, _ strideWidth: Int,
  _ paddingHeight: Int, _ paddingWidth: Int, _ outputHeight: Int, _ outputWidth: Int
) {
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let gradient = unsafe dy + at
        let where_ = unsafe taps + at
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let to = unsafe dx + ((image * height + ih) * width + iw) * channels
            let tap = UInt32(truncatingIfNeeded: kh * kernelWidth + kw)
            for j in 0..<channels {
              // Adding +0 changes nothing: a sum that began at +0 is never −0.
              let value = unsafe gradient[j]
              unsafe to[j] = to[j] + (where_[j] == tap ? value : 0)
            }
          }
        }
      }
    }
  }
}

/// y = (the chain +0 + x over the taps of each window, ascending) · factor; padding adds nothing.
@inline(never)
public func averagePool(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ factor: Float,
  _ images: Int, _ channels: Int, _ height: Int, _ width: Int,
  _ kernelHeight: Int, _ kernelWidth: Int, _ strideHeight: Int, _ strideWidth: Int,
  _ paddingHeight: Int, _ paddingWidth: Int, _ outputHeight: Int, _ outputWidth: Int
) {
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let to = unsafe y + at
        for j in 0..<channels { unsafe to[j] = 0 }
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let from = unsafe x + ((image * height + ih) * width + iw) * channels
            for j in 0..<channels { unsafe to[j] = to[j] + from[j] }
          }
        }
        for j in 0..<channels { unsafe to[j] = to[j] * factor }
      }
    }
  }
}

/// dx += dy · factor (rounded once) over each window, outputs ascending; `dx` must hold what it starts from, +0.
@inline(never)
public func averagePoolGradient(
  _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ factor: Float,
  _ images: Int, _ channels: Int, _ height: Int, _ width: Int,
  _ kernelHeight: Int, _ kernelWidth: Int, _ strideHeight: Int, _ strideWidth: Int,
  _ paddingHeight: Int, _ paddingWidth: Int, _ outputHeight: Int, _ outputWidth: Int
) {
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let gradient = unsafe dy + at
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let to = unsafe dx + ((image * height + ih) * width + iw) * channels
            for j in 0..<channels { unsafe to[j] = to[j] + gradient[j] * factor }
          }
        }
      }
    }
  }
}
