internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing

/// `pipeline fsck`: whether every object and record of the store is what its name says.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck", abstract: "Check every object and record of the store by its digest.",
    usage: "pipeline fsck [<options>]",
    discussion: """
      Finds all damage, never stops at the first, and says what is lost and what mends it.
      Exits with 65 where something is damaged.
      """)

  @OptionGroup var shared: SharedOptions

  @Flag(
    name: .long, help: "Move what is damaged to quarantine/, so that the next run recomputes it.")
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
      if hasMendedFormat { terminal.output(style.red("damaged ") + "FORMAT: written anew") }
      for finding in report.findings { terminal.output(style.red("damaged ") + "\(finding)".shown) }
      let checked = "\(report.objectCount) objects, \(Quantity.bytes(report.byteCount)) checked"
      terminal.output(
        report.findings.isEmpty
          ? "\(style.green("clean")) · \(checked)"
          : "\(report.findings.count) findings · \(checked)"
            + (repair ? " · repaired" : "; mend with: pipeline fsck --repair"))
    }
    if !report.findings.isEmpty, !repair { throw CommandError(.damagedData, "") }
  }
}
