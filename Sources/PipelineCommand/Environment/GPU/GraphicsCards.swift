internal import SystemPackage

/// The graphics cards that the kernel tells of in `/sys/class/drm`: AMD's, and all whose drivers have the same files.
struct GraphicsCards {
  private let folders: [FilePath]

  var isEmpty: Bool { folders.isEmpty }

  /// Finds the cards that tell how busy they are or how much of their memory is in use.
  ///
  /// - Parameter root: The folder that `/sys` is in.
  init(root: FilePath) {
    folders = (0..<GPUDevices.limit).map { number in
      root.appending("sys/class/drm/card\(number)/device")
    }.filter { folder in
      [Self.busy, Self.memory].contains { Self.exists(folder.appending($0)) }
    }
  }

  /// What each card does now, in the kernel's order.
  func usage() -> [GPUUsage] {
    folders.map { folder in
      GPUUsage(
        busyPercent: Self.number(in: folder.appending(Self.busy)),
        memoryBytes: Self.number(in: folder.appending(Self.memory)))
    }
  }

  private static let busy = "gpu_busy_percent"
  private static let memory = "mem_info_vram_used"

  private static func exists(_ path: FilePath) -> Bool {
    (try? FileDescriptor.open(path, .readOnly, options: .nonBlocking).closeAfter {}) != nil
  }

  private static func number(in path: FilePath) -> Int? {
    Int(Machine.text(of: path.string).prefix { $0 != "\n" })
  }
}
