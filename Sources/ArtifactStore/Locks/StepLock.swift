internal import Synchronization
public import SystemPackage

/// The exclusive right to compute one key, held until ``release()`` or the death of the process.
public final class StepLock: Sendable {
  /// The file that is locked.
  public let path: FilePath

  private let files: Files
  private let file: Mutex<OpenFile?>

  init(file: OpenFile, files: Files) {
    path = file.path
    self.files = files
    self.file = Mutex(file)
  }

  deinit { release() }

  /// Lets go; a second call does nothing.
  public func release() {
    let held = file.withLock { file in
      defer { file = nil }
      return file
    }
    guard let held else { return }
    // Removed first: whoever locks the removed file finds that its path leads elsewhere.
    try? files.unlink(path)
    files.closeQuietly(held)
  }
}

/// What to do while another process holds a lock.
public enum WaitDecision: Hashable, Sendable {
  case keepWaiting, giveUp
}
