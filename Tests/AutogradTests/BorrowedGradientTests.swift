import Autograd
import Testing

/// A tape that need not keep the gradients of tensors lets operations write over them.
@Suite("Gradients that are written over")
struct BorrowedGradientTests {
  /// A network by name, from an image batch and two parameters to a tensor.
  struct Network: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var apply: @Sendable (_ x: Tensor, _ p: [Parameter]) -> Tensor

    static let shape: Shape = [5, 4, 6, 6]

    static let all: [Network] = [
      Network(testDescription: "a value added to itself") { x, _ in x + x },
      Network(testDescription: "a value added to itself behind a relu") { x, _ in addRelu(x, x) },
      Network(testDescription: "a sum used three times") { x, _ in
        let y = x + x
        return (y + x) + (y + y)
      },
      Network(testDescription: "a residual block") { x, p in
        let y = convolve(normalize(x, p, relu: true), p)
        return addRelu(normalize(y, p, relu: false), x)
      },
      Network(testDescription: "two residual blocks, both normalizing one value") { x, p in
        let y = normalize(x, p, relu: true)
        let z = addRelu(convolve(y, p), y)
        return addRelu(normalize(convolve(z, p), p, relu: false), normalize(z, p, relu: false))
      },
      Network(testDescription: "two views of one value") { x, p in
        let y = flatten(convolve(x, p))
        return flatten(y) * y + flatten(y)
      },
      Network(testDescription: "a sum with a constant") { x, p in
        let c = x.tape.tensor(
          Array(repeating: 0.25, count: Network.shape.count), shape: Network.shape)
        return addRelu(normalize(x, p, relu: false), c) + addRelu(c, x)
      },
    ]

    private static func normalize(_ x: Tensor, _ p: [Parameter], relu: Bool) -> Tensor {
      batchNormalization(
        x, weight: p[1], bias: p[2],
        statistics: RunningStatistics(mean: p[3], variance: p[4], momentum: 0.1),
        epsilon: 1e-5, relu: relu)
    }

    private static func convolve(_ x: Tensor, _ p: [Parameter]) -> Tensor {
      conv2d(x, weight: p[0], bias: nil, geometry: geometry, relu: true)
    }

    private static var geometry: ConvolutionGeometry {
      ConvolutionGeometry(
        input: shape.sample, outputs: 4, kernel: 3, stride: 1, padding: 1, dilation: 1, groups: 1)
    }

    static func makeParameters() -> [Parameter] {
      var numbers = Numbers(5)
      let weight = Parameter(
        name: "weight", shape: geometry.weightShape, layout: geometry.layout)
      weight.values = numbers.array(geometry.weightShape.count)
      func vector(_ name: String, _ values: [Float], _ isTrainable: Bool) -> Parameter {
        Parameter(name: name, shape: [4], values: values, isTrainable: isTrainable)
      }
      return [
        weight, vector("scale", numbers.array(4), true), vector("shift", numbers.array(4), true),
        vector("mean", [0, 0, 0, 0], false), vector("variance", [1, 1, 1, 1], false),
      ]
    }

    /// The gradients of x and all parameters after `passes` backward passes over one recording.
    func gradients(keeping: Bool, threads: Int, passes: Int) throws -> [[UInt32]] {
      let tape = try makeTape(threads: threads)
      tape.keepsGradients = keeping
      var numbers = Numbers(9)
      let x = tape.tensor(
        numbers.array(Self.shape.count), shape: Self.shape, requiresGradient: true)
      let parameters = Self.makeParameters()
      let y = apply(x, parameters)
      let loss = (y * y).sum()
      for _ in 0..<passes {
        for parameter in parameters { parameter.zeroGradient() }
        loss.backward()
      }
      return [bits(x.gradient)] + parameters.filter(\.isTrainable).map { bits($0.gradients) }
    }
  }

  @Test(
    "leave the gradients of leaves as they are", arguments: Network.all, [(1, 1), (3, 1), (2, 3)])
  func leaves(of network: Network, at run: (threads: Int, passes: Int)) throws {
    let kept = try network.gradients(keeping: true, threads: 1, passes: 1)
    let borrowed = try network.gradients(keeping: false, threads: run.threads, passes: run.passes)
    #expect(kept == borrowed)
    #expect(kept[0].contains { $0 != 0 })
  }

  @Test("do not reach into the pass of another loss over the same recording")
  func losses() throws {
    func gradients(keeping: Bool) throws -> [[UInt32]] {
      let tape = try makeTape()
      tape.keepsGradients = keeping
      let x = tape.tensor([1, -2, 3, 4], shape: [4], requiresGradient: true)
      let y = x * x
      let first = y + x
      let second = y * x
      let both = (first * second).sum()
      let one = first.sum()
      // The first pass lends y the gradient of `first`; the second gives y one of `second` before that of `first` is used.
      one.backward()
      let before = bits(x.gradient)
      both.backward()
      let after = bits(x.gradient)
      one.backward()
      return [before, after, bits(x.gradient)]
    }
    let kept = try gradients(keeping: true)
    #expect(try gradients(keeping: false) == kept)
    #expect(kept[0] == kept[2])
  }

  @Test("can all be read on a tape that keeps them")
  func kept() throws {
    let tape = try makeTape()
    let x = tape.tensor([1, 2], shape: [2], requiresGradient: true)
    let y = x * x
    let z = y + x
    (2 * z).sum().backward()
    #expect(z.gradient == [2, 2] && y.gradient == [2, 2] && x.gradient == [6, 10])
  }
}
