public import ContentAddressing
internal import SystemPackage

/// A blob being written: hashed as it arrives, published when it is finished.
///
/// Until ``finish()`` returns nothing can be seen in the store; a writer that is dropped leaves nothing.
/// Use it from one thread at a time.
///
///     let writer = try store.blobWriter()
///     try writer.append(header)
///     try writer.append(body)
///     let content = try writer.finish()
public final class BlobWriter {
  private let store: ArtifactStore
  private let path: FilePath
  private let expected: Int?
  private var file: OpenFile?
  private var digester = Digester()
  private var pending: [UInt8] = []
  private var startedWriteback = 0

  /// Small appends are collected up to this size, larger ones go straight to the file.
  private static let bufferSize = 64 << 10

  /// After how many bytes the kernel is asked to begin writing out, so that the fsync at the end waits
  /// for the last piece only.
  private static let writebackStep = 8 << 20

  init(store: ArtifactStore, expecting expected: Int?) throws(StoreError) {
    self.store = store
    self.expected = expected
    path = try store.temporaryPath()
    file = try store.files.open(path, .creating)
  }

  deinit { abandon() }

  /// The number of bytes appended so far.
  public var byteCount: Int { digester.byteCount + pending.count }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``StoreError``; the writer is then of no further use.
  public func append(_ bytes: [UInt8]) throws(StoreError) {
    if pending.count + bytes.count <= Self.bufferSize {
      pending += bytes
    } else {
      try flush()
      try take(bytes)
    }
  }

  /// Adds bytes at the end.
  public func append(_ bytes: RawSpan) throws(StoreError) {
    try flush()
    try take(bytes)
  }

  /// Publishes what was appended and returns its name and size.
  ///
  /// - Throws: ``StoreError`` with the code `diskFull`, `system` or `readOnly`; then nothing was
  ///   published.
  public func finish(
    name durability: ArtifactStore.NameDurability = .now
  ) throws(StoreError) -> Content {
    let staged = try stage()
    try store.placeObject(staged, name: durability)
    return staged.content
  }

  /// Drops what was appended.
  public func abandon() {
    guard let file else { return }
    self.file = nil
    store.files.closeQuietly(file)
    try? store.files.unlink(path)
  }

  /// Completes the file without publishing it: length, permissions, fsync, close.
  func stage() throws(StoreError) -> StagedFile {
    let (staged, file) = try complete()
    do throws(StoreError) {
      let files = store.files
      try files.sync(file)
      // From here on the descriptor is closed, whether or not close says so.
      self.file = nil
      try files.close(file)
    } catch {
      abandon()
      try? store.files.unlink(path)
      throw error
    }
    return staged
  }

  /// Completes the file but for its fsync: the caller syncs it, with others, and closes it.
  func stageUnsynced() throws(StoreError) -> (staged: StagedFile, file: OpenFile) {
    let (staged, file) = try complete()
    self.file = nil
    return (staged, file)
  }

  /// Writes what is pending, checks the length, sets the permissions.
  private func complete() throws(StoreError) -> (staged: StagedFile, file: OpenFile) {
    try flush()
    let content = digester.content()
    let file = try openFile()
    do throws(StoreError) {
      let files = store.files
      let size = try files.status(file).size
      guard size == content.byteCount else {
        throw StoreError(
          .damagedObject(
            expected: content.digest, found: Content(digest: content.digest, byteCount: size)), path
        )
      }
      try files.setPermissions(file, 0o444)
    } catch {
      abandon()
      try? store.files.unlink(path)
      throw error
    }
    return (StagedFile(path: path, content: content), file)
  }

  private func flush() throws(StoreError) {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    try take(bytes)
  }

  private func take(_ bytes: [UInt8]) throws(StoreError) {
    // SAFETY: UInt8 has no padding, and the span does not outlive the array.
    try take(unsafe bytes.span.bytes)
  }

  private func take(_ bytes: RawSpan) throws(StoreError) {
    // SAFETY: the digester only reads the buffer, and only during the call.
    unsafe bytes.withUnsafeBytes { buffer in unsafe digester.update(buffer) }
    let file = try openFile()
    do throws(StoreError) {
      try store.files.write(bytes, to: file)
    } catch {
      abandon()
      if let expected, case .diskFull(_, let free) = error.code {
        throw StoreError(.diskFull(needed: expected, free: free), error.path)
      }
      throw error
    }
    if digester.byteCount - startedWriteback >= Self.writebackStep {
      store.files.operations.startWriteback(
        file, offset: startedWriteback, count: digester.byteCount - startedWriteback)
      startedWriteback = digester.byteCount
    }
  }

  private func openFile() throws(StoreError) -> OpenFile {
    guard let file else { throw StoreError(.system(call: "write", .badFileDescriptor), path) }
    return file
  }
}
