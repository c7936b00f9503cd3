internal import CPosix
public import ContentAddressing
internal import Synchronization
public import SystemPackage

// MARK: Writing

extension ArtifactStore {
  /// Begins a new blob.
  ///
  /// - Parameter expected: How many bytes will come, where that is known; said when the disk is full.
  /// - Returns: A writer, of which nothing is seen before it is finished.
  /// - Throws: ``StoreError`` with the code `readOnly`, `diskFull` or `system`.
  public func blobWriter(expecting expected: Int? = nil) throws(StoreError) -> BlobWriter {
    try BlobWriter(store: self, expecting: expected)
  }

  /// When the name of an object survives a power cut; its bytes always do before it has the name.
  public enum NameDurability: Hashable, Sendable {
    /// When the call returns.
    case now
    /// When a result that names the object is published: several folders are then synced at once.
    case withResult
  }

  /// Publishes `bytes` as a blob.
  ///
  /// What is there already, and was right when it was looked at last, costs no writing.
  @discardableResult
  public func putBlob(
    _ bytes: [UInt8], name durability: NameDurability = .now
  ) throws(StoreError) -> Content {
    try requireWritable()
    if bytes.count <= Self.smallSize {
      let content = Content(of: bytes)
      if try contains(content), (try? verify(content, trust: .metadata)) != nil {
        if durability == .now { try makeDurable([content.digest]) }
        return content
      }
    }
    let staged = try stage(bytes)
    try placeObject(staged, name: durability)
    return staged.content
  }

  /// Up to this many bytes are hashed before it is known whether they must be written.
  private static let smallSize = 1 << 20

  /// A path that no file has yet, for a library that writes a file by itself; then ``adopt(_:)``.
  ///
  /// It is on the store's file system and is removed when the store is closed.
  ///
  /// - Parameter suffix: An ending such as `.h5`, for libraries that look at it.
  /// - Returns: The path.
  /// - Throws: ``StoreError`` with the code `invalidName`, `readOnly`, `diskFull` or `system`.
  public func scratchFile(suffix: String = "") throws(StoreError) -> FilePath {
    guard suffix.isEmpty || String(suffix.drop { $0 == "." }).isSafeName else {
      throw StoreError(.invalidName(suffix), path)
    }
    return try temporaryPath(suffix: suffix)
  }

  /// A new empty folder on the store's file system, removed when the store is closed.
  public func scratchFolder() throws(StoreError) -> FilePath {
    let folder = try temporaryPath()
    try files.makeDirectory(folder)
    return folder
  }

  /// Publishes a closed file that somebody else wrote, and takes it away from its place.
  ///
  /// The file is hashed, made read-only and durable, then linked. A file on another file system is
  /// copied. Nobody may write to it any more.
  ///
  /// - Complexity: O(*n*) in the size of the file.
  public func adopt(
    _ path: FilePath, name durability: NameDurability = .now
  ) throws(StoreError) -> Content {
    try requireWritable()
    let files = files
    let file = try files.open(path, .reading)
    let content: Content
    do throws(StoreError) {
      content = try files.content(of: file)
      try files.setPermissions(file, 0o444)
      try files.sync(file)
    } catch {
      files.closeQuietly(file)
      throw error
    }
    try files.close(file)
    do throws(StoreError) {
      try placeObject(StagedFile(path: path, content: content), name: durability)
    } catch {
      guard case .system(_, .improperLink) = error.code else { throw error }
      let source = try files.open(path, .reading)
      defer { files.closeQuietly(source) }
      let copied = try copy(source, expecting: content.byteCount)
      try files.unlink(path)
      return copied
    }
    return content
  }

  /// Publishes a staged file under its digest.
  func placeObject(
    _ staged: StagedFile, name durability: NameDurability = .now
  ) throws(StoreError) {
    let digest = staged.content.digest
    let target = layout.object(digest)
    try place(staged, at: target, name: durability) { path throws(StoreError) in
      // What is there may be what made this step run again, so its metadata is not believed.
      try examine(digest, at: path) == staged.content
    }
    if durability == .now { durable.withLock { _ = $0.insert(digest) } }
    try rememberStatus(of: staged.content)
  }
}

