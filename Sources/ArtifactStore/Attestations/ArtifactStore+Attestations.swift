public import ContentAddressing
internal import SystemPackage

// An attestation says that somebody computed a key again and what came out. Only ever added.
extension ArtifactStore {
  /// Adds an attestation to a key.
  ///
  /// - Parameters:
  ///   - body: Who, where, when and what came out; the runner's own form.
  ///   - key: The key that was computed again.
  /// - Throws: ``StoreError`` with the code `diskFull`, `unencodable` or `system`.
  public func addAttestation(_ body: CanonicalValue, to key: Digest) throws(StoreError) {
    try requireWritable()
    let folder = layout.attestations(key)
    let record: CanonicalValue = ["attestation": body, "key": .digest(key)]
    let bytes = try SealedRecord.encode(record, as: .attestation, for: folder)
    try makeDurableDirectory(folder)
    // Named by its digest: the same words twice are one attestation.
    let path = folder.appending(Digest(of: bytes).hex)
    try place(try stage(bytes), at: path) {
      path throws(StoreError) in try files.contents(of: path) == bytes
    }
    enroll(path)
  }

  /// The attestations of a key, in the order of their digests; damaged ones are left out.
  public func attestations(of key: Digest) throws(StoreError) -> [CanonicalValue] {
    let folder = layout.attestations(key)
    return try files.list(folder).compactMap { name in
      // fsck is who tells of damage.
      (try? attestation(at: folder.appending(name), of: key))
    }
  }

  /// The attestation at `path`, checked against its place; `nil` where there is none any more.
  func attestation(at path: FilePath, of key: Digest) throws(StoreError) -> CanonicalValue? {
    guard let bytes = try files.contents(of: path) else { return nil }
    let record = try SealedRecord.decode(bytes, as: .attestation, from: path)
    guard path.name == Digest(of: bytes).hex else {
      throw StoreError(.damagedRecord(reason: "its name is not its digest"), path)
    }
    guard record["key"]?.digest == key, let body = record["attestation"] else {
      throw StoreError(.damagedRecord(reason: "it belongs elsewhere"), path)
    }
    return body
  }
}
