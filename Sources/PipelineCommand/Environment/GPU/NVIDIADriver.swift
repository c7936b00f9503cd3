internal import CNVML

/// The library of NVIDIA's driver, which tells what its GPUs do.
///
/// It may cross threads: the library is never unloaded, and NVIDIA promises that several threads may ask it.
@safe
struct NVIDIADriver: @unchecked Sendable {
  /// The file name of the library; the loader knows where the driver has put it.
  static let libraryName = "libnvidia-ml.so.1"

  private let library: OpaquePointer

  /// Loads the library, or is `nil` where there is no driver or it does not answer.
  ///
  /// - Parameters:
  ///   - device: A file that is there as long as the driver is.
  ///   - name: The file name or the path of the library.
  init?(device: String, name: String = Self.libraryName) {
    // SAFETY: both strings are terminated and live through the call; the result is never freed.
    guard let library = unsafe cnvml_open(device, name) else { return nil }
    unsafe self.library = unsafe library
  }

  /// What each GPU does now, in the driver's order.
  func usage() -> [GPUUsage] {
    var told = [cnvml_usage](repeating: cnvml_usage(), count: GPUDevices.limit)
    // SAFETY: the function writes no more than the given number of elements into the array.
    let count = unsafe cnvml_read(library, &told, Int32(told.count))
    return told.prefix(Int(count)).map {
      GPUUsage(busyPercent: Int($0.busy_percent), memoryBytes: Int($0.memory_bytes))
    }
  }
}
