/// A mesh of triangles or a cloud of points in space, as much of it as a page draws.
public struct Object3D: Sendable, Hashable {
  /// A colour of the file's own, in sRGB.
  public struct Colour: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    /// Red, green and blue, from 0 to 255.
    var vector: SIMD3<Double> { SIMD3(Double(red), Double(green), Double(blue)) }
  }

  public enum Tint: Sendable, Hashable {
    case plain
    /// One colour for each vertex.
    case colours([Colour])
    /// For each vertex the number of its class among the names.
    case classes(names: [String], of: [UInt8])
  }

  /// The axis that points up; the others follow by the right hand.
  public enum Axis: String, Sendable, Hashable {
    case y, z
  }

  /// Vertices with what lies between them.
  struct Geometry: Sendable, Hashable {
    var vertices: [SIMD3<Double>]
    /// Three places among the vertices each; none for a cloud.
    var triangles: [SIMD3<UInt32>]
    var tint: Tint

    var isCloud: Bool { triangles.isEmpty }
  }

  /// The most points, triangles and classes that a page draws.
  public static let mostPoints = 50_000
  public static let mostTriangles = 20_000
  public static let mostClasses = 24
  /// The greatest magnitude of a coordinate: far from where the area of a triangle would overflow.
  public static let farthest = 1e30

  let geometry: Geometry
  /// How many there were before anything was thinned.
  public let vertexCount: Int
  public let triangleCount: Int
  /// Two opposite corners of the box around it, along the axes.
  let least: SIMD3<Double>
  let greatest: SIMD3<Double>
  public let up: Axis
  /// What somebody who does not see it should know of it; may be empty.
  public let alternative: String

  /// Takes an object, thinned to what a page draws.
  ///
  /// Vertices of a mesh that no triangle has are left out. It is nothing where a rule below does not hold.
  ///
  /// - Parameters:
  ///   - vertices: At least one, each coordinate finite and of at most ``farthest``.
  ///   - triangles: Three places among the vertices each; none for a cloud.
  ///   - tint: One for each vertex, of at most ``mostClasses`` classes.
  ///   - up: The axis that points up.
  ///   - alternative: What somebody who does not see it should know of it.
  /// - Complexity: O(*n*) in vertices and triangles for each step of simplifying, of which there are few.
  public init?(
    vertices: [SIMD3<Double>], triangles: [SIMD3<UInt32>] = [], tint: Tint = .plain,
    up: Axis = .z, alternative: String = ""
  ) {
    let isInside = vertices.allSatisfy { vertex in
      (0..<3).allSatisfy { abs(vertex[$0]) <= Self.farthest }
    }
    guard isInside, Self.fits(tint, count: vertices.count),
      triangles.allSatisfy({ Int($0.max()) < vertices.count })
    else { return nil }
    let whole = Geometry(vertices: vertices, triangles: triangles, tint: tint).withoutLooseVertices
    guard var least = whole.vertices.first else { return nil }
    var greatest = least
    for vertex in whole.vertices {
      least = pointwiseMin(least, vertex)
      greatest = pointwiseMax(greatest, vertex)
    }
    (self.least, self.greatest, self.up, self.alternative) = (least, greatest, up, alternative)
    vertexCount = whole.vertices.count
    triangleCount = triangles.count
    geometry = whole.reduced(points: Self.mostPoints, triangles: Self.mostTriangles)
  }

  private static func fits(_ tint: Tint, count: Int) -> Bool {
    switch tint {
    case .plain: true
    case .colours(let colours): colours.count == count
    case .classes(let names, let classes):
      names.count <= mostClasses && classes.count == count
        && classes.allSatisfy { Int($0) < names.count }
    }
  }
}

extension Object3D.Geometry {
  /// The given vertices, in their order, with their tints.
  ///
  /// - Parameters:
  ///   - places: Places among the vertices.
  ///   - triangles: Three places among `places` each.
  /// - Returns: As many vertices as there are places.
  func keeping(_ places: [Int], triangles: [SIMD3<UInt32>]) -> Self {
    let tint: Object3D.Tint =
      switch tint {
      case .plain: .plain
      case .colours(let colours): .colours(places.map { colours[$0] })
      case .classes(let names, let classes): .classes(names: names, of: places.map { classes[$0] })
      }
    return Self(vertices: places.map { vertices[$0] }, triangles: triangles, tint: tint)
  }

  /// The same without the vertices of a mesh that no triangle has.
  var withoutLooseVertices: Self {
    guard !isCloud else { return self }
    var isUsed = [Bool](repeating: false, count: vertices.count)
    for triangle in triangles {
      for corner in 0..<3 { isUsed[Int(triangle[corner])] = true }
    }
    let kept = vertices.indices.filter { isUsed[$0] }
    guard kept.count < vertices.count else { return self }
    var new = [UInt32](repeating: 0, count: vertices.count)
    for (place, old) in kept.enumerated() { new[old] = UInt32(place) }
    return keeping(
      kept,
      triangles: triangles.map { triangle in
        SIMD3(new[Int(triangle.x)], new[Int(triangle.y)], new[Int(triangle.z)])
      })
  }
}
