public import ArtifactStore
public import ContentAddressing
internal import Synchronization
public import SystemPackage

/// Where a step puts its declared outputs; nothing is visible until the runner publishes the result.
public final class StepOutputs: Sendable {
  private let store: ArtifactStore

  /// Where ``reuse(_:_:)`` looks: during verification, another store than that of the outputs.
  private let source: ArtifactStore
  private let declared: Set<String>
  private let written = Mutex<[String: Content]>([:])

  init(store: ArtifactStore, declared: [String], source: ArtifactStore? = nil) {
    self.store = store
    self.source = source ?? store
    self.declared = Set(declared)
  }

  /// The contents put so far, by name.
  var contents: [String: Content] { written.withLock { $0 } }

  /// Stores `bytes` as the output `name`.
  ///
  /// - Throws: ``StoreError`` if they cannot be written.
  /// - Precondition: The step declares the output and has not stored it before.
  @discardableResult
  public func put(_ name: String, _ bytes: [UInt8]) throws -> Content {
    try record(name, try store.putBlob(bytes, name: .withResult))
  }

  /// A path in the store's temporary folder for a library that writes a file by itself.
  ///
  /// The file is removed when the process ends; ``adopt(_:from:)`` makes it an output.
  public func temporaryPath(for name: String) throws -> FilePath {
    try store.scratchFile(suffix: "-" + name)
  }

  /// A new empty folder for a program that writes files by itself.
  ///
  /// It is removed when the process ends; ``adopt(_:from:)`` makes a file in it an output.
  public func temporaryFolder() throws -> FilePath { try store.scratchFolder() }

  /// Takes over a finished file from ``temporaryPath(for:)`` as the output `name`.
  ///
  /// - Throws: ``StoreError`` if it cannot be made durable.
  /// - Precondition: The step declares the output and has not stored it before.
  @discardableResult
  public func adopt(_ name: String, from path: FilePath) throws -> Content {
    try record(name, try store.adopt(path, name: .withResult))
  }

  /// A writer that hashes what goes through it; ``put(_:from:)`` makes it an output.
  ///
  /// - Parameter byteCount: The size, if known: the space is checked before the work.
  /// - Returns: The writer; what goes through it is in the store only once it is an output.
  /// - Throws: ``StoreError`` if the disk has no room.
  public func writer(expecting byteCount: Int? = nil) throws -> BlobWriter {
    try store.blobWriter(expecting: byteCount)
  }

  /// Publishes what went through `writer` as the output `name`.
  @discardableResult
  public func put(_ name: String, from writer: BlobWriter) throws -> Content {
    try record(name, try writer.finish(name: .withResult))
  }

  /// Throws if the output would not fit on the disk.
  ///
  /// - Parameter byteCount: The least that the step will write, checkpoints included.
  /// - Throws: ``StoreError`` with the code `diskFull`: what is needed and what is free.
  public func requireSpace(_ byteCount: Int) throws { try store.requireSpace(byteCount) }

  /// Whether the store has a file of this name and size; its bytes are not read.
  public func isThere(_ content: Content) throws -> Bool { try source.contains(content) }

  /// Names a content that the store has already as the output `name`.
  ///
  /// - Returns: Whether the store has it, intact.
  /// - Throws: ``StoreError`` if it cannot be read.
  public func reuse(_ name: String, _ content: Content) throws -> Bool {
    guard try source.contains(content), (try? source.verify(content)) != nil else { return false }
    _ = try record(name, content)
    return true
  }

  private func record(_ name: String, _ content: Content) throws -> Content {
    precondition(declared.contains(name), "the step does not declare the output \(name)")
    let earlier = written.withLock { $0.updateValue(content, forKey: name) }
    precondition(earlier == nil, "the output \(name) was put twice")
    return content
  }
}
