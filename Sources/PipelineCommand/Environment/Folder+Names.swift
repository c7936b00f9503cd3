internal import Glibc
internal import PipelineSpec
internal import SystemPackage

extension Folder {
  /// The names of the entries of a folder, sorted; none if it cannot be read.
  static func names(in path: String) -> [String] {
    // SAFETY: the string is terminated and outlives the call; the stream is closed below.
    guard let folder = unsafe FilePath(path).withPlatformString({ unsafe opendir($0) }) else {
      return []
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    // A limit, since a folder of millions must not delay a message.
    while names.count < 10_000, let entry = unsafe readdir(folder) {
      // SAFETY: the kernel terminates the name, which is copied before the next entry is read.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The most similar path to a missing file.
  static func nearest(to path: String, where isMeant: (String) -> Bool = { _ in true }) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let found = Suggestion.nearest(to: name, among: names(in: folder).filter(isMeant)) else {
      return nil
    }
    return slash == nil ? found : joined(folder, found)
  }
}
