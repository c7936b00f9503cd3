import Foundation
import Programs
import SafeTensors
import Testing

@Suite("A safetensors file")
struct TensorFileTests {
  static let sample = TensorFile(
    tensors: [
      NamedTensor(name: "linear1.weight", shape: [2, 3], floats: [1, -2, 3.5, 0, -0.0, 0x1p-149]),
      NamedTensor(name: "linear1.bias", shape: [3], floats: [.infinity, -.infinity, .pi]),
      NamedTensor(name: "scalar", shape: [], doubles: [0.1]),
      NamedTensor(name: "steps", shape: [2], int64s: [.min, .max]),
      NamedTensor(name: "mask", shape: [5], uint8s: [0, 1, 2, 254, 255]),
      NamedTensor(name: "empty", shape: [0, 7], floats: []),
      NamedTensor(name: "", shape: [1], uint8s: [9]),
      NamedTensor(name: "ü\"\\\n\u{1}", shape: [1], uint8s: [8]),
    ], metadata: ["seed": "42", "text": "a\"b\\c\nü\u{0}", "": ""])

  @Test("gives back what was put in")
  func roundTrip() throws {
    let back = try TensorFile(bytes: Self.sample.encoded())
    #expect(back == Self.sample)
    #expect(back["linear1.weight"]?.floats == [1, -2, 3.5, 0, -0.0, 0x1p-149])
    #expect(back["linear1.weight"]?.floats?[4].sign == .minus)
    #expect(back["linear1.bias"]?.floats == [.infinity, -.infinity, .pi])
    #expect(back["scalar"]?.doubles == [0.1])
    #expect(back["scalar"]?.shape == [])
    #expect(back["steps"]?.int64s == [.min, .max])
    #expect(back["mask"]?.uint8s == [0, 1, 2, 254, 255])
    #expect(back["empty"]?.floats == [])
    #expect(back["mask"]?.floats == nil)
    #expect(back["absent"] == nil)
    #expect(back.metadata["text"] == "a\"b\\c\nü\u{0}")
  }

  @Test("has the same bytes whatever the order of what is in it")
  func order() {
    let expected = Self.sample.encoded()
    var tensors = Self.sample.tensors
    for _ in 0..<tensors.count {
      tensors.append(tensors.removeFirst())
      #expect(TensorFile(tensors: tensors, metadata: Self.sample.metadata).encoded() == expected)
    }
    tensors.reverse()
    #expect(TensorFile(tensors: tensors, metadata: Self.sample.metadata).encoded() == expected)
  }

