internal import CHDF5
internal import Synchronization

/// The library underneath: its version, and the one lock through which every call goes.
///
/// libhdf5 keeps global state and is not thread-safe unless it was built so. Here every call is made
/// under one lock, with the library's habit of printing errors switched off (a setting of the calling
/// thread where the library is thread-safe) and loading of plug-ins forbidden.
public enum HDF5Library {
  /// The version of the library in use, as `1.10.8`.
  ///
  /// Bytes written depend on it: it belongs into the key of whatever writes a file.
  public static var version: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    // SAFETY: three integers to write to.
    _ = lock.withLock { _ in
      _ = isReady
      return unsafe H5get_libversion(&major, &minor, &release)
    }
    return "\(major).\(minor).\(release)"
  }

  private static let lock = Mutex<Void>(())

  /// Forbids plug-ins, once in a process: a filter named in a file must not load code.
  ///
  /// Before the first call of all it forbids the library to clean up when the process exits: after a
  /// file that could not be closed, on a full disk, that reads memory which is gone. Every file is closed
  /// by its owner, so nothing is left to do.
  private static let isReady: Bool =
    H5dont_atexit() >= 0 && H5open() >= 0 && H5PLset_loading_state(0) >= 0

  /// Calls into the library.
  ///
  /// A call that a signal interrupted is made again, as long as it may be: libhdf5 does so for reads and writes, not when it
  /// opens, cuts or grows a file.
  ///
  /// - Parameters:
  ///   - code: What it means if the result is negative.
  ///   - name: The file or object that is worked on, for the error.
  ///   - isRepeatable: Whether `body` may be called again after it has failed.
  ///   - body: One call, or several whose failure means the same.
  /// - Returns: The result, at least 0.
  /// - Throws: ``HDF5Error`` with `code`, and what the library says about it.
  static func call<Result: SignedInteger & Sendable>(
    _ code: HDF5Error.Code, _ name: String, isRepeatable: Bool = true, _ body: () -> Result
  ) throws(HDF5Error) -> Result {
    try lock.withLock { _ throws(HDF5Error) in
      let isSilent = isReady && H5Eset_auto2(chdf5_default_error_stack(), nil, nil) >= 0
      guard isSilent else { throw HDF5Error(.library, name: name, details: "") }
      chdf5_forget_interruption()
      var result = body()
      var attempts = 1
      while result < 0, isRepeatable, chdf5_was_interrupted(), attempts < Self.maximumAttempts {
        _ = takeErrors()
        chdf5_forget_interruption()
        result = body()
        attempts += 1
      }
      guard result >= 0 else { throw HDF5Error(code, name: name, details: takeErrors()) }
      return result
    }
  }

  /// How often a call is made that signals keep interrupting.
  private static var maximumAttempts: Int { 100 }

  /// Calls into the library where a failure shows in the result, or, in a `deinit`, has nobody to go to.
  static func ask<Result: Sendable>(_ body: () -> Result) -> Result {
    lock.withLock { _ in
      _ = isReady
      _ = H5Eset_auto2(chdf5_default_error_stack(), nil, nil)
      return body()
    }
  }

  /// The thread's error stack as one line, innermost first; the stack is empty afterwards.
  private static func takeErrors() -> String {
    var text = [CChar](repeating: 0, count: 2048)
    return unsafe text.withUnsafeMutableBufferPointer { buffer in
      // SAFETY: the shim writes at most `count` bytes, the last of them 0.
      unsafe chdf5_take_errors(buffer.baseAddress, buffer.count)
      return unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
  }
}
