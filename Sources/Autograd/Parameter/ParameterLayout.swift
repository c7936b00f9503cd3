/// How a parameter lies in memory; outside it always has PyTorch's shape and order.
package enum ParameterLayout: Hashable, Sendable {
  /// Element after element, padded with zeros to a multiple of 32.
  case vector
  /// A tensor [channels, positions] with the channels of a position side by side, as images are stored; padded as a vector.
  case interleaved(channels: Int, positions: Int)
  /// A matrix [rows = outputs, depth] as panels of 32 outputs: `[⌈outputs/32⌉][depth][32]`, zeros in missing outputs.
  ///
  /// For a convolution the depth is `window` taps times input channels, tap-major (kh, kw, ic), and each group has
  /// panels of its own; for a linear layer `window` is 1 and there is one group.
  case panels(outputs: Int, channels: Int, window: Int, groups: Int)

  /// The width of a panel.
  package static let panelWidth = 32

  /// The floats that a parameter of `count` elements takes: a multiple of 32.
  package func storageCount(of count: Int) -> Int {
    switch self {
    case .vector, .interleaved: (count + 31) & ~31
    case .panels(let outputs, let channels, let window, let groups):
      groups * Self.panels(outputs / groups) * window * channels * 32
    }
  }

  /// The panels that hold `outputs` columns.
  package static func panels(_ outputs: Int) -> Int { (outputs + 31) / 32 }

  /// Where element `index` of PyTorch's order lies.
  package func offset(of index: Int) -> Int {
    switch self {
    case .vector: return index
    case .interleaved(let channels, let positions):
      let (channel, position) = index.quotientAndRemainder(dividingBy: positions)
      return position * channels + channel
    case .panels(let outputs, let channels, let window, let groups):
      let depth = channels * window
      let (output, rest) = index.quotientAndRemainder(dividingBy: depth)
      let (channel, tap) = rest.quotientAndRemainder(dividingBy: window)
      let (group, column) = output.quotientAndRemainder(dividingBy: outputs / groups)
      let panel = group * Self.panels(outputs / groups) + column / 32
      return (panel * depth + tap * channels + channel) * 32 + column % 32
    }
  }
}
