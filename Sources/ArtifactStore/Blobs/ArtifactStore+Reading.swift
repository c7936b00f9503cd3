internal import CPosix
public import ContentAddressing
public import SystemPackage

extension ArtifactStore {
  /// The bytes of an object, verified.
  ///
  /// - Throws: ``StoreError`` with the code `missingObject`, `damagedObject` or `system`.
  public func read(_ content: Content) throws(StoreError) -> [UInt8] {
    let path = layout.object(content.digest)
    guard let file = try files.openIfPresent(path, .reading) else {
      throw StoreError(.missingObject(content.digest), path)
    }
    defer { files.closeQuietly(file) }
    let size = try files.status(file).size
    guard size == content.byteCount else {
      throw StoreError(
        .damagedObject(expected: content.digest, found: try files.content(of: file)), path)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while true {
      let piece = try files.read(file, upTo: Files.chunk)
      if piece.isEmpty { break }
      bytes += piece
    }
    let found = Content(of: bytes)
    guard found == content else {
      throw StoreError(.damagedObject(expected: content.digest, found: found), path)
    }
    return bytes
  }

  /// Calls `body` with the verified bytes of an object, mapped rather than read into memory.
  ///
  /// The bytes are hashed before `body` runs, so a damaged object is never seen.
  ///
  /// - Parameters:
  ///   - content: The name and size of the object.
  ///   - body: A closure that reads the bytes, which do not outlive the call.
  /// - Returns: What `body` returns.
  /// - Throws: ``StoreError`` with the code `missingObject`, `damagedObject` or `system`.
  /// - Complexity: O(*n*) in the size of the object.
  public func withBytes<Result>(
    of content: Content, _ body: (RawSpan) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    guard content.byteCount > 0 else {
      try verify(content)
      return try body(RawSpan())
    }
    let path = layout.object(content.digest)
    guard let file = try files.openIfPresent(path, .reading) else {
      throw StoreError(.missingObject(content.digest), path)
    }
    defer { files.closeQuietly(file) }
    // Hashed by reading: a medium that fails then is an error, through the mapping it were a signal.
    let found = try files.content(of: file)
    guard found == content else {
      throw StoreError(.damagedObject(expected: content.digest, found: found), path)
    }
    guard let memory = unsafe cposix_map(file.number, content.byteCount) else {
      throw StoreError(.system(call: "mmap", .noMemory), path)
    }
    defer { unsafe cposix_unmap(memory, content.byteCount) }
    // SAFETY: the mapping covers `byteCount` readable bytes until the end of this scope, and the span
    // cannot leave `body`. Objects are read-only and never cut in place.
    let span = unsafe RawSpan(_unsafeStart: memory, byteCount: content.byteCount)
    return try body(span)
  }

  /// Copies an object out of the store, verified; shares its blocks where the file system can.
  ///
  /// Never a hard link: what is done to the copy does nothing to the store.
  ///
  /// - Parameters:
  ///   - content: The name and size of the object.
  ///   - destination: A path at which nothing is yet.
  ///   - isDurable: Whether the bytes must outlive a power cut; not so in a folder that is swept.
  /// - Throws: ``StoreError`` with the code `missingObject`, `damagedObject`, `diskFull` or `system`.
  public func export(
    _ content: Content, to destination: FilePath, isDurable: Bool = true
  ) throws(StoreError) {
    try verify(content)
    let source = try files.open(layout.object(content.digest), .reading)
    defer { files.closeQuietly(source) }
    let copy = try files.open(destination, .creating)
    do throws(StoreError) {
      if (try? files.operations.clone(source, to: copy)) == nil {
        var digester = Digester()
        while true {
          let piece = try files.read(source, upTo: Files.chunk)
          if piece.isEmpty { break }
          digester.update(piece)
          try files.write(piece, to: copy)
        }
        guard digester.content() == content else {
          throw StoreError(
            .damagedObject(expected: content.digest, found: digester.content()), source.path)
        }
      }
      try files.setPermissions(copy, 0o644)
      if isDurable { try files.sync(copy) }
    } catch {
      files.closeQuietly(copy)
      try? files.unlink(destination)
      throw error
    }
    try files.close(copy)
  }
}
