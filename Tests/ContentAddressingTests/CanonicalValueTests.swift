import ContentAddressing
import Testing

@Suite("A canonical value")
struct CanonicalValueTests {
  static let samples: [CanonicalValue] = [
    .null, true, false, 0, -1, .integer(CanonicalValue.largestInteger), .double(0.1),
    .double(-0.0), .double(.infinity), "", "line\nbreak \u{1} \u{1f600} \"quoted\" \\", [],
    [1, "two", [3]], [:], ["b": 1, "a": ["z": .null], "B": .double(0x1p-1030)],
  ]

  @Test("reads back from its bytes", arguments: samples)
  func roundTrip(value: CanonicalValue) throws {
    #expect(try CanonicalValue(canonicalBytes: value.canonicalBytes()) == value)
  }

  @Test("has keys in the order of their bytes and no white space")
  func form() throws {
    let value: CanonicalValue = ["b": [1, .double(0.1)], "a": true, "B": "\u{1}\n"]
    let text = String(decoding: try value.canonicalBytes(), as: UTF8.self)
    #expect(text == #"{"B":"\u0001\n","a":true,"b":[1,"f64:3fb999999999999a"]}"#)
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", " 1", "1 ", "01", "-0", "+1", "1.0", "1e3", #"{"b":1,"a":2}"#, #"{"a":1,"a":1}"#,
      #"{"a": 1}"#, "[1,]", "[1", #""\u0041""#, #""\/""#, #""f64:zz""#, #""f64:1""#,
      #""f64:7ff8000000000000""#, "9007199254740992", "nul", "\"open", "\u{feff}1",
    ])
  func strictness(text: String) {
    #expect(throws: CanonicalError.self) { try CanonicalValue(canonicalBytes: Array(text.utf8)) }
  }

  @Test("is refused beyond its depth, without deep recursion")
  func depth() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: CanonicalError.self) { try CanonicalValue(canonicalBytes: bytes) }
  }

  @Test("refuses what has no form")
  func unwritable() {
    #expect(throws: CanonicalError.self) { try CanonicalValue.double(.nan).canonicalBytes() }
    #expect(throws: CanonicalError.self) { try CanonicalValue.integer(.max).canonicalBytes() }
    #expect(throws: CanonicalError.self) { try CanonicalValue.integer(.min).canonicalBytes() }
    #expect(throws: CanonicalError.self) { try CanonicalValue.string("f64:0").canonicalBytes() }
    #expect(throws: CanonicalError.self) {
      try CanonicalValue.object(["naïve": 1]).canonicalBytes()
    }
  }
}

@Suite("A digest")
struct DigestTests {
  /// FIPS 180-4's own examples; `sha256sum` prints the same.
  @Test(
    "is SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func knownAnswers(text: String, hex: String) {
    #expect(Digest(of: text).hex == hex)
    #expect(Digest("sha256:" + hex) == Digest(of: text))
  }

  @Test("does not depend on how the bytes are cut", arguments: [1, 7, 64, 1000])
  func pieces(size: Int) {
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var digester = Digester()
    for start in stride(from: 0, to: bytes.count, by: size) {
      digester.update(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(digester.content() == Content(of: bytes))
  }

  @Test("is refused unless written in full", arguments: ["", "sha256:", "sha256:00", "md5:00"])
  func malformed(text: String) { #expect(Digest(text) == nil) }

  @Test("is ordered as its bytes and its text are")
  func order() {
    let digests = (0..<100).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }
}
