internal import FoundationEssentials
internal import SystemPackage

/// The folder that a program runs in.
struct WorkFolder {
  /// The absolute path.
  let path: FilePath

  init(path: FilePath) {
    self.path =
      path.isAbsolute
      ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
  }

  private var manager: FileManager { .default }

  /// The names of what is in the folder, sorted.
  var names: [String] {
    ((try? manager.contentsOfDirectory(atPath: path.string)) ?? []).sorted()
  }

  /// Whether a file has the name: no folder, and no link to somewhere else.
  func isFile(_ name: String) -> Bool {
    let attributes = try? manager.attributesOfItem(atPath: path.appending(name).string)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// Lets a program among the inputs be started.
  func makeExecutable(_ file: FilePath) {
    try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.string)
  }

  /// Removes the folder with all that is in it; what cannot be removed goes when the store is closed.
  func remove() { try? manager.removeItem(atPath: path.string) }
}
