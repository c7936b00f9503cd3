internal import ArgumentParser
internal import Glibc

/// The options that all commands share.
struct SharedOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The artifact store.", valueName: "dir"))
  var store: String?

  @Flag(name: .long, help: "Machine-readable output.")
  var json = false

  @Option(name: .long, help: "When to use colour: auto, always, never.")
  var color: Terminal.ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Print only results and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print details for diagnosis.")
  var verbose = false

  /// The folder of the store: `--store`, then `$PIPELINE_STORE`, then `artifacts`.
  var storePath: String {
    store ?? ProcessEnvironment.value("PIPELINE_STORE") ?? "artifacts"
  }

  var terminal: Terminal { Terminal(color: color, environment: ProcessEnvironment.all) }
}

extension Terminal.ColorChoice: ExpressibleByArgument {}

/// The environment variables of the process; only the command reads them.
enum ProcessEnvironment {
  static var all: [String: String] {
    ["TERM", "NO_COLOR", "FORCE_COLOR", "CI"].reduce(into: [:]) { $0[$1] = value($1) }
  }

  /// The non-empty value of a variable, or `nil`.
  static func value(_ name: String) -> String? {
    // SAFETY: `getenv` returns a terminated string or null; it is copied before anything can change it.
    guard let text = unsafe getenv(name) else { return nil }
    let value = unsafe String(cString: text)
    return value.isEmpty ? nil : value
  }
}