// MARK: Looking

extension ArtifactStore {
  /// How sure a reader wants to be of bytes that were hashed before.
  public enum Trust: Hashable, Sendable {
    /// Hash them now. For everything whose bytes are read.
    case hash
    /// Believe that a file whose device, inode, size and times are those of its last hashing has not
    /// changed, unless it is younger than two seconds or the store is paranoid.
    case metadata
  }

  /// Whether an object of this name and size is there, whatever its bytes.
  public func contains(_ content: Content) throws(StoreError) -> Bool {
    guard let status = try files.status(layout.object(content.digest)) else { return false }
    return status.isRegularFile && status.size == content.byteCount
  }

  /// Where an object lies or would lie.
  public func path(of digest: Digest) -> FilePath { layout.object(digest) }

  /// Verifies an object and returns its path, for a library that opens files by itself.
  ///
  /// - Throws: ``StoreError`` with the code `missingObject`, `damagedObject` or `system`.
  /// - Complexity: O(*n*) in the size of the object, or O(1) where its metadata is trusted.
  public func verifiedPath(
    of content: Content, trust: Trust = .hash
  ) throws(StoreError) -> FilePath {
    try verify(content, trust: trust)
    return layout.object(content.digest)
  }

  /// Checks that an object is there and has the bytes that its name promises.
  public func verify(_ content: Content, trust: Trust = .hash) throws(StoreError) {
    let path = layout.object(content.digest)
    guard let status = try files.status(path) else {
      throw StoreError(.missingObject(content.digest), path)
    }
    if trust == .metadata, !isParanoid, status.size == content.byteCount,
      isKnown(content.digest, status)
    {
      return
    }
    // A wrong size needs no hashing to be wrong, but the message names what was found.
    let found = try examine(content.digest, at: path)
    guard found == content else {
      throw StoreError(.damagedObject(expected: content.digest, found: found), path)
    }
  }

  /// Hashes the object's file as it is, and remembers its metadata if it is right.
  ///
  /// A digest that differs is computed a second time: memory errs too.
  func examine(_ digest: Digest, at path: FilePath) throws(StoreError) -> Content {
    var found = try examineOnce(digest, at: path)
    if found.digest != digest { found = try examineOnce(digest, at: path) }
    return found
  }

  /// What each of some objects holds, hashed on all cores.
  func examine(_ digests: [Digest]) -> [Result<Content, StoreError>] {
    let results = Mutex<[Int: Result<Content, StoreError>]>([:])
    @Sendable func look(_ index: Int) -> Result<Content, StoreError> {
      Result { () throws(StoreError) in
        try examine(digests[index], at: layout.object(digests[index]))
      }
    }
    Self.forEach(count: digests.count) { index in
      let result = look(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { found in digests.indices.map { found[$0] ?? look($0) } }
  }

  /// Calls `body` with each number below `count`, on all cores, and returns when all calls have.
  private static func forEach(count: Int, _ body: @Sendable (Int) -> Void) {
    typealias Body = @Sendable (Int) -> Void
    withoutActuallyEscaping(body) { body in
      // SAFETY: the pointer is read as what it points to, and only until the C function returns.
      unsafe withUnsafePointer(to: body) { pointer in
        unsafe cposix_for_each(
          Int64(count), cposix_available_cores(),
          { context, index in
            guard let context = unsafe context else { return }
            unsafe context.assumingMemoryBound(to: Body.self).pointee(Int(index))
          }, UnsafeMutableRawPointer(mutating: pointer))
      }
    }
  }

  private func examineOnce(_ digest: Digest, at path: FilePath) throws(StoreError) -> Content {
    guard let file = try files.openIfPresent(path, .reading) else {
      throw StoreError(.missingObject(digest), path)
    }
    defer { files.closeQuietly(file) }
    let before = try files.status(file)
    let content = try files.content(of: file)
    let after = try files.status(file)
    if content.digest == digest, before == after { remember(digest, after) }
    return content
  }
}
