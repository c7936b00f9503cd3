internal import CPosix
internal import ContentAddressing
internal import Glibc
internal import Kernels
internal import Steps
internal import SystemPackage

/// Facts about this machine and this build, for the record of a run, never for an artifact.
enum Machine {
  /// The number of cores that the kernel lets this process use, at least 1.
  static var availableCores: Int {
    max(1, Int(cposix_available_cores()))
  }

  /// The largest resident size of this process so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    // SAFETY: the kernel writes one `rusage`, which outlives the call.
    _ = unsafe getrusage(0 /* RUSAGE_SELF */, &usage)
    return usage.ru_maxrss * 1024
  }

  /// The environment as the record of a run keeps it.
  static func environment(threads: Int, instructionSet: String?) -> [String: CanonicalValue] {
    [
      "version": .string(PipelineCommand.version),
      "numerics": .string(StepLibrary.numericsVersion),
      "cpu": .string(processor), "cores": .integer(availableCores), "threads": .integer(threads),
      "instruction_set": .string(
        instructionSet ?? (try? InstructionSet.detected().rawValue) ?? "unsupported"),
      "system": .string(system), "host": .string(host),
      "libraries": .array(StepLibrary.libraryVersions.map { .string($0) }),
    ]
  }

  /// The name of the processor, from `/proc/cpuinfo`.
  static var processor: String {
    let lines = text(of: "/proc/cpuinfo").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
    let name = model?.split(separator: ":", maxSplits: 1).last.map(String.init) ?? "unknown"
    return String(name.drop { $0 == " " })
  }

  /// The system's name and release, for example `Linux 6.1.0 x86_64`.
  static var system: String {
    var names = utsname()
    // SAFETY: the kernel writes one `utsname`, which outlives the call.
    guard unsafe uname(&names) == 0 else { return "unknown" }
    return "\(string(names.sysname)) \(string(names.release)) \(string(names.machine))"
  }

  static var host: String {
    var names = utsname()
    // SAFETY: as above.
    guard unsafe uname(&names) == 0 else { return "unknown" }
    return string(names.nodename)
  }

  private static func string<Field>(_ field: Field) -> String {
    var field = field
    // SAFETY: the fields of a `utsname` are terminated arrays of bytes.
    return unsafe withUnsafeBytes(of: &field) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The beginning of a small file of the kernel; nothing if it cannot be read.
  static func text(of path: String) -> String {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    // SAFETY: the buffer is the array's own storage, writable for the call.
    let count = (try? unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }) ?? 0
    try? file.close()
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
