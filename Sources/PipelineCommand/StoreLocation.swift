internal import ArtifactStore
internal import SystemPackage

/// Where the store is, by `--store`, `$PIPELINE_STORE` or the default.
struct StoreLocation {
  private let path: FilePath

  init(_ shared: SharedOptions) { path = FilePath(shared.storePath) }

  /// Opens the store for a run, creating it where there is none.
  func open(paranoid: Bool = false) throws -> ArtifactStore {
    try ArtifactStore(at: path, mode: .createIfMissing, isParanoid: paranoid)
  }

  /// Opens the store without ever writing to it; one that does not exist is an empty one.
  func openForReading() throws -> ArtifactStore {
    try ArtifactStore(at: path, mode: .readOnly)
  }
}
