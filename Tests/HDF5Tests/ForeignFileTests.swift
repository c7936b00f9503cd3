import Foundation
import HDF5
import Testing

/// Files that h5py made, see `make_foreign.py`.
enum Foreign {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Foreign")

  static func path(_ name: String) -> String { folder.appending(path: name + ".h5").path }
}

@Suite("The gate for foreign files")
struct GateTests {
  static let refusals: [(String, HDF5Refusal)] = [
    ("soft-link", .softLink), ("soft-link-dangling", .softLink), ("soft-link-inside", .softLink),
    ("soft-link-latest", .softLink), ("external-link", .externalLink),
    ("external-link-inside", .externalLink), ("external-link-latest", .externalLink),
    ("external-storage", .externalStorage), ("external-storage-relative", .externalStorage),
    ("external-storage-two", .externalStorage), ("external-storage-inside", .externalStorage),
    ("virtual", .virtualDataset), ("virtual-same-file", .virtualDataset),
    ("virtual-absolute", .virtualDataset), ("filter-lzf", .filter(32000)),
    ("filter-scale-offset", .filter(6)), ("filter-nbit", .filter(5)),
    ("filter-unknown", .filter(40000)), ("filter-unknown-behind-deflate", .filter(32015)),
    ("dimension-2-62", .dimensions), ("dimensions-overflow", .dimensions),
    ("dimensions-overflow-to-zero", .dimensions), ("declares-5-gib", .declaredSize(5 << 30)),
    ("declares-1-tib", .declaredSize(1 << 40)),
    ("declares-1-gib-stores-nothing", .sparse(declared: 1 << 30, stored: 0)),
    ("declares-1-gib-stores-4-kib", .sparse(declared: 1 << 30, stored: 4096)),
    ("huge-chunk", .chunkSize(1 << 27)), ("rank-9", .rank(9)), ("rank-32", .rank(32)),
    ("deep", .depth), ("many-attributes", .attributeCount),
    ("many-attributes-root", .attributeCount), ("named-type", .objectKind),
    ("text-of-any-length", .elementType), ("lists", .elementType), ("compound", .elementType),
    ("reference", .elementType), ("region-reference", .elementType), ("opaque", .elementType),
    ("array-elements", .elementType),
  ]

  @Test("refuses what could reach out of the file or exhaust the machine", arguments: refusals)
  func refuses(name: String, refusal: HDF5Refusal) {
    let error = #expect(throws: HDF5Error.self) {
      _ = try HDF5File(reading: Foreign.path(name))
    }
    #expect(error?.code == .refused(refusal))
    #expect(error?.name.isEmpty == false)
  }

  @Test("refuses a bomb of 32 MiB in 36 KB")
  func bomb() {
    let error = #expect(throws: HDF5Error.self) {
      _ = try HDF5File(reading: Foreign.path("bomb"))
    }
    guard case .refused(.sparse(declared: 1 << 25, stored: let stored)) = error?.code else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(stored < 40_000)
  }

  @Test("refuses one object more than its limit, and lets just as many through")
  func objects() throws {
    try Temporary.withPath { path in
      let file = try HDF5File(creating: path)
      for index in 0..<8 {
        let group = try file.root().createGroup("g\(index)")
        for inner in 0..<3 { _ = try group.createGroup("h\(inner)") }
      }
      try file.close()
      var limits = HDF5Limits()
      limits.objectCount = 32
      _ = try HDF5File(reading: path, limits: limits)
      limits.objectCount = 31
      let error = #expect(throws: HDF5Error.self) {
        _ = try HDF5File(reading: path, limits: limits)
      }
      #expect(error?.code == .refused(.objectCount))
    }
  }

  @Test("does not take other things for HDF5")
  func otherFormats() throws {
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    let samples: [[UInt8]] = [
      [], [0x89], signature, signature + [0], signature + [UInt8](repeating: 0xFF, count: 100),
      signature + [UInt8](repeating: 0, count: 2048), signature + [2, 8, 8, 0],
      signature + [9, 8, 8, 0], [UInt8](repeating: 0, count: 4096), Array("<html></html>".utf8),
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
      Array("CDF\u{1}".utf8), Array(repeating: 65, count: 10_000),
    ]
    for sample in samples {
      try Temporary.withPath { path in
        try Data(sample).write(to: URL(filePath: path))
        let error = #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: path) }
        #expect(error?.code == .openFile)
        #expect(error?.details.isEmpty == false)
      }
    }
    #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: "/nowhere/at/all.h5") }
    #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: "/tmp") }
  }

  @Test("refuses a file cut short", arguments: 0..<40)
  func cut(part: Int) throws {
    let whole = try Data(contentsOf: URL(filePath: Foreign.path("good-v108")))
    let count = part < 20 ? part * 5 : whole.count - 1 - (part - 20) * whole.count / 21
    try Temporary.withPath { path in
      try whole.prefix(count).write(to: URL(filePath: path))
      #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: path) }
    }
  }
}

