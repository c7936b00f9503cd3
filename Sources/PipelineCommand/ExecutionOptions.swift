internal import ArgumentParser
internal import Kernels
internal import Pipeline

/// How to compute; does not affect results.
struct ExecutionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Number of compute threads (default: all cores).", valueName: "n"))
  var threads: Int?

  @Option(name: .long, help: ArgumentHelp("Instruction set: auto, v2, v3, v4.", valueName: "set"))
  var isa: String?

  @Flag(name: .long, help: "Use only mirrors and file: URLs.")
  var offline = false

  @Option(
    name: .long,
    help: ArgumentHelp("Additional folder or base URL to fetch from.", valueName: "dir-or-url"))
  var mirror: [String] = []

  /// The resources that the options and the environment describe.
  ///
  /// - Throws: ``CommandError`` for a number of threads below one or an unknown instruction set.
  func resources() throws(CommandError) -> StepResources {
    if let threads, threads < 1 || threads > 4096 {
      throw CommandError(.usage, "--threads takes a number from 1 to 4096, not \(threads)")
    }
    var set = isa ?? ProcessEnvironment.value("PIPELINE_ISA")
    if set == "auto" { set = nil }
    if let set { _ = try Self.instructionSet(set) }
    let listed = ProcessEnvironment.value("PIPELINE_MIRRORS").map(Self.mirrors) ?? []
    var resources = StepResources(
      threads: threads ?? Machine.availableCores, instructionSet: set,
      mirrors: (mirror + listed).map(WorkingFolder.absolute), isOffline: offline)
    if let path = ProcessEnvironment.value("PATH") { resources.searchPath = path }
    return resources
  }

  /// The colon-separated entries of `$PIPELINE_MIRRORS`; the colon of `https://` separates nothing.
  static func mirrors(_ list: String) -> [String] {
    var entries: [String] = []
    for part in list.split(separator: ":", omittingEmptySubsequences: true) {
      if part.hasPrefix("//"), let scheme = entries.last,
        ["http", "https", "file"].contains(scheme)
      {
        entries[entries.count - 1] = "\(scheme):\(part)"
      } else if let last = entries.last, last.contains("://"), part.first?.isNumber == true {
        entries[entries.count - 1] = "\(last):\(part)"
      } else {
        entries.append(String(part))
      }
    }
    return entries
  }

  /// - Throws: ``CommandError`` for an unknown name, or one that this CPU does not support.
  static func instructionSet(_ name: String) throws(CommandError) -> InstructionSet {
    guard let set = InstructionSet(rawValue: name) else {
      throw CommandError(.usage, "--isa takes auto, v2, v3 or v4, not “\(name.shown)”")
    }
    guard InstructionSet.available.contains(set) else {
      throw CommandError(
        .usage, "this CPU does not support \(name); `pipeline doctor` shows what it supports")
    }
    return set
  }
}
