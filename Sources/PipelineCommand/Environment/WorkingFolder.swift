internal import Glibc

/// The folder that the process was started in.
enum WorkingFolder {
  /// The absolute path of the folder, or `/` where it has been removed.
  static var path: String {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: the array has the given size and outlives the call.
    let found = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe getcwd(buffer.baseAddress, buffer.count) != nil
    }
    guard found else { return "/" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A mirror as steps get it: a URL as it is, the path of a folder made absolute.
  static func absolute(_ mirror: String) -> String {
    if mirror.contains("://") || mirror.hasPrefix("/") { return mirror }
    return (path == "/" ? "" : path) + "/" + mirror
  }
}
