extension Object3D.Geometry {
  /// The number of the first vertex at the same place, for each.
  private var firstAtPlace: [Int] {
    var firsts: [SIMD3<Double>: Int] = [:]
    return vertices.enumerated().map { number, vertex in
      if let first = firsts[vertex] { return first }
      firsts[vertex] = number
      return number
    }
  }

  /// The same with corners counterclockwise seen from outside, where that can be said: at each edge two triangles
  /// meet, and no way over edges leads from one side of the surface to the other.
  ///
  /// What is closed is never seen from within, so triangles that turn away need not be drawn.
  ///
  /// - Complexity: O(*n*) in triangles.
  var orientedOutwards: Self? {
    let places = firstAtPlace
    let corners = triangles.map { triangle in
      (0..<3).map { places[Int(triangle[$0])] }
    }
    // At each edge the triangles, and whether their way around leads from its smaller to its greater end.
    var edges: [SIMD2<Int>: [(triangle: Int, isUp: Bool)]] = [:]
    for (number, corners) in corners.enumerated() {
      for place in 0..<3 {
        let (from, to) = (corners[place], corners[(place + 1) % 3])
        guard from != to else { return nil }
        edges[SIMD2(min(from, to), max(from, to)), default: []].append((number, from < to))
      }
    }
    guard edges.values.allSatisfy({ $0.count == 2 }), !isCloud else { return nil }
    var isTurned = [Bool?](repeating: nil, count: triangles.count)
    for seed in triangles.indices where isTurned[seed] == nil {
      var piece = [seed]
      isTurned[seed] = false
      var next = 0
      while next < piece.count {
        let own = piece[next]
        next += 1
        for place in 0..<3 {
          let (from, to) = (corners[own][place], corners[own][(place + 1) % 3])
          for other in edges[SIMD2(min(from, to), max(from, to))] ?? []
          where other.triangle != own {
            // Two neighbours go along their edge in opposite directions.
            let turned = (other.isUp == (from < to)) != (isTurned[own] ?? false)
            if let known = isTurned[other.triangle] {
              if known != turned { return nil }
            } else {
              isTurned[other.triangle] = turned
              piece.append(other.triangle)
            }
          }
        }
      }
      // Six times the volume; below zero where all of the piece is inside out.
      let origin = vertices[corners[seed][0]]
      let volume = piece.reduce(0.0) { sum, number in
        let (a, b, c) = (corners[number][0], corners[number][1], corners[number][2])
        let part = OrthographicView.dot(
          vertices[a] - origin,
          OrthographicView.cross(vertices[b] - origin, vertices[c] - origin))
        return isTurned[number] == true ? sum - part : sum + part
      }
      if volume < 0 { for number in piece { isTurned[number]?.toggle() } }
    }
    var result = self
    for (number, triangle) in triangles.enumerated() where isTurned[number] == true {
      result.triangles[number] = SIMD3(triangle.x, triangle.z, triangle.y)
    }
    return result
  }

  /// The same with long triangles cut in two at their longest edge, as long as there are few of them.
  ///
  /// A long triangle has no one depth: sorted by that of its middle, it would cover what stands before its far end.
  ///
  /// - Parameters:
  ///   - longest: The length beyond which an edge is cut.
  ///   - count: The most triangles; there are at most five vertices to four of them.
  /// - Returns: The same surface.
  func cut(beyond longest: Double, upTo count: Int) -> Self {
    guard longest > 0, triangles.count < count else { return self }
    var result = self
    var middles: [SIMD2<UInt32>: UInt32] = [:]
    var next = 0
    // Those that are cut go to the end, so that the long ones all get shorter together.
    while next < result.triangles.count {
      let triangle = result.triangles[next]
      let lengths = (0..<3).map { place in
        let side =
          (result.vertices[Int(triangle[(place + 1) % 3])] - result.vertices[Int(triangle[place])])
          / longest
        return OrthographicView.dot(side, side)
      }
      let most = max(lengths[0], lengths[1], lengths[2])
      guard most > 1, let place = lengths.firstIndex(of: most) else {
        next += 1
        continue
      }
      guard result.triangles.count < count, result.vertices.count < count / 4 * 5 else { break }
      let (a, b, c) = (triangle[place], triangle[(place + 1) % 3], triangle[(place + 2) % 3])
      let edge = SIMD2(min(a, b), max(a, b))
      let middle = middles[edge] ?? result.addMiddle(of: Int(edge.x), Int(edge.y))
      middles[edge] = middle
      result.triangles[next] = result.triangles[result.triangles.count - 1]
      result.triangles[result.triangles.count - 1] = SIMD3(a, middle, c)
      result.triangles.append(SIMD3(middle, b, c))
    }
    return result
  }

  /// A new vertex halfway between two, in the mean of their colours.
  private mutating func addMiddle(of a: Int, _ b: Int) -> UInt32 {
    vertices.append(vertices[a] / 2 + vertices[b] / 2)
    switch tint {
    case .plain: break
    case .colours(var colours):
      let mean = ((colours[a].vector + colours[b].vector) / 2).rounded(.down)
      colours.append(.init(red: UInt8(mean.x), green: UInt8(mean.y), blue: UInt8(mean.z)))
      tint = .colours(colours)
    case .classes(let names, var classes):
      classes.append(classes[a])
      tint = .classes(names: names, of: classes)
    }
    return UInt32(vertices.count - 1)
  }
}
