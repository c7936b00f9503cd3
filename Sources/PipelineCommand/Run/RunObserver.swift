internal import ContentAddressing
internal import Pipeline

/// Shows a run to the user while it happens.
protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}

/// Writes each event as a line of JSON to standard output.
struct JSONObserver: RunObserver {
  let terminal: Terminal

  func observe(_ event: RunEvent) {
    if let value = event.value { terminal.output(value.plainJSON()) }
  }
}
