extension Object3D.Geometry {
  /// At most so many points of a cloud, or triangles of a mesh with five vertices to four of them.
  ///
  /// Points are taken at equal distances in their order; vertices of a mesh that lie near one another are
  /// taken together. The same object always gives the same.
  func reduced(points: Int, triangles limit: Int) -> Self {
    guard !isCloud else {
      guard vertices.count > points else { return self }
      return keeping((0..<points).map { $0 * vertices.count / points }, triangles: [])
    }
    let mostVertices = limit / 4 * 5
    guard triangles.count > limit || vertices.count > mostVertices else { return self }
    var side = 256
    var found = clustered(perSide: side)
    while side > 1, found.triangles.count > limit || found.vertices.count > mostVertices {
      // The parts of a surface that a grid tells apart grow with the square of its side.
      let excess = max(
        Double(found.triangles.count) / Double(limit),
        Double(found.vertices.count) / Double(mostVertices))
      side = max(1, min(side - 1, Int(0.97 * Double(side) / excess.squareRoot())))
      found = clustered(perSide: side)
    }
    return found.triangles.count * 10 >= min(limit, triangles.count) ? found : thinned(to: limit)
  }

  /// Triangles at equal distances in their order: for a heap of triangles that are smaller than what lies between them.
  private func thinned(to limit: Int) -> Self {
    let count = min(limit / 12 * 5, triangles.count)
    let kept = (0..<count).map { triangles[$0 * triangles.count / max(count, 1)] }
    return Self(vertices: vertices, triangles: kept, tint: tint).withoutLooseVertices
  }

  /// Vertices in one cell of a grid become their mean, and triangles that this makes a line or a point vanish
  /// (Rossignac and Borrel, “Multi-resolution 3D approximations for rendering complex scenes”, 1993).
  ///
  /// - Parameter side: How many cells the longest side of the box has.
  /// - Returns: A coarser mesh.
  /// - Complexity: O(*n*) in vertices and triangles.
  func clustered(perSide side: Int) -> Self {
    guard var least = vertices.first else { return self }
    var greatest = least
    for vertex in vertices {
      least = pointwiseMin(least, vertex)
      greatest = pointwiseMax(greatest, vertex)
    }
    let longest = (greatest - least).max()
    // Cells smaller than any number are one.
    let share = Double(side) / longest
    let scale = share.isFinite ? share : 0
    // By the order of first vertices, never by that of the dictionary.
    var cells: [SIMD3<Int32>: UInt32] = [:]
    var sums: [SIMD3<Double>] = []
    var counts: [Double] = []
    var members: [UInt32] = []
    members.reserveCapacity(vertices.count)
    for vertex in vertices {
      let place = (vertex - least) * scale
      let last = Double(side - 1)
      let cell = SIMD3(
        Int32(min(place.x, last)), Int32(min(place.y, last)), Int32(min(place.z, last)))
      let number = cells[cell] ?? UInt32(sums.count)
      if Int(number) == sums.count {
        cells[cell] = number
        sums.append(.zero)
        counts.append(0)
      }
      sums[Int(number)] += vertex
      counts[Int(number)] += 1
      members.append(number)
    }
    var seen: Set<SIMD3<UInt32>> = []
    var kept: [SIMD3<UInt32>] = []
    for triangle in triangles {
      let corners = SIMD3(
        members[Int(triangle.x)], members[Int(triangle.y)], members[Int(triangle.z)])
      let (low, high) = (corners.min(), corners.max())
      let middle = corners.x ^ corners.y ^ corners.z ^ low ^ high
      guard low < middle, middle < high, seen.insert(SIMD3(low, middle, high)).inserted
      else { continue }
      kept.append(corners)
    }
    return Self(
      vertices: zip(sums, counts).map { $0 / $1 }, triangles: kept,
      tint: mixed(members, into: counts)
    ).withoutLooseVertices
  }

  /// The mean colour of each cell; the class of its first vertex.
  private func mixed(_ members: [UInt32], into counts: [Double]) -> Object3D.Tint {
    switch tint {
    case .plain: return .plain
    case .colours(let colours):
      var sums = [SIMD3<Double>](repeating: .zero, count: counts.count)
      for (colour, member) in zip(colours, members) {
        sums[Int(member)] += colour.vector
      }
      return .colours(
        zip(sums, counts).map { sum, count in
          let mean = (sum / count).rounded(.toNearestOrAwayFromZero)
          return .init(red: UInt8(mean.x), green: UInt8(mean.y), blue: UInt8(mean.z))
        })
    case .classes(let names, let classes):
      var firsts = [UInt8?](repeating: nil, count: counts.count)
      for (place, member) in members.enumerated() where firsts[Int(member)] == nil {
        firsts[Int(member)] = classes[place]
      }
      return .classes(names: names, of: firsts.map { $0 ?? 0 })
    }
  }
}
