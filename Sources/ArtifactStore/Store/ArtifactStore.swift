internal import ContentAddressing
internal import Synchronization
public import SystemPackage

/// A folder of artifacts that survives being killed at any moment.
///
/// It holds objects (bytes named by their SHA-256), the documents of step keys, result records,
/// checkpoints and run records. What a method has published when it returns is durable; what it has not
/// is absent or ignored. Invariant: a result record exists only if everything that it names is durable
/// and has the digest that it says. A record that names something missing or damaged is a miss.
///
/// All methods may be called from several threads and processes at once. `Documentation/StoreFormat.md`
/// describes the files.
public final class ArtifactStore: Sendable {
  /// What the store is opened for.
  public enum Mode: Hashable, Sendable {
    /// Reads and writes; makes the store where the path is absent or empty.
    case createIfMissing
    /// Reads and writes a store that is there.
    case openExisting
    /// Only reads: takes no lock and changes no byte, not even a cache.
    case readOnly
  }

  /// The folder of the store.
  public let path: FilePath

  public let mode: Mode

  /// Whether nothing is trusted that was not hashed just now.
  public let isParanoid: Bool

  package let layout: Layout
  package let files: Files
  let session: Mutex<Session?>
  let statCache: Mutex<StatCache>

  /// Objects whose names this process has made durable or seen durable.
  let durable: Mutex<Set<Digest>>

  /// Opens the store at `path`.
  ///
  /// - Parameters:
  ///   - path: The folder of the store.
  ///   - mode: What it is opened for.
  ///   - paranoid: Hash objects even where their metadata says that they have not changed since they
  ///     were hashed last.
  /// - Throws: ``StoreError`` with the code `storeMissing`, `notAStore`, `newerFormat`,
  ///   `damagedRecord` (the file `FORMAT`), `readOnly` or `system`.
  public convenience init(
    at path: FilePath, mode: Mode, paranoid: Bool = false
  ) throws(StoreError) {
    try self.init(at: path, mode: mode, paranoid: paranoid, operations: SystemFiles())
  }

  /// Opens the store at `path` through the given operations.
  package init(
    at path: FilePath, mode: Mode, paranoid: Bool = false, operations: any FileOperations
  ) throws(StoreError) {
    self.path = path
    self.mode = mode
    isParanoid = paranoid
    layout = Layout(root: path)
    files = Files(operations)
    session = Mutex(nil)
    statCache = Mutex(StatCache())
    durable = Mutex([])
    if let format = try files.contents(of: layout.format) {
      try StoreFormat.check(format, at: layout.format)
    } else if mode == .createIfMissing {
      try create()
    } else if try isFurnished() {
      throw StoreError(.damagedRecord(reason: "it is missing"), layout.format)
    } else {
      throw StoreError(.storeMissing, path)
    }
  }

  deinit { try? close() }

  /// Ends the use of the store: saves the stat cache, removes this process' temporary files and lease.
  ///
  /// Nothing that was published depends on it; a process that dies instead leaves files that the next
  /// `fsck --repair` removes. The store may go on being used.
  public func close() throws(StoreError) {
    guard mode != .readOnly else { return }
    try? saveStatCache()
    try endSession()
  }

  /// Refuses to change a store that was opened for reading.
  func requireWritable() throws(StoreError) {
    guard mode != .readOnly else { throw StoreError(.readOnly, path) }
  }
}

// MARK: Creating

extension ArtifactStore {
  /// Writes `FORMAT` anew where it is damaged or gone and everything beside it is that of a store.
  ///
  /// A damaged one is kept in `quarantine/`. What the store holds is proved by digests, not by this file.
  ///
  /// - Returns: Whether there was anything to mend.
  /// - Throws: ``StoreError`` where the file cannot be written.
  @discardableResult
  public static func repairFormat(at path: FilePath) throws(StoreError) -> Bool {
    do throws(StoreError) {
      _ = try ArtifactStore(at: path, mode: .openExisting)
      return false
    } catch {
      let layout = Layout(root: path)
      let files = Files(SystemFiles())
      guard case .damagedRecord = error.code else { throw error }
      for folder in ["objects/sha256", "keys", "results", "quarantine"] {
        guard try files.status(layout.folder(folder))?.isDirectory == true else { throw error }
      }
      var number = 1
      let aside = { layout.folder("quarantine").appending("FORMAT.\(number)") }
      while try files.status(aside()) != nil { number += 1 }
      if try files.status(layout.format) != nil { try files.rename(layout.format, aside()) }
      _ = try ArtifactStore(at: path, mode: .createIfMissing)
      return true
    }
  }

  /// Whether something was published here, so that the file `FORMAT` must have been there.
  private func isFurnished() throws(StoreError) -> Bool {
    for folder in ["keys", "results", "runs"] where try !files.list(layout.folder(folder)).isEmpty {
      return true
    }
    return false
  }

  /// Makes the folders, then `FORMAT`: a folder without it is no store yet and is made again.
  private func create() throws(StoreError) {
    var missing: [FilePath] = []
    var ancestor = path
    while try files.status(ancestor) == nil {
      missing.append(ancestor)
      guard let _ = ancestor.lastComponent else { break }
      let parent = ancestor.removingLastComponent()
      ancestor = parent.isEmpty ? "." : parent
    }
    for folder in missing.reversed() { try files.makeDirectory(folder) }
    // Files whose name begins with a dot (.gitignore, say) are the user's and stay.
    let own = Set(Layout.folders.map { $0.prefix { $0 != "/" } })
    let foreign = try files.list(path).first { !$0.hasPrefix(".") && !own.contains($0[...]) }
    guard foreign == nil else { throw StoreError(.notAStore, path) }
    for folder in Layout.folders { try files.makeDirectory(layout.folder(folder)) }
    let objects = layout.folder("objects/sha256")
    for prefix in Layout.fanOut { try files.makeDirectory(objects.appending(prefix)) }
    for folder in ["objects/sha256", "objects", "refs", "locks", ""] {
      try files.syncDirectory(folder.isEmpty ? path : layout.folder(folder))
    }
    for folder in missing {
      let parent = folder.removingLastComponent()
      try files.syncDirectory(parent.isEmpty ? "." : parent)
    }
    let staged = try stage(Array(StoreFormat.text.utf8))
    _ = try place(staged, at: layout.format) { _ throws(StoreError) in true }
  }
}
