import Foundation
import Programs

/// A library with the names of NVIDIA's, compiled for a test.
struct FakeDriver {
  static let compiler = ["cc", "clang", "gcc"].map { "/usr/bin/\($0)" }.first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Its GPUs are busy to 37 %, 47 %, …, with one more gigabyte in use each.
  private static let source = """
    #include <stdint.h>
    int nvmlInit_v2(void) { return INIT; }
    int nvmlDeviceGetCount_v2(unsigned int *count) { *count = COUNT; return 0; }
    int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **gpu) {
      *gpu = (void *)(uintptr_t)(index + 1);
      return index == LOST ? 15 : 0;
    }
    int nvmlDeviceGetUtilizationRates(void *gpu, unsigned int *rates) {
      rates[0] = BUSY + 10 * ((unsigned int)(uintptr_t)gpu - 1);
      rates[1] = 0;
      return 0;
    }
    #ifndef INCOMPLETE
    int nvmlDeviceGetMemoryInfo(void *gpu, unsigned long long *memory) {
      memory[0] = memory[1] = 0;
      memory[2] = USED * (uintptr_t)gpu;
      return 0;
    }
    #endif
    """

  /// What makes the command see the file of a driver's device, whether or not there is one.
  private static let gateSource = """
    #include <fcntl.h>
    #include <string.h>
    #include <unistd.h>
    int access(const char *path, int mode) {
      return strcmp(path, "/dev/nvidiactl") == 0 ? 0 : faccessat(AT_FDCWD, path, mode, 0);
    }
    """

  let folder: URL

  var library: String { folder.appending(path: "libnvidia-ml.so.1").path }
  var gate: String { folder.appending(path: "gate.so").path }

  /// Compiles the library, as `changes` say instead of what is usual.
  init(in folder: URL, _ changes: [String: String] = [:]) throws {
    self.folder = folder
    let usual = ["INIT": "0", "COUNT": "2", "LOST": "99", "BUSY": "37", "USED": "1000000000ull"]
    let names = usual.merging(changes) { $1 }.map { "-D\($0.key)=\($0.value)" }
    try compile(Self.source, names, to: library)
    try compile(Self.gateSource, [], to: gate)
  }

  private func compile(_ source: String, _ options: [String], to path: String) throws {
    let file = folder.appending(path: "source.c")
    try Data(source.utf8).write(to: file)
    let result = try Program(
      Self.compiler ?? "cc", options + ["-shared", "-fPIC", "-o", path, file.path]
    ).result()
    guard result.status == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
