package import ContentAddressing
package import SystemPackage

/// Where things lie in a store.
package struct Layout: Sendable {
  package let root: FilePath

  /// The root and a slash.
  private let prefix: String

  package init(root: FilePath) {
    self.root = root
    prefix = root.isEmpty ? "" : root.string + "/"
  }

  private func path(_ inside: String) -> FilePath { FilePath(prefix + inside) }

  /// The folders directly under the root, in the order of their making.
  static let folders = [
    "objects", "objects/sha256", "keys", "results", "attest", "checkpoints", "runs", "refs",
    "refs/tags", "leases", "locks", "locks/steps", "tmp", "trash", "quarantine", "cache",
  ]

  /// The first two hexadecimal digits of a digest, all 256 of them.
  static let fanOut = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

  func folder(_ name: String) -> FilePath { path(name) }

  /// The part of a path below the root, or `nil` for a path elsewhere.
  func inside(_ path: FilePath) -> String? {
    path.string.hasPrefix(prefix) ? String(path.string.dropFirst(prefix.count)) : nil
  }

  var format: FilePath { path("FORMAT") }

  package func objectFolder(_ digest: Digest) -> FilePath {
    path("objects/sha256/" + digest.hex.prefix(2))
  }

  package func object(_ digest: Digest) -> FilePath {
    let hex = digest.hex
    return path("objects/sha256/" + hex.prefix(2) + "/" + hex)
  }

  package func key(_ key: Digest) -> FilePath { path("keys/" + key.hex) }
  package func results(_ key: Digest) -> FilePath { path("results/" + key.hex) }
  package func attestations(_ key: Digest) -> FilePath { path("attest/" + key.hex) }
  package func checkpoints(_ key: Digest) -> FilePath { path("checkpoints/" + key.hex) }
  package func stepLock(_ key: Digest) -> FilePath { path("locks/steps/" + key.hex) }
  package func run(_ id: RunID) -> FilePath { path("runs/" + id.description) }
  package func tag(_ name: String) -> FilePath { path("refs/tags/" + name) }
}

extension String {
  /// Whether this may become one component of a path: 1 to 64 of `A-Za-z0-9._-`, no dot in front.
  package var isSafeName: Bool {
    (1...64).contains(utf8.count) && utf8.first != UInt8(ascii: ".")
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
