import Foundation
import HDF5
import Testing

@Suite("A file that is written")
struct WritingTests {
  static let rowCounts = [0, 1, 7, 8, 9, 16, 17, 100]

  @Test("is read back", arguments: rowCounts, [1, 4, 8, 1000])
  func roundTrip(rows: Int, chunk: Int) throws {
    let floats = (0..<rows * 6).map { Float($0) / 3 }
    let longs = (0..<rows).map { Int64($0) * -1_000_000_007 }
    try Temporary.withPath { path in
      try write(path, rows: rows, chunk: chunk, floats, longs)
      let file = try HDF5File(reading: path)
      let group = try file.root().group("train")
      let images = try group.dataset("images")
      #expect(images.shape == [rows, 1, 2, 3])
      #expect(images.elementType == .float32)
      #expect(try images.read(as: Float.self) == floats)
      #expect(try group.dataset("labels").read(as: Int64.self) == longs)
      for start in stride(from: 0, to: rows, by: 5) {
        let end = min(start + 5, rows)
        #expect(
          try images.read(rows: start..<end, as: Float.self) == Array(floats[start * 6..<end * 6]))
      }
    }
  }

  @Test("has every bit of every number")
  func bits() throws {
    let patterns: [UInt32] = [
      0, 0x8000_0000, 1, 0x8000_0001, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0x7FC1_2345,
      0xFFFF_FFFF, 0x7F7F_FFFF, 0x0080_0000, 0x3F80_0001,
    ]
    let floats = patterns.map { Float(bitPattern: $0) }
    try Temporary.withPath { path in
      let file = try HDF5File(creating: path)
      let dataset = try file.root().createDataset(
        "x", shape: [floats.count], of: Float.self, chunkRowCount: 5)
      for start in stride(from: 0, to: floats.count, by: 5) {
        let end = min(start + 5, floats.count)
        try dataset.writeChunk(floats.span.extracting(start..<end), firstRow: start)
      }
      try dataset.close()
      try file.close()
      let back = try HDF5File(reading: path).root().dataset("x").read(as: Float.self)
      #expect(back.map(\.bitPattern) == patterns)
    }
  }

  @Test("has attributes of every kind")
  func attributes() throws {
    let values: [HDF5Attribute] = [
      .string(""), .string("text"), .string("grüße 你好"),
      .string(String(repeating: "x", count: 100_000)), .strings([]), .strings([""]),
      .strings(["a", "", "longer", "ü"]), .integer(0), .integer(.min), .integer(.max),
      .integers([]), .integers([1, -1]), .float(.pi), .floats([0, -0.0, .infinity, 0x1p-149]),
      .double(.pi), .doubles([0.1, -.infinity, 0x1p-1074]), .doubles([]),
    ]
    try Temporary.withPath { path in
      let file = try HDF5File(creating: path)
      for (index, value) in values.enumerated() {
        try file.root().setAttribute("a\(index)", value)
      }
      try file.close()
      let root = try HDF5File(reading: path).root()
      for (index, value) in values.enumerated() {
        #expect(try root.attribute("a\(index)") == value)
      }
    }
  }

  @Test("cannot be created where nothing can, nor hold two things of one name")
  func failures() throws {
    let absent = #expect(throws: HDF5Error.self) { _ = try HDF5File(creating: "/nowhere/x.h5") }
    #expect(absent?.code == .createFile)
    #expect(absent?.details.isEmpty == false)
    try Temporary.withPath { path in
      let file = try HDF5File(creating: path)
      _ = try file.root().createGroup("x")
      let group = #expect(throws: HDF5Error.self) { _ = try file.root().createGroup("x") }
      #expect(group?.code == .createObject)
      try file.root().setAttribute("a", .integer(1))
      let attribute = #expect(throws: HDF5Error.self) {
        try file.root().setAttribute("a", .integer(2))
      }
      #expect(attribute?.code == .writeAttribute)
    }
  }

  // MARK: Reproducibility

  @Test("has the same bytes from another process, another second and another folder")
  func reproducible() async throws {
    let here = FileManager.default.temporaryDirectory.appending(path: "hdf5-\(UUID()).h5").path
    let there = FileManager.default.temporaryDirectory.appending(path: "hdf5-\(UUID()).h5").path
    defer {
      try? FileManager.default.removeItem(atPath: here)
      try? FileManager.default.removeItem(atPath: there)
    }
    let floats = (0..<600).map { Float($0) / 7 }
    let longs = (0..<100).map { Int64($0) }
    try write(here, rows: 100, chunk: 8, floats, longs)
    let second = time(nil)
    while time(nil) <= second + 1 { usleep(50_000) }
    await #expect(processExitsWith: .success) { [there = there as String] in
      #expect(chdir("/") == 0)
      let floats = (0..<600).map { Float($0) / 7 }
      let longs = (0..<100).map { Int64($0) }
      try write(there, rows: 100, chunk: 8, floats, longs)
    }
    let bytes = try Data(contentsOf: URL(filePath: here))
    #expect(bytes == (try Data(contentsOf: URL(filePath: there))))
    #expect(bytes.count > 2400)
  }

  @Test(
    "has its final size before it is closed, so that closing cuts nothing",
    arguments: [0, 1, 9, 1000], [0, 1, 7, 8, 9, 40])
  func settled(rows: Int, attributes: Int) throws {
    let floats = [Float](repeating: 1.5, count: rows * 6)
    try Temporary.withPath { path in
      let file = try HDF5File(creating: path)
      for index in 0..<attributes {
        try file.root().setAttribute(
          "a\(index)", .string(String(repeating: "x", count: 90 * index)))
      }
      for member in ["train", "test"] {
        try write(
          to: try file.root().createGroup(member), rows: rows, chunk: 8, floats,
          [Int64](repeating: 7, count: rows))
      }
      try file.settle()
      let settled = try Data(contentsOf: URL(filePath: path)).count
      try file.close()
      #expect(try Data(contentsOf: URL(filePath: path)).count == settled)
    }
  }

  @Test("is replaced, and what was there before leaves no trace")
  func replaced() throws {
    try Temporary.withPath { path in
      try Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(
        to: URL(filePath: path))
      let floats = (0..<60).map { Float($0) }
      try write(path, rows: 10, chunk: 3, floats, (0..<10).map { Int64($0) })
      let first = try Data(contentsOf: URL(filePath: path))
      try write(path, rows: 10, chunk: 3, floats, (0..<10).map { Int64($0) })
      #expect(try Data(contentsOf: URL(filePath: path)) == first)
    }
  }

  @Test("has structure in which every flipped bit of the beginning is noticed")
  func flippedBits() throws {
    try Temporary.withPath { path in
      try write(path, rows: 10, chunk: 3, (0..<60).map { Float($0) }, (0..<10).map { Int64($0) })
      let whole = try Data(contentsOf: URL(filePath: path))
      // The superblock of version 2 with its checksum, 48 bytes, and the root's header.
      for bit in 0..<8 * 100 {
        var bytes = whole
        bytes[bit / 8] ^= 1 << (bit % 8)
        try bytes.write(to: URL(filePath: path))
        #expect(throws: HDF5Error.self, "byte \(bit / 8), bit \(bit % 8)") {
          _ = try HDF5File(reading: path)
        }
      }
    }
  }

  @Test(
    "is read by h5dump", .enabled(if: output(of: "h5dump", ["--version"]) != nil, "needs h5dump"))
  func h5dump() throws {
    try Temporary.withPath { path in
      try write(path, rows: 3, chunk: 2, (0..<18).map { Float($0) }, [7, 8, 9])
      let text = try #require(output(of: "h5dump", [path]))
      #expect(text.contains("H5T_IEEE_F32LE"))
      #expect(text.contains("( 3, 1, 2, 3 ) / ( 3, 1, 2, 3 )"))
      #expect(text.contains("(0): 7, 8, 9"))
      #expect(text.contains("(2,0,1,0): 15, 16, 17"))
    }
  }

  @Test("knows the library's version")
  func version() { #expect(HDF5Library.version.split(separator: ".").count == 3) }

  @Test("is written by many threads at once, each its own")
  func threads() async throws {
    try await withThrowingTaskGroup(of: Data.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var bytes = Data()
          for _ in 0..<5 {
            try Temporary.withPath { path in
              try write(path, rows: 50, chunk: 7, (0..<300).map { Float($0) }, Array(0..<50))
              bytes = try Data(contentsOf: URL(filePath: path))
            }
          }
          return bytes
        }
      }
      var all: Set<Data> = []
      for try await bytes in group { all.insert(bytes) }
      #expect(all.count == 1)
    }
  }
}

/// Writes a small file of the usual structure.
private func write(
  _ path: String, rows: Int, chunk: Int, _ floats: [Float], _ longs: [Int64]
) throws {
  let file = try HDF5File(creating: path)
  try file.root().setAttribute("format", .string("test"))
  let group = try file.root().createGroup("train")
  try write(to: group, rows: rows, chunk: chunk, floats, longs)
  try file.close()
}

/// Adds two datasets.
private func write(
  to group: borrowing HDF5Group, rows: Int, chunk: Int, _ floats: [Float], _ longs: [Int64]
) throws {
  let images = try group.createDataset(
    "images", shape: [rows, 1, 2, 3], of: Float.self, chunkRowCount: chunk)
  let labels = try group.createDataset(
    "labels", shape: [rows], of: Int64.self, chunkRowCount: chunk)
  for start in stride(from: 0, to: rows, by: chunk) {
    let end = min(start + chunk, rows)
    try images.writeChunk(floats.span.extracting(start * 6..<end * 6), firstRow: start)
    try labels.writeChunk(longs.span.extracting(start..<end), firstRow: start)
  }
  try images.close()
  try labels.close()
}
