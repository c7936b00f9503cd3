internal import ArtifactStore
internal import SystemPackage

/// Where the store is, by `--store`, `$PIPELINE_STORE` or the default.
struct StoreLocation {
  private let path: FilePath

  init(_ shared: SharedOptions) { self.init(shared.storePath) }

  init(_ path: String) { self.path = FilePath(path) }

  /// Opens the store for a run, creating it where there is none.
  func open(paranoid: Bool = false) throws -> ArtifactStore {
    try ArtifactStore(at: path, mode: .createIfMissing, paranoid: paranoid)
  }

  /// Opens an existing store to change the notes and tags of its runs.
  func openExisting() throws -> ArtifactStore { try ArtifactStore(at: path, mode: .openExisting) }

  /// Repairs the file that makes a folder a store, and returns whether that was necessary.
  func repairFormat() throws -> Bool { try ArtifactStore.repairFormat(at: path) }

  /// Opens the store without ever writing to it.
  func openForReading() throws -> ArtifactStore {
    try ArtifactStore(at: path, mode: .readOnly)
  }

  /// Opens the store without ever writing to it, or returns `nil` if no run has created one yet.
  func openIfPresent() throws -> ArtifactStore? {
    do {
      return try openForReading()
    } catch let error as StoreError where error.code == .storeMissing {
      return nil
    }
  }
}
