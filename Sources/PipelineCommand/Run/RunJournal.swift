internal import ArtifactStore
internal import ContentAddressing
internal import Steps

/// The events of a run for its report: values, and lines for people.
struct RunJournal {
  let events: [CanonicalValue]

  /// Reads the events of a run; what cannot be read is left out.
  init(of id: RunID, in store: ArtifactStore) {
    self.init(lines: (try? store.events(of: id)) ?? [])
  }

  /// Reads lines of JSON; the measurements of the process that earlier versions wrote among them are left out.
  init(lines: [[UInt8]]) {
    events = lines.compactMap { try? JSONReader.value(of: $0) }.filter {
      $0["event"]?.string != "load"
    }
  }

  /// The events that `pipeline logs` shows, without colours.
  var lines: [String] {
    let style = Style(isColored: false)
    return events.map { EventText.logLine($0, style: style) }
  }
}

extension Reporting {
  /// The pages of a store's runs, with the charts' library where it is installed.
  init(of store: ArtifactStore) {
    self.init(
      store: store, charts: InteractiveCharts.script,
      journal: { RunJournal(of: $0, in: store).events })
  }
}
