internal import CPosix
internal import ContentAddressing
internal import Glibc
internal import Kernels
internal import Steps
internal import SystemPackage

/// What this machine and this build are: for the record of a run, never for an artifact.
enum Machine {
  /// The number of cores that the kernel lets this process use, at least 1.
  static var availableCores: Int {
    max(1, Int(cposix_available_cores()))
  }

  /// The largest resident size of this process so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    // SAFETY: the kernel writes one `rusage`, which lives through the call.
    _ = unsafe getrusage(0 /* RUSAGE_SELF */, &usage)
    return usage.ru_maxrss * 1024
  }

  /// The processor time of this process so far, on all cores, in seconds.
  static var processorSeconds: Double {
    var usage = rusage()
    // SAFETY: the kernel writes one `rusage`, which lives through the call.
    _ = unsafe getrusage(0 /* RUSAGE_SELF */, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  /// The resident size of this process now, in bytes; 0 where the system does not tell.
  static var residentMemory: Int {
    let fields = text(of: "/proc/self/statm").split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// What this process has read from and written to disks so far, in bytes; `nil` where the system does not tell.
  ///
  /// What the page cache answers is not among it: it is the traffic of the device (proc(5), `/proc/pid/io`).
  static var diskTraffic: (read: Int, written: Int)? {
    var read: Int?
    var written: Int?
    for line in text(of: "/proc/self/io").split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else { continue }
      if parts[0] == "read_bytes:" { read = Int(parts[1]) }
      if parts[0] == "write_bytes:" { written = Int(parts[1]) }
    }
    guard let read, let written else { return nil }
    return (read, written)
  }

  /// What went over the networks of this machine so far, in bytes, without that from itself to itself.
  static var networkTraffic: (received: Int, sent: Int)? {
    var total: (received: Int, sent: Int)?
    for line in text(of: "/proc/self/net/dev").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, !parts[0].hasSuffix("lo") else { continue }
      let numbers = parts[1].split(separator: " ").map { Int($0) }
      guard numbers.count > 8, let received = numbers[0], let sent = numbers[8] else { continue }
      total = ((total?.received ?? 0) + received, (total?.sent ?? 0) + sent)
    }
    return total
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
    // SAFETY: the kernel writes one `utsname`, which lives through the call.
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

  /// The beginning of a small file of the kernel; nothing where it cannot be read.
  static func text(of path: String) -> String {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    // SAFETY: the buffer is the array's own storage, writable for the call.
    let count = (try? unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }) ?? 0
    try? file.close()
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