@Suite("Files that h5py wrote", .serialized)
struct ForeignFileTests {
  static let versions = ["earliest", "v108", "v110"]
  let numbers = (0..<24).map { Float($0) }

  @Test("are read whatever the format's version", arguments: versions)
  func datasets(version: String) throws {
    let file = try HDF5File(reading: Foreign.path("good-" + version))
    let root = try file.root()
    for name in ["plain", "packed", "big", "again"] {
      let dataset = try root.dataset(name)
      #expect(dataset.shape == [6, 4])
      #expect(dataset.elementType == .float32)
      let all: [Float] = try dataset.read()
      #expect(all == numbers)
      #expect(try dataset.read(rows: 2..<5, as: Float.self) == Array(numbers[8..<20]))
      #expect(try dataset.read(rows: 3..<3, as: Float.self) == [])
      #expect(try dataset.read(as: Double.self) == numbers.map { Double($0) })
    }
    #expect(try root.dataset("packed").chunkRowCount == 2)
    #expect(try root.dataset("doubles").read(as: Double.self) == numbers.map { Double($0) })
    #expect(try root.dataset("bytes").read(as: UInt8.self) == (0..<24).map { UInt8($0) })
    #expect(try root.dataset("bytes").read(as: Int64.self) == (0..<24).map { Int64($0) })
    #expect(try root.dataset("longs").read(as: Int64.self) == (0..<24).map { -Int64($0) })
    #expect(try root.dataset("shorts").read(as: Int64.self) == (0..<24).map { -Int64($0) })
    #expect(try root.dataset("scalar").read(as: Float.self) == [7])
    #expect(try root.dataset("empty").shape == [0, 4])
    #expect(try root.dataset("empty").read(as: Float.self) == [])
    let inner = try root.group("group").group("inner").dataset("x")
    #expect(inner.name == "/group/inner/x")
    #expect(try inner.read(as: Float.self) == numbers)
    #expect(try root.members().contains("again"))
    #expect(try root.members() == root.members().sorted())
  }

  @Test("give no element that the caller's type cannot hold", arguments: versions)
  func elementTypes(version: String) throws {
    let file = try HDF5File(reading: Foreign.path("good-" + version))
    let root = try file.root()
    func refuses(_ name: String, _ read: (borrowing HDF5Dataset) throws -> Void) throws {
      let dataset = try root.dataset(name)
      do {
        try read(dataset)
        Issue.record("\(name) was read")
      } catch let error as HDF5Error {
        #expect(error.code == .elementType)
      }
    }
    for name in ["plain", "doubles", "longs", "shorts", "unsigned", "halves", "names", "flags"] {
      try refuses(name) { _ = try $0.read(as: UInt8.self) }
    }
    for name in ["doubles", "longs", "bytes", "halves", "names", "unsigned"] {
      try refuses(name) { _ = try $0.read(as: Float.self) }
    }
    for name in ["plain", "unsigned", "doubles", "names"] {
      try refuses(name) { _ = try $0.read(as: Int64.self) }
    }
  }

  @Test("give no rows that are not there")
  func bounds() throws {
    let file = try HDF5File(reading: Foreign.path("good-v108"))
    let dataset = try file.root().dataset("plain")
    for rows in [-1..<2, 5..<7, 6..<7, 0..<7] {
      let error = #expect(throws: HDF5Error.self) {
        _ = try dataset.read(rows: rows, as: Float.self)
      }
      #expect(error?.code == .outOfBounds)
    }
    for name in ["absent", "group", ""] {
      let error = #expect(throws: HDF5Error.self) { _ = try file.root().dataset(name) }
      #expect(error?.code == .openObject)
    }
    #expect(throws: HDF5Error.self) { _ = try file.root().group("plain") }
  }

  @Test("have attributes of every plain kind", arguments: versions)
  func attributes(version: String) throws {
    let file = try HDF5File(reading: Foreign.path("good-" + version))
    let root = try file.root()
    #expect(try root.attribute("text") == .string("grüße"))
    #expect(try root.attribute("texts") == .strings(["one", "", "three"]))
    #expect(try root.attribute("fixed") == .strings(["one", "three"]))
    #expect(try root.attribute("integer") == .integer(42))
    #expect(try root.attribute("integers") == .integers([1, -2, 3]))
    #expect(try root.attribute("float") == .float(0.1))
    #expect(try root.attribute("doubles") == .doubles([0.1, -0.0, .infinity]))
    for name in ["huge", "matrix", "nothing", "complex", "absent"] {
      let error = #expect(throws: HDF5Error.self, "\(name)") { _ = try root.attribute(name) }
      #expect(error?.code == .readAttribute)
    }
    #expect(try root.hasAttribute("text"))
    #expect(try !root.hasAttribute("absent"))
  }
}
