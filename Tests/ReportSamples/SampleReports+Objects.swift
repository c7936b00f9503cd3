public import Report

extension SampleReports {
  /// A mesh, a mesh in colours of its own, and points of four classes.
  static func objects(_ place: Int) -> [Plot] {
    let thin = 0.25 + Double(place) / 900
    let clouds = ["building", "tree", "car", "ground"]
    return [
      ("A ring", "explain/ring.stl", ring(thin, isColoured: false)),
      ("Heat of a ring", "explain/heat.ply", ring(0.45, isColoured: true)),
      ("A street", "explain/street.csv", street(clouds, seed: UInt64(place))),
    ].compactMap { title, source, object in
      object.map { Plot(title: title, source: source, content: .object($0)) }
    }
  }

  /// A torus of 48 × 24 vertices around z.
  public static func ring(_ thin: Double, isColoured: Bool) -> Object3D? {
    let around = circle(cosine: 0.991_444_861_373_810_4, sine: 0.130_526_192_220_051_6, count: 48)
    let across = circle(cosine: 0.965_925_826_289_068_3, sine: 0.258_819_045_102_520_7, count: 24)
    var vertices: [SIMD3<Double>] = []
    var triangles: [SIMD3<UInt32>] = []
    var colours: [Object3D.Colour] = []
    for (i, far) in around.enumerated() {
      for (j, near) in across.enumerated() {
        let reach = 1 + thin * near.x
        vertices.append(SIMD3(reach * far.x, reach * far.y, thin * near.y))
        let (a, b) = (24 * i + j, 24 * i + (j + 1) % 24)
        let (c, d) = (24 * ((i + 1) % 48) + j, 24 * ((i + 1) % 48) + (j + 1) % 24)
        triangles.append(SIMD3(UInt32(a), UInt32(c), UInt32(b)))
        triangles.append(SIMD3(UInt32(b), UInt32(c), UInt32(d)))
        let heat = (1 + far.x) / 2
        colours.append(
          .init(
            red: UInt8(60 + 190 * heat), green: UInt8(70 + 60 * (1 + near.y) / 2),
            blue: UInt8(230 - 180 * heat)))
      }
    }
    return Object3D(
      vertices: vertices, triangles: triangles, tint: isColoured ? .colours(colours) : .plain,
      alternative: "A ring")
  }

  /// Points of a circle, by turning one on and on.
  private static func circle(cosine: Double, sine: Double, count: Int) -> [SIMD2<Double>] {
    var points = [SIMD2(1.0, 0.0)]
    while points.count < count {
      let last = points[points.count - 1]
      points.append(SIMD2(cosine * last.x - sine * last.y, sine * last.x + cosine * last.y))
    }
    return points
  }

  /// 1,600 points on and over a plane.
  private static func street(_ names: [String], seed: UInt64) -> Object3D? {
    var noise = Noise(seed: seed)
    var points: [SIMD3<Double>] = []
    var classes: [UInt8] = []
    for number in 0..<1600 {
      let (a, b, c) = (noise.next(), noise.next(), noise.next())
      switch number % 4 {
      case 0:  // two walls of a house
        points.append(number % 8 == 0 ? SIMD3(4 + 6 * a, 6, 7 * b) : SIMD3(4, 6 + 5 * a, 7 * b))
      case 1:
        points.append(
          SIMD3(-3 + 1.6 * noise.bell(), 5 + 1.6 * noise.bell(), 4.5 + 1.6 * noise.bell()))
      case 2: points.append(SIMD3(-2 + 4 * a, -1 + 1.8 * b, 0.2 + 1.3 * c))
      default: points.append(SIMD3(-8 + 18 * a, -5 + 16 * b, 0.1 * c))
      }
      classes.append(UInt8(number % 4))
    }
    return Object3D(
      vertices: points, tint: .classes(names: names, of: classes),
      alternative: "What a scanner sees of a street")
  }
}
