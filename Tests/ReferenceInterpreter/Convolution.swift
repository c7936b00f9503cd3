/// One axis of a window over images.
public struct WindowAxis: Sendable {
  public var size: Int
  public var kernel: Int
  public var stride: Int
  public var padding: Int
  public var dilation: Int

  public init(size: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
    self.size = size
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// The last position of a window that fits, plus one; below 1 where none does.
  public var outputs: Int {
    let last = size + 2 * padding - (kernel - 1) * dilation - 1
    return last < 0 ? 0 : last / stride + 1
  }

  /// The input position that a tap of a window meets; outside 0 ..< size it is padding.
  func position(_ output: Int, _ tap: Int) -> Int { output * stride - padding + tap * dilation }

  func holds(_ position: Int) -> Bool { position >= 0 && position < size }
}

/// A two-dimensional convolution over N, C, H, W with a weight O, I, kH, kW.
public struct ReferenceConvolution: Sendable {
  public var images: Int
  /// The channels of the input and of the output, all groups together.
  public var channels, outputs: Int
  public var groups: Int
  public var vertical, horizontal: WindowAxis
  public var relu = false
  public var shards = 1

  public init(
    images: Int, channels: Int, outputs: Int, groups: Int, vertical: WindowAxis,
    horizontal: WindowAxis
  ) {
    self.images = images
    self.channels = channels
    self.outputs = outputs
    self.groups = groups
    self.vertical = vertical
    self.horizontal = horizontal
  }

  public var inputCount: Int { images * channels * vertical.size * horizontal.size }
  public var weightCount: Int { outputs * groupChannels * vertical.kernel * horizontal.kernel }
  public var outputCount: Int { images * outputs * positions }
  var groupChannels: Int { channels / groups }
  var groupOutputs: Int { outputs / groups }
  var positions: Int { vertical.outputs * horizontal.outputs }

  private func input(_ image: Int, _ channel: Int, _ row: Int, _ column: Int) -> Int {
    ((image * channels + channel) * vertical.size + row) * horizontal.size + column
  }

  private func output(_ image: Int, _ channel: Int, _ row: Int, _ column: Int) -> Int {
    ((image * outputs + channel) * vertical.outputs + row) * horizontal.outputs + column
  }

  private func weight(_ output: Int, _ channel: Int, _ kh: Int, _ kw: Int) -> Int {
    ((output * groupChannels + channel) * vertical.kernel + kh) * horizontal.kernel + kw
  }

  /// From the bias or +0 over ascending (kh, kw, ic); then relu.
  public func forward(_ x: [Float], weight w: [Float], bias: [Float]?) -> [Float] {
    var y = [Float](repeating: 0, count: outputCount)
    for image in 0..<images {
      for channel in 0..<outputs {
        let first = channel / groupOutputs * groupChannels
        for row in 0..<vertical.outputs {
          for column in 0..<horizontal.outputs {
            var chain: Float = bias.map { $0[channel] } ?? 0
            for kh in 0..<vertical.kernel {
              let ih = vertical.position(row, kh)
              for kw in 0..<horizontal.kernel {
                let iw = horizontal.position(column, kw)
                let isInside = vertical.holds(ih) && horizontal.holds(iw)
                guard isInside || NumericsVersion.paddingIsMultiplied else { continue }
                for ic in 0..<groupChannels {
                  let value = isInside ? x[input(image, first + ic, ih, iw)] : 0
                  chain = fma(value, w[weight(channel, ic, kh, kw)], chain)
                }
              }
            }
            y[output(image, channel, row, column)] = relu && chain < 0 ? 0 : chain
          }
        }
      }
    }
    return y
  }

  /// dz: dy where the relu has let something through.
  public func rectified(_ dy: [Float], _ y: [Float]) -> [Float] {
    guard relu else { return dy }
    return reluGradient(dy, y)
  }

  /// From +0 over ascending (kh, kw, oc) of the weight's own indices.
  public func inputGradient(_ dz: [Float], weight w: [Float]) -> [Float] {
    var dx = [Float](repeating: 0, count: inputCount)
    for image in 0..<images {
      for channel in 0..<channels {
        let group = channel / groupChannels
        for row in 0..<vertical.size {
          for column in 0..<horizontal.size {
            var chain: Float = 0
            for kh in 0..<vertical.kernel {
              let above = row + vertical.padding - kh * vertical.dilation
              guard above % vertical.stride == 0 else { continue }
              let oh = above / vertical.stride
              // Rows above and below the outputs are left out in all versions.
              guard oh >= 0, oh < vertical.outputs else { continue }
              for kw in 0..<horizontal.kernel {
                let left = column + horizontal.padding - kw * horizontal.dilation
                guard left % horizontal.stride == 0 else { continue }
                let ow = left / horizontal.stride
                let isInside = ow >= 0 && ow < horizontal.outputs
                guard isInside || NumericsVersion.paddingIsMultiplied else { continue }
                for oc in group * groupOutputs..<(group + 1) * groupOutputs {
                  let value = isInside ? dz[output(image, oc, oh, ow)] : 0
                  chain = fma(value, w[weight(oc, channel % groupChannels, kh, kw)], chain)
                }
              }
            }
            dx[input(image, channel, row, column)] = chain
          }
        }
      }
    }
    return dx
  }

  /// From +0 over ascending (image, row, column), in blocks and shards.
  public func weightGradient(_ dz: [Float], input x: [Float]) -> [Float] {
    overSamples(images, shards: shards, positions: positions) { range in
      var dw = [Float](repeating: 0, count: weightCount)
      for oc in 0..<outputs {
        let first = oc / groupOutputs * groupChannels
        for ic in 0..<groupChannels {
          for kh in 0..<vertical.kernel {
            for kw in 0..<horizontal.kernel {
              var chain: Float = 0
              for image in range {
                for row in 0..<vertical.outputs {
                  let ih = vertical.position(row, kh)
                  for column in 0..<horizontal.outputs {
                    let iw = horizontal.position(column, kw)
                    let isInside = vertical.holds(ih) && horizontal.holds(iw)
                    guard isInside || NumericsVersion.paddingIsMultiplied else { continue }
                    let value = isInside ? x[input(image, first + ic, ih, iw)] : 0
                    chain = fma(value, dz[output(image, oc, row, column)], chain)
                  }
                }
              }
              dw[weight(oc, ic, kh, kw)] = chain
            }
          }
        }
      }
      return dw
    }
  }

  /// A statistic over ascending (image, row, column) of each block of the weight's gradient.
  public func biasGradient(_ dz: [Float]) -> [Float] {
    overSamples(images, shards: shards, positions: positions) { range in
      let rows = range.lowerBound * positions..<range.upperBound * positions
      return inBlocks(rows, of: NumericsVersion.statisticsBlock) { rows in
        (0..<outputs).map { channel in
          var chain: Float = 0
          for row in rows {
            let (image, position) = (row / positions, row % positions)
            chain =
              chain
              + dz[
                output(
                  image, channel, position / horizontal.outputs, position % horizontal.outputs)]
          }
          return chain
        }
      }
    }
  }
}
