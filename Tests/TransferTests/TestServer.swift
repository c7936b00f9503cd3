import Foundation
import Programs

/// The server of `server.py`, running as long as this process.
struct TestServer: Sendable {
  /// The ports by the kind of service.
  let ports: [String: Int]

  /// The resource that every path stands for.
  static let content: [UInt8] = (0..<100_000).map { UInt8(($0 * 7 + $0 / 256) % 251) }

  /// The authority that signed the good certificate.
  static var authorities: String { certificates.appending(path: "authority.pem").path }

  /// Where the server makes its certificates.
  private static let certificates = FileManager.default.temporaryDirectory
    .appending(path: "transfer-tests-\(ProcessInfo.processInfo.processIdentifier)")

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// Why the tests are skipped where there is no server.
  static let reason = "needs python3 for the server of the tests"

  static let isAvailable = shared != nil

  /// Why the tests of secure connections are skipped.
  static let secureReason = "needs python3 and openssl for the certificates of the tests"

  static let isSecure = shared?.ports["good"] != nil

  /// The one server; its pipe ends with this process, and then it ends too.
  static let shared: TestServer? = try? TestServer()

  /// Keeps the server's standard input open.
  private let server: RunningProgram

  private init() throws {
    setenv("no_proxy", "localhost,127.0.0.1", 1)
    try FileManager.default.createDirectory(
      at: Self.certificates, withIntermediateDirectories: true)
    server = try Program(
      "python3", [Self.folder.appending(path: "server.py").path, Self.certificates.path],
      input: .open
    ).start()
    ports = try JSONDecoder().decode([String: Int].self, from: Data(server.nextLine().utf8))
  }

  /// A URL of one of the services.
  static func url(_ path: String, _ service: String = "plain") -> String {
    let scheme = service == "plain" ? "http" : "https"
    return "\(scheme)://localhost:\(shared?.ports[service] ?? 0)/\(path)"
  }
}
