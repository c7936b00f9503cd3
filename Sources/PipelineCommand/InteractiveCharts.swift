internal import SystemPackage

/// The library that makes the curves of a page zoom, where Debian's `libjs-dygraphs` is installed.
enum InteractiveCharts {
  /// Its text, or `nil`: the pages are complete without it.
  static var script: String? {
    let path: FilePath = "/usr/share/javascript/dygraphs/dygraph.min.js"
    guard let file = try? FileDescriptor.open(path, .readOnly) else { return nil }
    defer { try? file.close() }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    // SAFETY: the buffer is the array's own storage, writable for the call.
    while let count = try? unsafe chunk.withUnsafeMutableBytes({ try unsafe file.read(into: $0) }),
      count > 0, bytes.count < 1 << 20
    {
      bytes += chunk[..<count]
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
