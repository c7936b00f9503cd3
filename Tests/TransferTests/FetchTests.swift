import Foundation
import Testing
import Transfer

/// What a transfer gave.
struct Outcome {
  var bytes: [UInt8] = []
  var response: TransferResponse?
  var error: TransferError?
  var beginCount = 0
}

/// Fetches and keeps everything.
func outcome(
  _ url: String, from offset: Int = 0, limit: Int? = nil,
  configure: (inout TransferRequest) -> Void = { _ in }
) throws -> Outcome {
  var request = TransferRequest(url: url, resumeOffset: offset, byteLimit: limit)
  configure(&request)
  var outcome = Outcome()
  do {
    outcome.response = try fetch(
      request,
      begin: { _ in outcome.beginCount += 1 },
      sink: { chunk in for index in chunk.indices { outcome.bytes.append(chunk[index]) } })
  } catch let error as TransferError {
    outcome.error = error
    #expect(error.receivedByteCount == outcome.bytes.count)
    #expect(error.description.hasPrefix("\(url): "))
  }
  return outcome
}

@Suite("A transfer", .enabled(if: TestServer.isAvailable, "\(TestServer.reason)"))
struct FetchTests {
  let content = TestServer.content

  @Test("brings the bytes as they are", arguments: ["whole", "ranges", "unannounced", "hops/5"])
  func whole(path: String) throws {
    let outcome = try outcome(TestServer.url(path), limit: content.count)
    #expect(outcome.error == nil)
    #expect(outcome.bytes == content)
    #expect(outcome.beginCount == 1)
    #expect(outcome.response?.status == 200)
    #expect(outcome.response?.offset == 0)
    #expect(outcome.response?.totalByteCount == (path == "unannounced" ? nil : content.count))
  }

  @Test("tells the URL that answered")
  func finalURL() throws {
    let outcome = try outcome(TestServer.url("hops/3"))
    #expect(outcome.response?.url == TestServer.url("whole"))
  }

  @Test("begins once for an empty body too")
  func empty() throws {
    let outcome = try outcome(TestServer.url("empty"))
    #expect(outcome.error == nil && outcome.bytes.isEmpty && outcome.beginCount == 1)
    #expect(outcome.response?.totalByteCount == 0)
  }

  @Test("names itself and asks for nothing compressed")
  func headers() throws {
    let outcome = try outcome(TestServer.url("headers")) { $0.userAgent = "pipeline/1" }
    let text = String(decoding: outcome.bytes, as: UTF8.self)
    #expect(text.contains("User-Agent: pipeline/1"))
    #expect(!text.contains("Accept-Encoding"))
    #expect(!text.contains("Range"))
  }