  @Test("has these bytes and no others")
  func golden() {
    let file = TensorFile(
      tensors: [
        NamedTensor(name: "b", shape: [1], floats: [1]),
        NamedTensor(name: "a", shape: [3], uint8s: [1, 2, 3]),
      ], metadata: ["k": "v"])
    let header =
      #"{"__metadata__":{"k":"v"},"a":{"data_offsets":[4,7],"dtype":"U8","shape":[3]},"#
      + #""b":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}}"#
    let padding = String(repeating: " ", count: 184 - header.utf8.count)
    #expect(
      file.encoded()
        == [184, 0, 0, 0, 0, 0, 0, 0] + Array((header + padding).utf8)
        + [0, 0, 0x80, 0x3F, 1, 2, 3])
  }

  @Test("aligns its tensors")
  func alignment() throws {
    let bytes = Self.sample.encoded()
    #expect((8 + Int(bytes[0]) + Int(bytes[1]) << 8) % 64 == 0)
  }

  @Test("has one NaN")
  func nan() throws {
    let patterns: [UInt32] = [0x7FC0_0000, 0xFFC0_0000, 0x7F80_0001, 0x7FFF_FFFF, 0xFF81_2345]
    let file = TensorFile(tensors: [
      NamedTensor(name: "x", shape: [5], floats: patterns.map { Float(bitPattern: $0) }),
      NamedTensor(name: "y", shape: [1], doubles: [Double(bitPattern: 0xFFF8_0000_0000_0001)]),
    ])
    let back = try TensorFile(bytes: file.encoded())
    #expect(back["x"]?.floats?.map(\.bitPattern) == [UInt32](repeating: 0x7FC0_0000, count: 5))
    #expect(back["y"]?.doubles?.map(\.bitPattern) == [0x7FF8_0000_0000_0000])
  }

  @Test("may be empty")
  func empty() throws {
    let file = TensorFile(tensors: [])
    #expect(try TensorFile(bytes: file.encoded()) == file)
    #expect(file.encoded().count == 64)
  }

  @Test("tells names apart that look the same")
  func unicode() throws {
    let file = TensorFile(tensors: [
      NamedTensor(name: "\u{E9}", shape: [1], uint8s: [1]),
      NamedTensor(name: "e\u{301}", shape: [1], uint8s: [2]),
    ])
    let back = try TensorFile(bytes: file.encoded())
    #expect(back.tensors.count == 2)
    #expect(back["\u{E9}"]?.uint8s == [1])
    #expect(back["e\u{301}"]?.uint8s == [2])
  }

  // MARK: What others write

  @Test("is read though another wrote it: any order, spaces, escapes, unaligned tensors")
  func foreign() throws {
    let header =
      "{ \"b\" : {\"shape\":[ 1 ],\"data_offsets\":[3 , 7],\"dtype\":\"F32\"}\t,\r\n"
      + "\"\\u0061\\/\\ud83d\\ude00\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
      + "\"__metadata__\":{\"format\":\"pt\"}}  "
    let back = try TensorFile(bytes: file(header, [1, 2, 3, 0, 0, 0x80, 0x3F]))
    #expect(back["b"]?.floats == [1])
    #expect(back["a/😀"]?.uint8s == [1, 2, 3])
    #expect(back.metadata == ["format": "pt"])
  }

  @Test("may hold every type of the format", arguments: TensorElementType.allCases)
  func types(type: TensorElementType) throws {
    let body = [UInt8](repeating: 7, count: 2 * type.size)
    let header =
      "{\"x\":{\"dtype\":\"\(type.rawValue)\",\"shape\":[2],\"data_offsets\":[0,\(body.count)]}}"
    let back = try TensorFile(bytes: file(header, body))
    #expect(back["x"]?.elementType == type)
    #expect(back["x"]?.bytes == body)
    #expect(try TensorFile(bytes: back.encoded()) == back)
  }

  static let python = "/opt/peers/venv/bin/python"
  static let hasPeer = FileManager.default.isExecutableFile(atPath: python)

  @Test(
    "is loaded by PyTorch's safetensors",
    .enabled(if: hasPeer, "needs Python with torch and safetensors in \(python)"))
  func peer() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
    defer { try? FileManager.default.removeItem(at: path) }
    let file = TensorFile(
      tensors: Self.sample.tensors + [NamedTensor(name: "nan", shape: [1], floats: [.nan])],
      metadata: ["seed": "42"])
    try Data(file.encoded()).write(to: path)
    let script = """
      import sys, torch
      from safetensors import safe_open
      from safetensors.torch import load_file, save_file
      t = load_file(sys.argv[1])
      assert t["linear1.weight"].shape == (2, 3) and t["linear1.weight"].dtype == torch.float32
      assert t["linear1.weight"].flatten().tolist() == [1, -2, 3.5, 0, 0, 1.401298464324817e-45]
      assert t["steps"].tolist() == [-2**63, 2**63 - 1] and t["scalar"].item() == 0.1
      assert t["mask"].tolist() == [0, 1, 2, 254, 255] and t["empty"].shape == (0, 7)
      assert torch.isnan(t["nan"]).all() and len(t) == 9
      assert safe_open(sys.argv[1], "pt").metadata() == {"seed": "42"}
      save_file({k: v for k, v in t.items() if k != "nan"}, sys.argv[1], {"by": "torch"})
      """
    #expect(try Program(Self.python, ["-c", script, path.path]).result().status == 0)
    let back = try TensorFile(bytes: Array(Data(contentsOf: path)))
    #expect(back.tensors == Self.sample.tensors)
    #expect(back.metadata == ["by": "torch"])
  }
}

@Suite("A malformed safetensors file")
struct MalformedFileTests {
  static let all = MalformedFile.sizes + MalformedFile.syntax + MalformedFile.meanings

  @Test("is refused", arguments: all)
  func isRefused(_ sample: MalformedFile) {
    let error = #expect(throws: SafeTensorsError.self) { try TensorFile(bytes: sample.bytes) }
    #expect(error?.code == sample.code, "\(sample.name)")
    #expect(error?.description.isEmpty == false)
  }

  @Test("is one of at least 80")
  func count() { #expect(Self.all.count >= 80) }

  @Test("is what every file becomes when it is cut short")
  func cuts() {
    let whole = TensorFileTests.sample.encoded()
    for count in whole.indices {
      #expect(throws: SafeTensorsError.self, "\(count)") {
        try TensorFile(bytes: Array(whole[..<count]))
      }
    }
    #expect(throws: SafeTensorsError.self) { try TensorFile(bytes: whole + [0]) }
  }

  @Test("is never read as something that does not come out again", arguments: 0..<8)
  func flippedBits(bit: Int) throws {
    // What is still accepted with one flipped bit has the same sizes, and re-encodes to what is read.
    let whole = TensorFileTests.sample.encoded()
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 1 << bit
      guard let file = try? TensorFile(bytes: bytes) else { continue }
      #expect(try TensorFile(bytes: file.encoded()) == file)
      #expect(file.tensors.map(\.bytes.count).reduce(0, +) == 67)
    }
  }
}
