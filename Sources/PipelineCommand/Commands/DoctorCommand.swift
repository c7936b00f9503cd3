internal import ArgumentParser
internal import ContentAddressing
internal import Kernels
internal import Steps

/// `pipeline doctor`: what this machine supports, and what is missing.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what this machine supports, and what is missing.",
    usage: "pipeline doctor [<options>]")

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let sets = InstructionSet.available.map(\.rawValue)
    let chosen = try? InstructionSet.detected().rawValue
    let probe = FolderProbe(nearest: shared.storePath)
    let parts = OptionalPart.all
    let terminal = shared.terminal
    let isSound = chosen != nil && probe.isSound
    if shared.json {
      let value: CanonicalValue = [
        "schema": "pipeline.doctor/1", "version": .string(PipelineCommand.version),
        "numerics": .string(StepLibrary.numericsVersion), "ok": .boolean(isSound),
        "cpu": .string(Machine.processor),
        "instruction_sets": .array(sets.map { .string($0) }),
        "instruction_set": chosen.map { .string($0) } ?? .null,
        "threads": .integer(Machine.availableCores), "system": .string(Machine.system),
        "libraries": .array(StepLibrary.linkedLibraries.map { .string($0) }),
        "store": probe.value, "optional": .array(parts.map(\.value)),
      ]
      terminal.output(value.plainJSON())
    } else {
      let style = terminal.outputStyle
      func line(_ isFine: Bool, _ label: String, _ text: String) {
        terminal.output(
          "  \(isFine ? style.green("✓") : style.red("✗")) \(label.padded(to: 21)) \(text)")
      }
      line(true, "pipeline", "\(PipelineCommand.version) · numerics \(StepLibrary.numericsVersion)")
      line(true, "system", Machine.system.shown)
      line(true, "cpu", "\(Machine.processor.shown) · \(Machine.availableCores) threads")
      line(
        chosen != nil, "instruction set",
        chosen.map { "\($0) of \(sets.joined(separator: ", "))" }
          ?? "not supported: this program needs x86-64-v2 or higher")
      line(true, "libraries", StepLibrary.linkedLibraries.joined(separator: ", "))
      line(
        true, "file system",
        probe.fileSystem.name
          + (probe.fileSystem.isShared
            ? " · network file system: prefer a local disk for the store" : ""))
      for check in probe.checks {
        line(check.isFine || !check.isNeeded, check.name, check.text)
      }
      for part in parts {
        let sign = part.isPresent ? style.green("✓") : style.yellow("–")
        terminal.output(
          "  \(sign) \(part.package.padded(to: 21)) "
            + (part.isPresent ? part.purpose : "missing; \(part.command) (\(part.purpose))"))
      }
    }
    guard isSound else { throw CommandError(.failure, "") }
  }
}

/// An optional package, used if it is installed.
struct OptionalPart {
  let package: String
  let purpose: String
  /// Files that show that the package is installed; one is enough.
  let paths: [String]

  static let all = [
    OptionalPart(
      package: "libcurl4", purpose: "downloads; loaded on first use",
      paths: [
        "/usr/lib/x86_64-linux-gnu/libcurl.so.4", "/usr/lib/aarch64-linux-gnu/libcurl.so.4",
        "/usr/lib64/libcurl.so.4", "/usr/lib/libcurl.so.4",
      ]),
    OptionalPart(
      package: "dataset-fashion-mnist", purpose: "fashion-mnist.yaml without a network",
      paths: ["/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"]),
    OptionalPart(
      package: "libjs-dygraphs", purpose: "curves that zoom in reports",
      paths: ["/usr/share/javascript/dygraphs/dygraph.min.js"]),
    OptionalPart(
      package: "python3", purpose: "your own programs as stages (`step: command`)",
      paths: ["/usr/bin/python3", "/usr/local/bin/python3"]),
    OptionalPart(
      package: "graphviz", purpose: "draws `dag --dot`",
      paths: ["/usr/bin/dot", "/usr/local/bin/dot"]),
    OptionalPart(
      package: "hdf5-tools", purpose: "h5dump and h5diff, to inspect dataset.h5",
      paths: ["/usr/bin/h5dump", "/usr/local/bin/h5dump"]),
  ]

  var isPresent: Bool { paths.contains { OutputFile.exists($0) } }

  var command: String { "apt-get install \(package)" }

  var value: CanonicalValue {
    [
      "package": .string(package), "purpose": .string(purpose), "present": .boolean(isPresent),
      "install": .string(command),
    ]
  }
}
