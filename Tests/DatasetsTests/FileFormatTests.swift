import Datasets
import Foundation
import HDF5
import Programs
import Testing

/// The preparation whose file is kept as a fixture.
private func frozenPreparation() throws -> DatasetPreparation {
  var preparation = DatasetPreparation(
    training: try byteSet(20), test: try byteSet(7, seed: 9))
  preparation.validation = ValidationSplit(count: 6, isStratified: true)
  preparation.seed = 42
  preparation.classNames = ["zero", "one", "zwei ü"]
  // The version under which the file was frozen; it is an attribute of the file.
  preparation.numericsVersion = "f32-1"
  preparation.sources = [.init(name: "train.images", digest: "sha256:00")]
  return preparation
}

/// What a Python program did: its exit code.
private func exitCode(of script: String, _ arguments: String...) throws -> Int32 {
  try Program(FileFormatTests.python, ["-c", script] + arguments).result().status
}

@Suite("The file of a dataset")
struct FileFormatTests {
  static let python = "/opt/peers/venv/bin/python"
  static let hasPeer = FileManager.default.isExecutableFile(atPath: python)
  static let frozen = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/dataset-1.h5").path

  @Test("has the same bytes from another process, another second and another folder")
  func reproducible() async throws {
    let folder = FileManager.default.temporaryDirectory
    let here = folder.appending(path: "datasets-\(UUID()).h5").path
    let there = folder.appending(path: "datasets-\(UUID()).h5").path
    defer {
      try? FileManager.default.removeItem(atPath: here)
      try? FileManager.default.removeItem(atPath: there)
    }
    try frozenPreparation().write(to: here)
    let second = time(nil)
    while time(nil) <= second + 1 { usleep(50_000) }
    await #expect(processExitsWith: .success) { [there = there as String] in
      #expect(chdir("/") == 0)
      try frozenPreparation().write(to: there)
    }
    #expect(
      try Data(contentsOf: URL(filePath: here)) == Data(contentsOf: URL(filePath: there)))
  }

  @Test(
    "has the bytes that it has always had",
    .enabled(if: HDF5Library.version == "1.10.8", "the bytes are those of HDF5 1.10.8"))
  func golden() throws {
    // To freeze a new format, and only then: FREEZE=1 swift test --filter golden
    if ProcessInfo.processInfo.environment["FREEZE"] != nil {
      try frozenPreparation().write(to: Self.frozen)
    }
    try withPath { path in
      try frozenPreparation().write(to: path)
      let expected = try Data(contentsOf: URL(filePath: Self.frozen))
      #expect(try Data(contentsOf: URL(filePath: path)) == expected)
    }
  }

  @Test("of version 1 is still read")
  func frozenFile() throws {
    let file = try DatasetFile(Self.frozen)
    #expect(file.classNames == ["zero", "one", "zwei ü"])
    #expect(file.description.sources == [.init(name: "train.images", digest: "sha256:00")])
    let counts = try SplitName.allCases.map { try file.split($0).count }
    #expect(counts == [14, 6, 7])
    let split = try file.split(.train)
    #expect(split.byteCount == 14 * 24)
    #expect(split.labels.count == 14 && split.indices.last == 19)
    // The first values, from HDF5's own tool.
    let first = everything(split).prefix(3)
    #expect(Array(first) == [-0.33637077, -0.02478524, 0.47091898])
  }

  @Test("is read by h5py as people expect", .enabled(if: hasPeer, "needs h5py in \(python)"))
  func h5py() throws {
    let script = """
      import sys, h5py, numpy as np
      f = h5py.File(sys.argv[1])
      assert set(f) == {"train", "validation", "test"}
      assert [n.decode() for n in f.attrs["class_names"]] == ["zero", "one", "zwei ü"]
      assert f.attrs["format"] == b"pipeline.dataset" and f.attrs["format_version"] == 1
      assert f.attrs["scale"].dtype == np.float32 and f.attrs["mean"].dtype == np.float64
      assert f.attrs["source_digests"][0] == b"sha256:00"
      for name, n in ("train", 14), ("validation", 6), ("test", 7):
          g = f[name]
          assert g["images"].shape == (n, 2, 3, 4) and g["images"].dtype == np.dtype("<f4")
          assert g["images"].chunks == (n, 2, 3, 4) and g["images"].compression is None
          assert g["labels"].dtype == np.int64 and g["indices"].dtype == np.int64
          assert (g["labels"][:] == g["indices"][:] % 3).all()
      x = f["train/images"][:].astype("f8")
      assert abs(x.mean((0, 2, 3))).max() < 1e-6 and abs(x.std((0, 2, 3)) - 1).max() < 1e-6
      raw = (x - f.attrs["offset"].reshape(1, 2, 1, 1)) / f.attrs["scale"].reshape(1, 2, 1, 1)
      assert abs(raw - raw.round()).max() < 1e-4 and raw.min() > -1 and raw.max() < 256
      raw = raw.round() / f.attrs["full_scale"]
      assert abs(raw.mean((0, 2, 3)) - f.attrs["mean"]).max() < 1e-15
      assert abs(raw.std((0, 2, 3)) - f.attrs["std"]).max() < 1e-15
      assert abs(raw.min((0, 2, 3)) - f.attrs["minimum"]).max() < 1e-15
      """
    #expect(try exitCode(of: script, Self.frozen) == 0)
  }

  // MARK: Files of others

  /// Writes a file that differs from a dataset in one point.
  private func damaged(
    format: String = "pipeline.dataset", version: Int = 1, scale: [Float] = [1, 1],
    offset: HDF5Attribute = .floats([0, 0]), classNames: HDF5Attribute = .strings(["a", "b"]),
    without attribute: String? = nil, shape: [Int] = [2, 2, 1, 1], labels: [Int64] = [0, 1],
    indices: [Int64] = [0, 1], group: String = "train", images: String = "images",
    _ body: (String) throws -> Void
  ) throws {
    try withPath { path in
      let file = try HDF5File(creating: path)
      let root = try file.root()
      let attributes: [(String, HDF5Attribute)] = [
        ("format", .string(format)), ("format_version", .integer(version)),
        ("numerics_version", .string("f32-1")), ("class_names", classNames),
        ("source_type", .string("uint8")), ("mean", .doubles([0, 0])), ("std", .doubles([1, 1])),
        ("minimum", .doubles([0, 0])), ("maximum", .doubles([1, 1])),
        ("normalization", .string("none")), ("scale", .floats(scale)), ("offset", offset),
      ]
      for (name, value) in attributes where name != attribute {
        try root.setAttribute(name, value)
      }
      let member = try root.createGroup(group)
      let floats = [Float](repeating: 3, count: shape.reduce(1, *))
      let dataset = try member.createDataset(
        images, shape: shape, of: Float.self, chunkRowCount: max(1, shape[0]))
      if !floats.isEmpty { try dataset.writeChunk(floats.span, firstRow: 0) }
      for (name, numbers) in [("labels", labels), ("indices", indices)] where !numbers.isEmpty {
        try member.createDataset(
          name, shape: [numbers.count], of: Int64.self, chunkRowCount: numbers.count
        ).writeChunk(numbers.span, firstRow: 0)
      }
      try body(path)
    }
  }

  private func read(_ path: String) throws -> DatasetSplit { try DatasetFile(path).split(.train) }

  @Test("made by hand is read if it is right")
  func byHand() throws {
    try damaged { path in
      let split = try read(path)
      #expect(everything(split) == [3, 3, 3, 3])
      #expect(split.byteCount == 4)
    }
  }

  @Test(
    "without one of its attributes is refused",
    arguments: [
      "format", "format_version", "numerics_version", "class_names", "source_type", "mean", "std",
      "minimum", "maximum", "normalization", "scale", "offset",
    ])
  func missing(attribute: String) throws {
    try damaged(without: attribute) { path in
      let error = #expect(throws: DatasetError.self) { _ = try DatasetFile(path) }
      #expect(error?.code == .notADataset)
    }
  }

  @Test("with a wrong attribute, split or label is refused")
  func wrong() throws {
    func refuses(_ path: String) {
      let error = #expect(throws: DatasetError.self) { _ = try read(path) }
      #expect(error?.description.contains(path) == true)
    }
    try damaged(format: "another", refuses)
    try damaged(version: 2, refuses)
    try damaged(scale: [1], refuses)
    try damaged(scale: [], offset: .floats([]), refuses)
    try damaged(scale: [1, .nan], refuses)
    try damaged(offset: .floats([0, .infinity]), refuses)
    try damaged(offset: .doubles([0, 0]), refuses)
    try damaged(classNames: .strings([]), refuses)
    try damaged(classNames: .string("a"), refuses)
    try damaged(shape: [2, 3, 1, 1], refuses)
    try damaged(shape: [2, 2, 1], refuses)
    try damaged(shape: [2, 2, 1, 1, 1], refuses)
    try damaged(shape: [3, 2, 1, 1], refuses)
    try damaged(labels: [0], refuses)
    try damaged(labels: [0, 1, 1], refuses)
    try damaged(labels: [0, 2], refuses)
    try damaged(labels: [-1, 0], refuses)
    try damaged(labels: [1 << 40, 0], refuses)
    try damaged(labels: [], refuses)
    try damaged(indices: [0], refuses)
    try damaged(indices: [], refuses)
    try damaged(group: "training", refuses)
    try damaged(images: "pictures", refuses)
  }

  @Test("that is none is refused")
  func others() throws {
    try withFile(Array("no HDF5".utf8)) { path in
      let error = #expect(throws: DatasetError.self) { _ = try DatasetFile(path) }
      guard case .hdf5 = error?.code else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    let whole = try Data(contentsOf: URL(filePath: Self.frozen))
    for part in 0..<40 {
      try withFile(Array(whole.prefix(whole.count * part / 40))) { path in
        #expect(throws: DatasetError.self) { _ = try DatasetFile(path) }
      }
    }
  }
}
