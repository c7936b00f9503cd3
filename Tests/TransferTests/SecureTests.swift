import Foundation
import Testing
import Transfer

@Suite("A secure transfer", .enabled(if: TestServer.isSecure, "\(TestServer.secureReason)"))
struct SecureTests {
  private func secure(_ path: String, _ service: String, trusting: Bool = true) throws -> Outcome {
    try outcome(TestServer.url(path, service)) {
      if trusting { $0.authoritiesFile = TestServer.authorities }
    }
  }

  @Test("brings the bytes from a host whose certificate is good")
  func good() throws {
    let outcome = try secure("whole", "good")
    #expect(outcome.error == nil)
    #expect(outcome.bytes == TestServer.content)
    #expect(try secure("hops/2", "good").bytes == TestServer.content)
  }

  @Test(
    "brings nothing from a host whose certificate is not",
    arguments: ["expired", "otherhost", "selfsigned"], [true, false])
  func bad(service: String, trusting: Bool) throws {
    let outcome = try secure("whole", service, trusting: trusting)
    #expect(outcome.error?.code == .certificateRefused)
    #expect(outcome.error?.category == .unreachable)
    #expect(outcome.bytes.isEmpty && outcome.beginCount == 0)
  }

  @Test("does not know the tests' authority by itself")
  func unknownAuthority() throws {
    #expect(try secure("whole", "good", trusting: false).error?.code == .certificateRefused)
  }

  @Test("is not led away from https")
  func redirects() throws {
    #expect(try secure("to-plain", "good").error?.code == .redirectRefused)
    #expect(try secure("to-file", "good").error?.code == .redirectRefused)
    let upgraded = try outcome(TestServer.url("to-secure")) {
      $0.authoritiesFile = TestServer.authorities
    }
    #expect(upgraded.error == nil && upgraded.bytes == TestServer.content)
  }

  @Test("does not speak to a server without encryption")
  func plainServer() throws {
    let port = TestServer.shared?.ports["plain"] ?? 0
    let outcome = try outcome("https://localhost:\(port)/whole")
    #expect(outcome.error?.code == .secureConnectionFailed)
  }
}
