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

  /// The names of the entries of the folder, sorted.
  var names: [String] {
    ((try? manager.contentsOfDirectory(atPath: path.string)) ?? []).sorted()
  }

  /// Whether the name is a regular file, not a folder or a link.
  func isFile(_ name: String) -> Bool {
    let attributes = try? manager.attributesOfItem(atPath: path.appending(name).string)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// Makes a program among the inputs executable.
  func makeExecutable(_ file: FilePath) {
    try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.string)
  }

  /// Removes the folder and its contents; the rest is removed when the store is closed.
  func remove() { try? manager.removeItem(atPath: path.string) }
}
