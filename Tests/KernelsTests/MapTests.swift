import KernelInterface
import Kernels
import Testing

/// A map over elements, beside what it means for one element.
struct Map: CustomTestStringConvertible, Sendable {
  var name: String
  var run: @Sendable (any KernelFunctions, FloatSlice, Floats, Floats) -> Void
  var meaning: @Sendable (_ x: Float, _ w: Float, _ y: Float) -> Float
  var testDescription: String { name }

  static let all: [Map] = [
    Map(name: "fill", run: { k, y, _, _ in k.fill(y, with: 0.7) }) { _, _, _ in 0.7 },
    Map(name: "copy", run: { k, y, x, _ in k.copy(y, x.base) }) { x, _, _ in x },
    Map(name: "add", run: { k, y, x, w in k.add(y, x.base, w.base) }) { x, w, _ in
      x + w
    },
    Map(name: "subtract", run: { k, y, x, w in k.subtract(y, x.base, w.base) }) {
      x, w, _ in x - w
    },
    Map(name: "multiply", run: { k, y, x, w in k.multiply(y, x.base, w.base) }) {
      x, w, _ in x * w
    },
    Map(name: "divide", run: { k, y, x, w in k.divide(y, x.base, w.base) }) {
      x, w, _ in x / w
    },
    Map(name: "scale", run: { k, y, x, _ in k.scale(y, x.base, by: 0.3) }) { x, _, _ in
      x * 0.3
    },
    Map(name: "addScalar", run: { k, y, x, _ in k.addScalar(y, x.base, value: 0.3) }) {
      x, _, _ in x + 0.3
    },
    Map(name: "addScaled", run: { k, y, x, _ in k.addScaled(y, x.base, by: 0.3) }) {
      x, _, y in y.addingProduct(0.3, x)
    },
    Map(name: "blend", run: { k, y, x, _ in k.blend(y, x.base, weight: 0.1) }) {
      x, _, y in y.addingProduct(0.1, x - y)
    },
    Map(name: "squareRoot", run: { k, y, x, _ in k.squareRoot(y, x.base) }) {
      x, _, _ in x.squareRoot()
    },
    Map(name: "clamp", run: { k, y, x, _ in k.clamp(y, x.base, bound: 0.25) }) {
      x, _, _ in x < -0.25 ? -0.25 : x > 0.25 ? 0.25 : x
    },
    Map(name: "relu", run: { k, y, x, _ in k.relu(y, x.base) }) { x, _, _ in
      x < 0 ? 0 : x
    },
    Map(
      name: "reluGradient",
      run: { k, y, x, w in k.reluGradient(y, x.base, result: w.base) }
    ) {
      x, w, _ in w <= 0 ? 0 : x
    },
    Map(name: "leakyRelu", run: { k, y, x, _ in k.leakyRelu(y, x.base, slope: 0.01) }) {
      x, _, _ in x > 0 ? x : x * 0.01
    },
    Map(
      name: "leakyReluGradient",
      run: { k, y, x, w in
        k.leakyReluGradient(y, x.base, argument: w.base, slope: 0.01)
      }
    ) { x, w, _ in w > 0 ? x : x * 0.01 },
    Map(
      name: "tanhGradient",
      run: { k, y, x, w in k.tanhGradient(y, x.base, result: w.base) }
    ) {
      x, w, _ in x * Float(1).addingProduct(-w, w)
    },
    Map(
      name: "sigmoidGradient",
      run: { k, y, x, w in k.sigmoidGradient(y, x.base, result: w.base) }
    ) { x, w, _ in x * (w * (1 - w)) },
  ]
}

@Suite("Maps and optimizers")
struct MapTests {
  static let counts = [0, 1, 7, 8, 15, 16, 17, 31, 33, 67, 1000]
  static let special: [Float] = [
    0, -0.0, .infinity, -.infinity, .nan, 0x1p-149, -0x1p-149, 0x1.5p-130, 3.4e38, -3.4e38, 1, -1,
    0.25, -0.25,
  ]

  func same(_ a: Float, _ b: Float) -> Bool { a.bitPattern == b.bitPattern || a.isNaN && b.isNaN }