  @Test("reports progress up to the end")
  func progress() throws {
    var seen: [TransferProgress] = []
    try fetch(
      TransferRequest(url: TestServer.url("ranges"), resumeOffset: 40_000),
      progress: { seen.append($0) }, sink: { _ in })
    #expect(seen.last?.byteCount == content.count)
    #expect(seen.last?.totalByteCount == content.count)
    #expect(seen.allSatisfy { $0.byteCount >= 40_000 })
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.byteCount <= $1.byteCount })
  }

  // MARK: Failures

  @Test(
    "names what is wrong with an answer",
    arguments: [
      ("status/404", TransferError.Code.status(404)), ("status/403", .status(403)),
      ("status/500", .status(500)), ("status/503", .status(503)), ("status/204", .status(204)),
      ("loop", .tooManyRedirects), ("hops/6", .tooManyRedirects), ("cut/0", .truncated),
      ("cut/1", .truncated), ("cut/20000", .truncated), ("cut/99999", .truncated),
      ("nothing", .truncated), ("to-file", .redirectRefused), ("to-ftp", .redirectRefused),
      ("unasked", .wrongRange),
    ])
  func failures(path: String, code: TransferError.Code) throws {
    let outcome = try outcome(TestServer.url(path))
    #expect(outcome.error?.code == code)
    #expect(outcome.error?.category == (path == "unasked" ? .notResumable : .unreachable))
    if case .status = code { #expect(outcome.bytes.isEmpty) }
  }

  @Test("does not take garbage for an answer")
  func garbage() throws {
    let outcome = try outcome(TestServer.url("garbage"))
    #expect(outcome.error != nil && outcome.bytes.isEmpty)
  }

  @Test("brings a page that stands in for the file: only the digest can tell")
  func page() throws {
    let outcome = try outcome(TestServer.url("page"))
    #expect(outcome.error == nil)
    #expect(outcome.bytes == Array("<html>this domain is for sale</html>".utf8))
  }

  @Test("hands out what came before the connection ended", arguments: [1, 20_000])
  func cut(count: Int) throws {
    let outcome = try outcome(TestServer.url("cut/\(count)"))
    #expect(outcome.bytes == Array(content[..<count]))
  }

  @Test("stops at the announced size")
  func longer() throws {
    let outcome = try outcome(TestServer.url("longer"))
    #expect(outcome.bytes == content)
  }

  @Test("cannot connect where nobody listens, nor resolve what has no address")
  func unreachable() throws {
    #expect(try outcome("http://127.0.0.1:1/x").error?.code == .couldNotConnect)
    #expect(try outcome("http://nowhere.invalid/x").error?.code == .couldNotResolve)
  }

  @Test(
    "takes no other scheme",
    arguments: [
      "ftp://localhost/x", "gopher://localhost/x", "/etc/passwd", "localhost/x", "", "http:",
      "scp://x/y", "dict://localhost/x", "data:text/plain,x", "http://a b/", "HTTPX://x",
      "ldap://x",
    ])
  func schemes(url: String) throws {
    let outcome = try outcome(url)
    #expect(outcome.error != nil && outcome.bytes.isEmpty)
  }

  // MARK: Limits

  @Test("stops one byte beyond its limit", arguments: ["endless", "endless-chunks", "unannounced"])
  func limit(path: String) throws {
    for limit in [0, 1, 50_000, 99_999] {
      let outcome = try outcome(TestServer.url(path), limit: limit)
      #expect(outcome.error?.code == .overLimit(limit))
      #expect(outcome.error?.category == .wrongContent)
      #expect(outcome.bytes.count <= limit)
    }
  }

  @Test("takes no byte of an answer that announces more than the limit")
  func announcedLimit() throws {
    let outcome = try outcome(TestServer.url("whole"), limit: content.count - 1)
    #expect(outcome.error?.code == .overLimit(content.count - 1))
    #expect(outcome.bytes.isEmpty && outcome.beginCount == 0)
  }

  @Test("gives up on a server that has fallen silent", arguments: ["stall", "silence"])
  func silence(path: String) throws {
    let outcome = try outcome(TestServer.url(path)) { $0.idleTimeout = 1 }
    #expect(outcome.error?.code == .timedOut)
    #expect(outcome.error?.category == .unreachable)
    #expect(outcome.bytes.count == (path == "stall" ? 1000 : 0))
  }

  @Test("ends when it is cancelled: before, while bytes come, while nothing comes")
  func cancellation() throws {
    for path in ["whole", "endless", "stall", "silence"] {
      for after in [0, 1, 3] {
        var asked = 0
        let error = #expect(throws: TransferError.self) {
          try fetch(
            TransferRequest(url: TestServer.url(path == "whole" ? "endless" : path)),
            isCancelled: {
              asked += 1
              return asked > after
            }, sink: { _ in })
        }
        #expect(error?.code == .cancelled)
        #expect(error?.category == .cancelled)
      }
    }
  }

  @Test("passes on what its closures throw")
  func closures() throws {
    struct Full: Error {}
    let request = TransferRequest(url: TestServer.url("endless"))
    #expect(throws: Full.self) { try fetch(request, sink: { _ in throw Full() }) }
    #expect(throws: Full.self) {
      try fetch(request, begin: { _ in throw Full() }, sink: { _ in Issue.record("no byte") })
    }
  }

  @Test("asks the proxy that the environment names")
  func proxy() async {
    // In a process of its own, since the environment belongs to all of a process.
    await #expect(processExitsWith: .success) {
      setenv("http_proxy", TestServer.url(""), 1)
      unsetenv("no_proxy")
      let outcome = try outcome("http://somewhere.example/x")
      #expect(outcome.bytes == Array("proxied http://somewhere.example/x".utf8))
    }
  }
}
