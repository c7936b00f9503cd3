internal import SystemPackage

/// The GPUs of this machine that tell what they do: NVIDIA's by their driver's library, others by the kernel.
struct GPUDevices {
  /// The most GPUs of each kind that are asked.
  static let limit = 64

  private let driver: NVIDIADriver?
  private let cards: GraphicsCards

  /// Looks for GPUs, or is `nil` where there are none.
  ///
  /// - Parameters:
  ///   - root: The folder that `/dev` and `/sys` are in.
  ///   - library: The file name or the path of the library of NVIDIA's driver.
  init?(root: FilePath = "/", library: String = NVIDIADriver.libraryName) {
    driver = NVIDIADriver(device: root.appending("dev/nvidiactl").string, name: library)
    cards = GraphicsCards(root: root)
    if driver == nil, cards.isEmpty { return nil }
  }

  /// What each does now, always in the same order; nothing where none tells anything.
  func usage() -> [GPUUsage] {
    let usage = (driver?.usage() ?? []) + cards.usage()
    return usage.allSatisfy(\.isUnknown) ? [] : usage
  }
}
