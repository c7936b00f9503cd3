/// Spreads images of N,H,W,C over larger ones of zeros: y[top + i · rowStep][left + j · columnStep] = x[i][j].
///
/// With steps of 1 this is zero padding. What would fall outside is left out.
@inline(never)
public func spreadImages(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ images: Int, _ height: Int,
  _ width: Int, _ channels: Int, _ spreadHeight: Int, _ spreadWidth: Int,
  _ top: Int, _ left: Int, _ rowStep: Int, _ columnStep: Int
) {
  let line = spreadWidth * channels
  // Columns of x that fall inside.
  let first = left >= 0 ? 0 : (-left + columnStep - 1) / columnStep
  let last =
    left >= spreadWidth ? 0 : min(width, (spreadWidth - left + columnStep - 1) / columnStep)
  for image in 0..<images {
    // SAFETY: the caller owns `images` images of both shapes, which do not overlap.
    let to = unsafe y + image * spreadHeight * line
    let from = unsafe x + image * height * width * channels
    var next = 0
    for i in 0..<height {
      let row = top + i * rowStep
      if row < 0 || row >= spreadHeight { continue }
      unsafe fill(to + next * line, 0, (row - next) * line)
      next = row + 1
      let target = unsafe to + row * line
      if columnStep == 1 && first < last {
        unsafe fill(target, 0, (left + first) * channels)
        unsafe copy(
          target + (left + first) * channels, from + (i * width + first) * channels,
          (last - first) * channels)
        unsafe fill(
          target + (left + last) * channels, 0, (spreadWidth - left - last) * channels)
      } else {
        unsafe fill(target, 0, line)
        var j = first
        while j < last {
          unsafe copy(
            target + (left + j * columnStep) * channels, from + (i * width + j) * channels, channels
          )
          j += 1
        }
      }
    }
    unsafe fill(to + next * line, 0, (spreadHeight - next) * line)
  }
}

/// `spreadImages` into planes: y[channel][top + i · rowStep][left + j · columnStep] = x[i][j][channel], zeros elsewhere.
@inline(never)
public func spreadPlanes(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ images: Int, _ height: Int,
  _ width: Int, _ channels: Int, _ spreadHeight: Int, _ spreadWidth: Int,
  _ top: Int, _ left: Int, _ rowStep: Int, _ columnStep: Int
) {
  let plane = spreadHeight * spreadWidth
  let first = left >= 0 ? 0 : (-left + columnStep - 1) / columnStep
  let last =
    left >= spreadWidth ? 0 : min(width, (spreadWidth - left + columnStep - 1) / columnStep)
  for image in 0..<images {
    // SAFETY: the caller owns `images` images of both shapes, which do not overlap.
    let to = unsafe y + image * channels * plane
    let from = unsafe x + image * height * width * channels
    unsafe fill(to, 0, channels * plane)
    for i in 0..<height {
      let row = top + i * rowStep
      if row < 0 || row >= spreadHeight { continue }
      if columnStep == 1 {
        if first < last {
          unsafe transposeRows(
            to + (row &* spreadWidth &+ left &+ first), plane,
            from + (i &* width &+ first) &* channels, channels, last &- first, channels)
        }
        continue
      }
      for channel in 0..<channels {
        let target = unsafe to + (channel &* plane &+ row &* spreadWidth &+ left)
        var source = unsafe from + ((i &* width &+ first) &* channels &+ channel)
        var j = first
        while j < last {
          unsafe target[j &* columnStep] = source[0]
          unsafe source += channels
          j &+= 1
        }
      }
    }
  }
}

/// Turns the weight panels of a convolution into those of its input gradient.
///
/// From `[group][⌈outputs/32⌉][taps · inputs][32]` to `[group][⌈inputs/32⌉][taps · outputs][32]`, padded with +0.
@inline(never)
public func transposeConvolution(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
  _ groups: Int, _ inputs: Int, _ outputs: Int, _ taps: Int
) {
  let sourcePanel = taps * inputs * 32
  let targetPanel = taps * outputs * 32
  let sourcePanels = (outputs + 31) / 32
  let targetPanels = (inputs + 31) / 32
  for group in 0..<groups {
    // SAFETY: the caller owns both sets of panels, which do not overlap.
    let from = unsafe source + group * sourcePanels * sourcePanel
    let to = unsafe target + group * targetPanels * targetPanel
    for tap in 0..<taps {
      unsafe transposeTap(
        to + tap * outputs * 32, targetPanel, from + tap * inputs * 32, sourcePanel, inputs, outputs
      )
    }
  }
}

/// Transposes inputs × outputs, kept as rows of panels, into outputs × inputs.
@inline(always)
func transposeTap(
  _ target: UnsafeMutablePointer<Float>, _ targetPanel: Int, _ source: UnsafePointer<Float>,
  _ sourcePanel: Int, _ inputs: Int, _ outputs: Int
) {
  for q in 0..<(inputs + 31) / 32 {
    let width = min(32, inputs - 32 * q)
    var column = 0
    while column < outputs {
      // SAFETY: the caller owns ⌈outputs/32⌉ panels with inputs · 32 floats at the source's tap and ⌈inputs/32⌉ panels with
      // outputs · 32 floats at the target's.
      let from = unsafe source + ((column >> 5) * sourcePanel + (column & 31) + 32 * q * 32)
      let to = unsafe target + (q * targetPanel + column * 32)
      let height = min(4, outputs - column)
      if width < 32 {
        for i in 0..<height {
          unsafe store16(to, i * 32, .zero)
          unsafe store16(to, i * 32 + 16, .zero)
        }
      }
      var j = 0
      if height == 4 {
        while j + 4 <= width {
          unsafe transpose4(to + j, 32, from + j * 32, 32)
          j += 4
        }
      }
      while j < width {
        for i in 0..<height { unsafe to[i * 32 + j] = from[j * 32 + i] }
        j += 1
      }
      column += height
    }
  }
}
