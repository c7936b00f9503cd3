import Compression
import Datasets
import Foundation
import Testing

/// A file that is gone after `body`.
func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
  let file = FileManager.default.temporaryDirectory.appending(path: "datasets-\(UUID())")
  defer { try? FileManager.default.removeItem(at: file) }
  try Data(bytes).write(to: file)
  try body(file.path)
}

/// Compressed bytes.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = try DeflateStream()
  var packed: [UInt8] = []
  func keep(_ chunk: Span<UInt8>) { for index in chunk.indices { packed.append(chunk[index]) } }
  try stream.push(bytes.span, to: keep)
  try stream.finish(to: keep)
  return packed
}

@Suite("Malformed IDX")
struct MalformedIDXTests {
  @Test("is refused however it arrives", arguments: MalformedIDX.all)
  func isRefused(_ sample: MalformedIDX) {
    for cut in [1, 3, Int.max] {
      let error = #expect(throws: DatasetError.self) {
        var decoder = IDXDecoder(source: "x.idx")
        var place = 0
        while place < sample.bytes.count {
          let end = cut < sample.bytes.count - place ? place + cut : sample.bytes.count
          try decoder.push(sample.bytes.span.extracting(place..<end))
          place = end
        }
        _ = try decoder.finish()
      }
      #expect(error?.code == sample.code)
      #expect(error?.description.hasPrefix("x.idx: ") == true)
    }
  }

  @Test("is refused in a file, plain or compressed", arguments: MalformedIDX.all)
  func isRefusedInFile(_ sample: MalformedIDX) throws {
    for bytes in [sample.bytes, try gzip(sample.bytes)] {
      try withFile(bytes) { path in
        let error = #expect(throws: DatasetError.self) { _ = try IDXArray(path: path) }
        var codes = [sample.code]
        // A file far too small for what it declares is not even read.
        if case .truncated(let declared, _) = sample.code {
          codes.append(.impossible(declared: declared))
        }
        #expect(error.map { codes.contains($0.code) } == true)
      }
    }
  }

  @Test("is one of at least 40")
  func count() { #expect(MalformedIDX.all.count >= 40) }

  @Test("is what a damaged gzip file becomes, and one that is not there")
  func gzipped() throws {
    let packed = try gzip(idx(8, [100, 10], zeros(1000)))
    for count in packed.indices.dropFirst(2) {
      try withFile(Array(packed[..<count])) { path in
        #expect(throws: DatasetError.self) { _ = try IDXArray(path: path) }
      }
    }
    try withFile(packed + packed) { path in
      let error = #expect(throws: DatasetError.self) { _ = try IDXArray(path: path) }
      guard case .unreadable(let inner) = error?.code else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(inner.code == .additionalMember)
    }
    let error = #expect(throws: DatasetError.self) { _ = try IDXArray(path: "/nowhere/x") }
    guard case .unreadable(let inner) = error?.code else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(inner.code == .unreadable(2))
  }
}

@Suite("IDX")
struct IDXTests {
  @Test("is read in every element type, big-endian")
  func types() throws {
    let samples: [(UInt8, [UInt8], [Int32]?, [Float])] = [
      (0x08, [0, 127, 128, 255], [0, 127, 128, 255], [0, 127, 128, 255]),
      (0x09, [0, 127, 128, 255], [0, 127, -128, -1], [0, 127, -128, -1]),
      (
        0x0B, [0, 1, 0x7F, 0xFF, 0x80, 0, 0xFF, 0xFF], [1, 32767, -32768, -1],
        [1, 32767, -32768, -1]
      ),
      (0x0C, [0, 0, 1, 0, 0x80, 0, 0, 0], [256, .min], [256, -2_147_483_648]),
      (0x0D, [0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0], nil, [1, -2.5]),
      (0x0E, [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], nil, [0.1]),
    ]
    for (type, body, integers, floats) in samples {
      try withFile(idx(type, [UInt32(floats.count), 1], body)) { path in
        try withFile(idx(8, [UInt32(floats.count)], zeros(floats.count))) { labels in
          let array = try IDXArray(path: path)
          #expect(array.dimensions == [floats.count, 1])
          #expect(array.elementType.rawValue == type)
          let set = try ImageSet(idxImages: path, idxLabels: labels)
          switch set.samples {
          case .bytes(let bytes): #expect(bytes == body && type == 8)
          case .floats(let values): #expect(values == floats && type != 8)
          }
        }
      }
      guard let integers, integers.allSatisfy({ $0 >= 0 }) else { continue }
      let decoded = try decode(idx(type, [UInt32(floats.count)], body))
      let images = try decode(idx(8, [UInt32(floats.count), 1], zeros(floats.count)))
      let set = try ImageSet(images: images, labels: decoded, imageSource: "i", labelSource: "l")
      #expect(set.labels == integers)
    }
  }

  private func decode(_ bytes: [UInt8]) throws -> IDXArray {
    var decoder = IDXDecoder(source: "x")
    try decoder.push(bytes.span)
    return try decoder.finish()
  }

  private func join(_ images: [UInt8], _ labels: [UInt8]) throws -> ImageSet {
    try ImageSet(
      images: decode(images), labels: decode(labels), imageSource: "images", labelSource: "labels")
  }

  @Test("becomes images by its number of dimensions")
  func shapes() throws {
    let labels = idx(8, [2], [0, 1])
    #expect(
      try join(idx(8, [2, 12], zeros(24)), labels).shape
        == ImageShape(channels: 1, height: 1, width: 12))
    #expect(
      try join(idx(8, [2, 3, 4], zeros(24)), labels).shape
        == ImageShape(channels: 1, height: 3, width: 4))
    #expect(
      try join(idx(8, [2, 3, 2, 2], zeros(24)), labels).shape
        == ImageShape(channels: 3, height: 2, width: 2))
    let error = #expect(throws: DatasetError.self) { try join(idx(8, [2], zeros(2)), labels) }
    #expect(error?.code == .imageRank(1))
  }

  @Test("whose images and labels do not belong together is refused")
  func mismatches() throws {
    let images = idx(8, [2, 3], zeros(6))
    let samples: [([UInt8], [UInt8], DatasetError.Code)] = [
      (images, idx(8, [3], zeros(3)), .countMismatch(images: 2, labels: 3)),
      (images, idx(8, [1], zeros(1)), .countMismatch(images: 2, labels: 1)),
      (images, idx(8, [2, 1], zeros(2)), .labelFormat),
      (images, idx(13, [2], zeros(8)), .labelFormat),
      (images, idx(14, [2], zeros(16)), .labelFormat),
      (images, idx(9, [2], [0, 255]), .label(-1, sample: 1, classCount: 1)),
      (images, idx(11, [2], [0x80, 0, 0, 3]), .label(-32768, sample: 0, classCount: 4)),
      (
        idx(13, [2, 1], [0, 0, 0, 0, 0x7F, 0xC0, 0, 0]), idx(8, [2], [0, 1]), .nonFinite(sample: 1)
      ),
      (
        idx(13, [2, 1], [0x7F, 0x80, 0, 0, 0, 0, 0, 0]), idx(8, [2], [0, 1]), .nonFinite(sample: 0)
      ),
      (idx(14, [1, 1], [0x7F, 0, 0, 0, 0, 0, 0, 0]), idx(8, [1], [0]), .nonFinite(sample: 0)),
    ]
    for (images, labels, code) in samples {
      let error = #expect(throws: DatasetError.self) { try join(images, labels) }
      #expect(error?.code == code)
    }
  }
}
