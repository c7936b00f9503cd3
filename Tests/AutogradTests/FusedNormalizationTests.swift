import Autograd
import Testing

/// A batch normalization that is applied where it is read, against one that stores its output.
@Suite("A batch normalization applied where it is read")
struct FusedNormalizationTests {
  /// A residual block, its shortcut, and how the tape runs it.
  struct Block: CustomTestStringConvertible, Sendable {
    enum Shortcut: String, CaseIterable { case identity, projection, busy, constant, input }
    var shortcut: Shortcut
    var relu: Bool
    var isTraining: Bool
    var shards: Int

    var testDescription: String {
      "\(shortcut) shortcut, relu \(relu), training \(isTraining), \(shards) shards"
    }

    static let all = Shortcut.allCases.flatMap { shortcut in
      [(true, true, 1), (false, true, 2), (true, false, 1), (true, true, 3)].map {
        Block(shortcut: shortcut, relu: $0.0, isTraining: $0.1, shards: $0.2)
      }
    }

    static let shape: Shape = [5, 16, 6, 7]
    static let geometry = ConvolutionGeometry(
      input: shape.sample, outputs: 16, kernel: 3, stride: 1, padding: 1, dilation: 1, groups: 1)

    static func makeParameters() -> [Parameter] {
      var numbers = Numbers(5)
      let weight = Parameter(name: "weight", shape: geometry.weightShape, layout: geometry.layout)
      weight.values = numbers.array(geometry.weightShape.count)
      func vector(_ name: String, _ values: [Float], _ isTrainable: Bool) -> Parameter {
        Parameter(name: name, shape: [16], values: values, isTrainable: isTrainable)
      }
      return [
        weight, vector("scale", numbers.array(16), true), vector("shift", numbers.array(16), true),
        vector("mean", numbers.array(16), false),
        vector("variance", numbers.array(16).map { $0 * $0 + 0.5 }, false),
      ]
    }

    /// The output and the gradients of x and of all parameters after `passes` passes.
    func bits(fused: Bool, keeping: Bool, threads: Int, passes: Int) throws -> [[UInt32]] {
      let tape = try makeTape(threads: threads, shards: shards)
      tape.keepsGradients = keeping
      tape.isTraining = isTraining
      var numbers = Numbers(9)
      let x = tape.tensor(
        numbers.array(Self.shape.count), shape: Self.shape, requiresGradient: true)
      let p = Self.makeParameters()
      let statistics = RunningStatistics(mean: p[3], variance: p[4], momentum: 0.1)
      func convolve(_ x: Tensor) -> Tensor {
        conv2d(x, weight: p[0], bias: nil, geometry: Self.geometry)
      }
      func stored(_ x: Tensor, relu: Bool) -> Tensor {
        batchNormalization(
          x, weight: p[1], bias: p[2], statistics: statistics, epsilon: 1e-5, relu: relu)
      }
      func read(_ x: Tensor, relu: Bool) -> NormalizedTensor {
        normalization(
          x, weight: p[1], bias: p[2], statistics: statistics, epsilon: 1e-5, relu: relu)
      }
      let start = stored(convolve(x), relu: true)
      let inner = convolve(start)
      let middle =
        fused
        ? conv2d(
          read(inner, relu: true), weight: p[0], bias: nil, geometry: Self.geometry, relu: relu)
        : conv2d(
          stored(inner, relu: true), weight: p[0], bias: nil, geometry: Self.geometry, relu: relu)
      let body = fused ? nil : stored(middle, relu: false)
      let unapplied = fused ? read(middle, relu: false) : nil
      let other: Tensor
      switch shortcut {
      case .identity: other = start
      case .projection: other = stored(convolve(start), relu: false)
      // Adds to the gradient of the shortcut before the normalization has read its own.
      case .busy: other = start
      // What the normalization reads: its gradient is that of the sum, then of both.
      case .input: other = middle
      case .constant:
        other = tape.tensor(numbers.array(Self.shape.count), shape: Self.shape)
      }
      let busy = shortcut == .busy ? start * start : nil
      var y: Tensor
      if let unapplied {
        y = add(unapplied, other, relu: relu)
      } else if let body {
        y = relu ? addRelu(body, other) : body + other
      } else {
        preconditionFailure("one of the two exists")
      }
      if let busy { y = y + busy }
      let loss = (y * y).sum()
      for _ in 0..<passes {
        for parameter in p { parameter.zeroGradient() }
        tape.replay()
        loss.backward()
      }
      return [AutogradTests.bits(y.values), AutogradTests.bits(x.gradient)]
        + p.filter(\.isTrainable).map { AutogradTests.bits($0.gradients) }
    }
  }

  @Test("gives the same bits", arguments: Block.all, [(1, 1, false), (2, 3, false), (2, 1, true)])
  func same(block: Block, run: (threads: Int, passes: Int, keeping: Bool)) throws {
    let stored = try block.bits(fused: false, keeping: true, threads: 1, passes: 1)
    let read = try block.bits(
      fused: true, keeping: run.keeping, threads: run.threads, passes: run.passes)
    #expect(stored == read)
    #expect(stored.allSatisfy { $0.contains { $0 != 0 } })
  }

  @Test("leaves nothing behind for the pass of another loss", arguments: [true, false])
  func losses(keeping: Bool) throws {
    func gradients(first: Bool) throws -> [UInt32] {
      let tape = try makeTape()
      tape.keepsGradients = keeping
      let p = Block.makeParameters()
      var numbers = Numbers(9)
      let x = tape.tensor(
        numbers.array(Block.shape.count), shape: Block.shape, requiresGradient: true)
      let y = conv2d(x, weight: p[0], bias: nil, geometry: Block.geometry)
      let z = batchNormalization(
        y, weight: p[1], bias: p[2],
        statistics: RunningStatistics(mean: p[3], variance: p[4], momentum: 0.1), epsilon: 1e-5)
      let one = (z * z).sum()
      let other = (y * y).sum()
      // The first pass goes through the normalization, the second around it.
      if first { one.backward() }
      other.backward()
      return bits(x.gradient)
    }
    #expect(try gradients(first: true) == gradients(first: false))
  }
}
