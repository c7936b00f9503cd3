import Foundation
import Pipeline
import Testing

@testable import Report
@testable import Steps

@Suite("An object in space")
struct ObjectFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Objects")

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  private struct Expected: Decodable {
    var triangles: [[Double]]
    var colours: [[UInt8]]
    var points: [[Double]]
  }

  private static func expected() throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(bytes("expected.json")))
  }

  private func object(_ text: String, _ source: String = "scan/shape.bin") throws -> Object3D {
    try ObjectFile.object(Array(text.utf8), source: source)
  }

  private func corners(_ object: Object3D) -> [[Double]] {
    object.geometry.triangles.map { triangle in
      (0..<3).flatMap { corner in
        let vertex = object.geometry.vertices[Int(triangle[corner])]
        return [vertex.x, vertex.y, vertex.z]
      }
    }
  }

  @Test(
    "is read as another library wrote it",
    arguments: ["ball.obj", "ball-bytes.stl", "ball-text.stl", "ball-bytes.ply", "ball-text.ply"])
  func foreign(name: String) throws {
    let expected = try Self.expected()
    let object = try ObjectFile.object(Self.bytes(name), source: name)
    #expect(object.vertexCount == 42 && object.triangleCount == 80)
    for (found, wanted) in zip(corners(object), expected.triangles) {
      #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 2e-6 }, "\(found) \(wanted)")
    }
    let hasColours = !name.hasSuffix("stl")
    let colours = expected.colours.map { Object3D.Colour(red: $0[0], green: $0[1], blue: $0[2]) }
    #expect(object.geometry.tint == (hasColours ? .colours(colours) : .plain))
  }

  @Test("is read as points where nothing joins them")
  func foreignPoints() throws {
    let expected = try Self.expected()
    let object = try ObjectFile.object(Self.bytes("points.ply"), source: "points.ply")
    #expect(object.geometry.isCloud && object.vertexCount == 20)
    for (found, wanted) in zip(object.geometry.vertices, expected.points) {
      #expect((0..<3).allSatisfy { abs(found[$0] - wanted[$0]) < 1e-5 })
    }
    guard case .colours(let colours) = object.geometry.tint else { Issue.record("none"); return }
    #expect(colours[3] == .init(red: 36, green: 7, blue: 220))
    let plain = try self.object("v 1 2 3\nv 4 5 6\n")
    #expect(plain.geometry.isCloud && plain.geometry.vertices == [SIMD3(1, 2, 3), SIMD3(4, 5, 6)])
  }

  @Test("has polygons, numbers from the end, slashes, comments and joined lines in OBJ")
  func wavefront() throws {
    let object = try object(
      """
      # a square
      mtllib none.mtl
      v 0 0 0 1.0
      v 1 0 0
      v 1 1 0 # a corner
      v 0 1 \\
        0
      vn 0 0 1
      vt 0 0
      f 1/1/1 2//1 3/1 4
      f -4 -3 -1
      v 9 9 9
      l 1 2
      """)
    #expect(
      object.geometry.triangles == [SIMD3(0, 1, 2), SIMD3(0, 2, 3), SIMD3(0, 1, 3)])
    // The vertex that no polygon has is no part of it.
    #expect(object.vertexCount == 4 && object.greatest == SIMD3(1, 1, 0))
    for (text, red) in [("1 0.5 0", 255), ("1 128 0", 1)] as [(String, UInt8)] {
      let coloured = try self.object("v 0 0 0 \(text)\nv 1 0 0 \(text)\n")
      guard case .colours(let colours) = coloured.geometry.tint else {
        Issue.record("no colours")
        return
      }
      #expect(
        colours == [.init(red: red, green: 128, blue: 0), .init(red: red, green: 128, blue: 0)])
    }
  }

  @Test("has bytes in either order, and lists and elements that are passed over, in PLY")
  func turned() throws {
    let header = { (format: String) in
      "ply\nformat \(format) 1.0\ncomment by hand\nelement camera 1\nproperty list uchar short a\n"
        + "element vertex 3\nproperty float x\nproperty short y\nproperty double z\nproperty uchar red\n"
        + "element face 1\nproperty uchar flags\nproperty list uchar int vertex_indices\nend_header\n"
    }
    let big: [UInt8] =
      [2, 0, 1, 0, 2]
      + [0x3F, 0x80, 0, 0, 0xFF, 0xFE, 0x40, 0, 0, 0, 0, 0, 0, 0, 9]
      + [0xBF, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 9]
      + [0, 0, 0, 0, 0, 0, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 9]
      + [7, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]
    let text = "2 1 2\n1 -2 2 9\n-0.5 3 0 9\n0 0 1 9\n7 3 0 1 2\n"
    let little: [UInt8] =
      [2, 1, 0, 2, 0]
      + [0, 0, 0x80, 0x3F, 0xFE, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0x40, 9]
      + [0, 0, 0, 0xBF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
      + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 9]
      + [7, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]
    for bytes in [
      Array(header("binary_big_endian").utf8) + big,
      Array(header("binary_little_endian").utf8) + little, Array((header("ascii") + text).utf8),
    ] {
      let object = try ObjectFile.object(bytes, source: "a.ply")
      #expect(
        object.geometry.vertices == [SIMD3(1, -2, 2), SIMD3(-0.5, 3, 0), SIMD3(0, 0, 1)])
      #expect(object.geometry.triangles == [SIMD3(0, 1, 2)] && object.geometry.tint == .plain)
    }
  }

  @Test("has colours or classes in tables, the classes in an order of their own")
  func tables() throws {
    let coloured = try object("R,g,b,X,y,z\n1,2,3,4,5,6\n255,0,0,1,1,1\n")
    #expect(coloured.geometry.vertices == [SIMD3(4, 5, 6), SIMD3(1, 1, 1)])
    #expect(
      coloured.geometry.tint
        == .colours([.init(red: 1, green: 2, blue: 3), .init(red: 255, green: 0, blue: 0)]))
    let numbered = try object("x\ty\tz\tclass\n0\t0\t0\t10\n1\t1\t1\t9\n1\t1\t2\t10\n")
    #expect(numbered.geometry.tint == .classes(names: ["9", "10"], of: [1, 0, 1]))
    let named = try object("x,y,z,class\n0,0,0,tree\n1,1,1,\"a, b\"\n1,1,2,\n")
    #expect(named.geometry.tint == .classes(names: ["", "a, b", "tree"], of: [2, 1, 0]))
  }

  @Test("is a plot with its words, and points up as the spec says")
  func plot() throws {
    let plot = try PlotBuilder(
      definition: PlotDefinition(
        kind: .object(up: .y, alternative: "Two points"), title: nil,
        sources: [.init(input: "a", name: "scan/points.csv")], across: nil)
    ).plot { _ in Array("x,y,z\n0,0,0\n1,2,3\n".utf8) }
    guard case .object(let object) = plot.content else { Issue.record("no object"); return }
    #expect(plot.title == "points.csv" && object.up == .y && object.alternative == "Two points")
  }

  private static let ply = "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\n"

  @Test(
    "is refused with the place of what is wrong",
    arguments: [
      ("", "it is empty"), ("<svg/>", "it begins with “<svg/>”"),
      ("a,b\n1,2\n", "the columns x, y and z"), ("x,y,z\n", "holds no vertex"),
      ("x,y,z\n1,2\n", "has 2 fields in line 2"), ("x,y,z\n1,,3\n", "“” in column “y”, line 2"),
      ("x,y,z\n1,nan,3\n", "coordinate nan in line 2"),
      ("x,y,z\n1,2,1e31\n", "finite numbers of at most 1e+30"),
      ("x,y,z,r,g,b\n1,2,3,0,0,256\n", "beyond 0 to 255 in line 2"),
      ("x,y,z\n1,2,\"3", "within a quoted field"),
      ("v 1 2\n", "2 coordinates in line 1"), ("v 1 2 a\n", "“a” in line 1"),
      ("v 1 2 inf\n", "coordinate inf in line 1"), ("vn 0 0 1\n", "holds no vertex"),
      ("v 0 0 0\nf 1 2 3\n", "names vertex 3 in line 2 and has 1"),
      ("v 0 0 0\nf 1 1\n", "2 corners in line 2"), ("v 0 0 0\nf 1 0 1\n", "“0” in line 2"),
      ("v 0 0 0\nf 1 -2 1\n", "“-2” in line 2"),
      ("v 0 0 0\nf 1 99999999999999999999 1\n", "in line 2"),
      ("v 0 0 0 2 -1 0\n", "colour -1.0 in line 1"),
      ("solid a\nendsolid a\n", "holds no triangle"),
      ("solid a\nouter loop\nvertex 0 0 0\n", "within a triangle"),
      ("solid a\nouter loop\nvertex 0 0 0\nendloop\n", "a triangle of 1 corners before line 4"),
      ("solid a\nouter loop\nvertex 0 0 b\n", "line 3"),
      ("ply\n", "within the header"), ("ply\nfoo\nend_header\n", "line 2: “foo”"),
      ("ply\nformat ascii 2.0\n", "line 2"), ("ply\nend_header\n", "line 2"),
      ("ply\nelement vertex -1\n", "line 2"), (ply + "end_header\n", "promises 1 of “vertex”"),
      (ply + "end_header\n1\n", "vertices without x, y and z; their properties are x"),
      (ply + "property float y\nproperty float z\nend_header\n1 2\n3a 4\n", "“vertex” 1 of 1"),
      (
        "ply\nformat ascii 1.0\nelement vertex 9999999999\nproperty float x\nend_header\n1\n",
        "promises 9999999999 of “vertex”, and has 2 bytes"
      ),
      (
        ply + "property float y\nproperty float z\nelement face 1\n"
          + "property list uchar int vertex_indices\nend_header\n1 2 3\n3 0 0 1\n",
        "a face of vertex 1, counted from 0, and 1 vertices"
      ),
      (
        ply + "property float y\nproperty float z\nelement face 1\n"
          + "property list uchar float vertex_index\nend_header\n1 2 3\n3 0 0 0.5\n",
        "no whole number, in face 1"
      ),
    ])
  func wrong(text: String, words: String) throws {
    let error = #expect(throws: StepFailure.self) { try object(text, "scan/shape.ply") }
    let description = error?.description ?? ""
    #expect(
      description.hasPrefix("scan/shape.ply") && description.contains(words), "\(description)")
    #expect(error?.code == .malformedData)
  }

  @Test("is refused where it is too large, has too many classes, or bytes that are no triangles")
  func tooLarge() throws {
    let words = { (bytes: [UInt8]) in
      let error = #expect(throws: StepFailure.self) {
        try ObjectFile.object(bytes, source: "a.stl")
      }
      return error?.description ?? ""
    }
    #expect(words([UInt8](repeating: 32, count: 16_000_001)).contains("at most 16000000"))
    #expect(words([UInt8](repeating: 0, count: 84)).contains("holds no vertex"))
    let promised = words(
      [UInt8](repeating: 0xFF, count: 83) + [0] + [UInt8](repeating: 1, count: 9))
    #expect(promised.contains("as STL would have 16777215 triangles in 838860834 bytes"))
    let rows = (0...Object3D.mostClasses).map { "0,0,0,c\($0)\n" }.joined()
    #expect(
      words(Array("x,y,z,class\n\(rows)".utf8)).contains(
        "more than 24 classes, the next in line 26"))
  }

  @Test(
    "is read or refused wherever a file was cut off, and never more than that",
    arguments: ["ball.obj", "ball-bytes.stl", "ball-bytes.ply", "ball-text.ply"])
  func cutOff(name: String) throws {
    let bytes = try Self.bytes(name)
    var refused = 0
    for count in stride(from: 0, to: bytes.count, by: bytes.count > 4200 ? 7 : 1) {
      do {
        let object = try ObjectFile.object(Array(bytes[..<count]), source: name)
        #expect(object.vertexCount <= 42 && object.triangleCount <= 80)
      } catch {
        #expect(error.description.hasPrefix(name))
        refused += 1
      }
    }
    #expect(refused > 0)
    if name != "ball.obj", name != "ball-text.ply" { #expect(refused == bytes.count) }
  }

  @Test("is read or refused whichever bytes are damaged")
  func damaged() throws {
    let files = try ["ball.obj", "ball-bytes.stl", "ball-text.stl", "ball-bytes.ply", "points.ply"]
      .map(Self.bytes)
    var state: UInt64 = 17
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var read = 0
    for round in 0..<2000 {
      var bytes = files[round % files.count]
      for _ in 0...random(below: 3) {
        bytes[random(below: bytes.count)] ^= UInt8(1 << random(below: 8))
      }
      if let object = try? ObjectFile.object(bytes, source: "a") {
        read += 1
        #expect(object.vertexCount > 0)
      }
    }
    // Most damage is to a digit or a bit of a number.
    #expect(read > 500 && read < 2000)
  }
}
