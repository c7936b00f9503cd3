import Testing
import Transfer

@Suite("Continuing a transfer", .enabled(if: TestServer.isAvailable, "\(TestServer.reason)"))
struct ResumeTests {
  let content = TestServer.content

  @Test(
    "brings the rest", arguments: [1, 2, 50_000, 99_999],
    ["ranges", "open-total", "redirect-ranges"])
  func rest(offset: Int, path: String) throws {
    let outcome = try outcome(TestServer.url(path), from: offset, limit: content.count)
    #expect(outcome.error == nil)
    #expect(outcome.response?.status == 206)
    #expect(outcome.response?.offset == offset)
    #expect(outcome.response?.totalByteCount == content.count)
    #expect(outcome.bytes == Array(content[offset...]))
  }

  @Test("begins anew where the server ignores ranges")
  func ignored() throws {
    let outcome = try outcome(TestServer.url("whole"), from: 50_000, limit: content.count)
    #expect(outcome.response?.status == 200)
    #expect(outcome.response?.offset == 0)
    #expect(outcome.bytes == content)
  }

  @Test(
    "takes no range but the one it asked for",
    arguments: [
      "other-start", "from-zero", "ends-early", "no-range", "many-parts", "range-lies",
      "range-words", "range-overflow",
    ])
  func otherRanges(path: String) throws {
    let outcome = try outcome(TestServer.url(path), from: 50_000)
    #expect(outcome.error?.code == .wrongRange)
    #expect(outcome.error?.category == .notResumable)
    #expect(outcome.bytes.isEmpty && outcome.beginCount == 0)
  }

  @Test("says that there is nothing beyond the end", arguments: [100_000, 100_001, 1 << 40])
  func beyond(offset: Int) throws {
    let outcome = try outcome(TestServer.url("ranges"), from: offset)
    #expect(outcome.error?.code == .rangeNotSatisfiable)
    #expect(outcome.error?.category == .notResumable)
  }

  @Test("counts what was there against the limit")
  func limit() throws {
    let outcome = try outcome(TestServer.url("ranges"), from: 50_000, limit: 99_999)
    #expect(outcome.error?.code == .overLimit(99_999))
    #expect(outcome.bytes.isEmpty)
  }

  @Test("puts a file together from connections that break", arguments: [7000, 20_000, 33_333])
  func pieces(count: Int) throws {
    var bytes: [UInt8] = []
    var attempts = 0
    while bytes.count < content.count, attempts < 20 {
      attempts += 1
      do {
        try fetch(
          TransferRequest(
            url: TestServer.url("cut-ranges/\(count)"), resumeOffset: bytes.count,
            byteLimit: content.count),
          begin: { #expect($0.offset == bytes.count) },
          sink: { chunk in for index in chunk.indices { bytes.append(chunk[index]) } })
      } catch let error as TransferError {
        #expect(error.code == .truncated)
      }
    }
    #expect(bytes == content)
    #expect(attempts == (content.count + count - 1) / count)
  }
}