  @Test("do to each element what they mean", arguments: allKernels, Map.all)
  func maps(kernels: any KernelFunctions, map: Map) {
    for count in Self.counts {
      let x = Floats(count, seed: 51)
      let w = Floats(count, seed: 52)
      let y = Floats(count, seed: 53)
      for i in 0..<count where i % 3 == 2 {
        x[i] = Self.special[i % Self.special.count]
        w[i] = Self.special[i / 3 % Self.special.count]
      }
      let expected = (0..<count).map { map.meaning(x[$0], w[$0], y[$0]) }
      map.run(kernels, y.base, x, w)
      #expect((0..<count).allSatisfy { same(y[$0], expected[$0]) }, "\(count)")
      #expect(y.marginIsIntact)
      // In place.
      if !["addScaled", "blend"].contains(map.name) {
        map.run(kernels, x.base, x, w)
        #expect((0..<count).allSatisfy { same(x[$0], expected[$0]) }, "\(count) in place")
      }
    }
  }

  @Test("of Adam are the written roundings", arguments: allKernels, counts)
  func adam(kernels: any KernelFunctions, count: Int) {
    for (keep, decay) in [(1, 0), (0.999, 0), (1, 0.01)] as [(Float, Float)] {
      let p = Floats(count, seed: 54)
      let g = Floats(count, seed: 55)
      let m = Floats(count, seed: 56)
      let v = Floats(count, seed: 57)
      for i in 0..<count { v[i] = v[i].magnitude }
      for i in 0..<count where i % 5 == 1 {
        g[i] = 0
        m[i] *= i % 2 == 0 ? 0x1p-99 : 0x1p-140
      }
      var expected: [[UInt32]] = [[], [], []]
      for i in 0..<count {
        let g1 = decay == 0 ? g[i] : g[i].addingProduct(decay, p[i])
        let decayed = m[i].addingProduct(0.1, g1 - m[i])
        let m1 = decayed.magnitude < 0x1p-100 ? 0 : decayed
        let v1 = (0.001 * (g1 * g1)).addingProduct(0.999, v[i])
        let d = Float(1e-8).addingProduct(v1.squareRoot(), 1.5)
        expected[0].append((p[i] * keep).addingProduct(-0.01, m1 / d).bitPattern)
        expected[1].append(m1.bitPattern)
        expected[2].append(v1.bitPattern)
      }
      kernels.adam(
        p.base, gradient: g.base, firstMoment: m.base, secondMoment: v.base,
        keep: keep, decay: decay, oneMinusBeta1: 0.1, beta2: 0.999, oneMinusBeta2: 0.001,
        inverseRootCorrection2: 1.5, epsilon: 1e-8, stepSize: 0.01)
      #expect([p.bits, m.bits, v.bits] == expected)
      #expect(p.marginIsIntact && m.marginIsIntact && v.marginIsIntact)
    }
  }

  @Test("of gradient descent are the written roundings", arguments: allKernels, counts)
  func descent(kernels: any KernelFunctions, count: Int) {
    for (decay, nesterov, scale) in [(0, false, 1), (0.01, true, 1), (0.01, false, 0.5)]
      as [(Float, Bool, Float)]
    {
      let p = Floats(count, seed: 58)
      let q = Floats(count, seed: 58)
      let g = Floats(count, seed: 59)
      let b = Floats(count, seed: 60)
      var expected: [[UInt32]] = [[], [], []]
      for i in 0..<count {
        let g1 = decay == 0 ? g[i] : g[i].addingProduct(decay, p[i])
        let b1 = (scale * g1).addingProduct(0.9, b[i])
        expected[0].append(
          p[i].addingProduct(-0.1, nesterov ? g1.addingProduct(0.9, b1) : b1).bitPattern)
        expected[1].append(b1.bitPattern)
        expected[2].append(p[i].addingProduct(-0.1, g1).bitPattern)
      }
      kernels.momentum(
        p.base, gradient: g.base, velocity: b.base, decay: decay, momentum: 0.9,
        gradientScale: scale, nesterov: nesterov, learningRate: 0.1)
      kernels.gradientDescent(
        q.base, gradient: g.base, decay: decay, learningRate: 0.1)
      #expect([p.bits, b.bits, q.bits] == expected)
    }
  }

  @Test("add a vector to every row", arguments: allKernels)
  func rowVector(kernels: any KernelFunctions) {
    let x = Floats(7 * 21, seed: 61)
    let bias = Floats(19, seed: 62)
    let y = Floats(7 * 21, repeating: 5)
    kernels.addRowVector(y.base, x.base, bias.base, rows: 7, columns: 19, rowStride: 21)
    for row in 0..<7 {
      for i in 0..<21 {
        #expect(y[row * 21 + i] == (i < 19 ? x[row * 21 + i] + bias[i] : 5))
      }
    }
  }
}
