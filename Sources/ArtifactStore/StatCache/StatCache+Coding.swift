internal import ContentAddressing

// The file: 32 bytes SHA-256 of the rest; then an entry of 72 bytes for each object, sorted by digest:
// digest, device, inode, size, modified, changed; integers little-endian.
extension StatCache {
  private static let entrySize = 32 + 5 * 8

  func encoded() -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(statuses.count * Self.entrySize)
    for (digest, status) in statuses.sorted(by: { $0.key < $1.key }) {
      body += digest.bytes
      for field in [
        status.device, status.inode, UInt64(status.size), UInt64(bitPattern: status.modified),
        UInt64(bitPattern: status.changed),
      ] {
        for shift in stride(from: 0, to: 64, by: 8) {
          body.append(UInt8(truncatingIfNeeded: field >> UInt64(shift)))
        }
      }
    }
    return Digest(of: body).bytes + body
  }

  /// The entries of a saved cache, or `nil` for anything but a whole one.
  static func decode(_ bytes: [UInt8]) -> [Digest: FileStatus]? {
    guard bytes.count >= 32, (bytes.count - 32) % entrySize == 0,
      Digest(bytes: bytes[..<32]) == Digest(of: bytes[32...])
    else { return nil }
    var statuses: [Digest: FileStatus] = [:]
    for start in stride(from: 32, to: bytes.count, by: entrySize) {
      guard let digest = Digest(bytes: bytes[start..<start + 32]) else { return nil }
      let fields = (0..<5).map { index in
        let first = start + 32 + index * 8
        return bytes[first..<first + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      statuses[digest] = FileStatus(
        device: fields[0], inode: fields[1], size: Int(truncatingIfNeeded: fields[2]),
        modified: Int64(bitPattern: fields[3]), changed: Int64(bitPattern: fields[4]),
        permissions: 0o444, isRegularFile: true, isDirectory: false)
    }
    return statuses
  }
}
