internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing

/// `pipeline fsck`: checks every object and record of the store.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck", abstract: "Check every object and record in the store.",
    usage: "pipeline fsck [<options>]",
    discussion: """
      Reports all damage, what it affects, and how to repair it.
      Exits with 65 if something is damaged.
      """)

  @OptionGroup var shared: SharedOptions

  @Flag(
    name: .long, help: "Move damaged objects to quarantine/, so that the next run recomputes them.")
  var repair = false

  func run() throws {
    let location = StoreLocation(shared)
    let hasMendedFormat = repair ? try location.repairFormat() : false
    let store = repair ? try location.open(paranoid: true) : try location.openForReading()
    let report = try store.fsck(repair: repair)
    let terminal = shared.terminal
    if shared.json {
      terminal.output(report.value.plainJSON())
    } else {
      let style = terminal.outputStyle
      if hasMendedFormat { terminal.output(style.red("damaged ") + "FORMAT: rewritten") }
      for finding in report.findings { terminal.output(style.red("damaged ") + "\(finding)".shown) }
      let checked = "\(report.objectCount) objects, \(Quantity.bytes(report.byteCount)) checked"
      terminal.output(
        report.findings.isEmpty
          ? "\(style.green("clean")) · \(checked)"
          : "\(report.findings.count) findings · \(checked)"
            + (repair ? " · repaired" : "; repair with: pipeline fsck --repair"))
    }
    if !report.findings.isEmpty, !repair { throw CommandError(.damagedData, "") }
  }
}
