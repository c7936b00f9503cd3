internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// Reads every run's record and hashes what it vouches for.
  ///
  /// A run without a record was killed or is under way: no damage.
  mutating func checkRuns() {
    let folder = layout.folder("runs")
    for name in names(in: folder) {
      guard let id = RunID(name) else {
        noteForeign(folder.appending(name))
        continue
      }
      report.recordCount += 1
      switch store.run(id).state {
      case .open: continue
      case .damaged(let reason):
        noteDamaged(folder.appending(name).appending(RunDirectory.recordName), reason, of: id)
      case .closed(let record): check(record)
      }
    }
  }

  private mutating func check(_ record: RunRecord) {
    let folder = layout.run(record.id)
    for (name, content) in [
      (RunDirectory.eventsName, record.events), (RunDirectory.reportName, record.report),
    ] {
      guard let content else { continue }
      let path = folder.appending(name)
      let found = try? store.contentOfFile(path)
      guard found != content else { continue }
      let detail = found.map { "its bytes hash to \($0.digest)" } ?? "it is missing or unreadable"
      noteDamaged(path, detail, of: record.id)
    }
    for reference in record.results {
      guard results[reference.key]?.contains(where: { $0.digest == reference.result }) != true
      else {
        continue
      }
      let path = layout.results(reference.key).appending(reference.result.hex)
      // Published since the results were read, or damaged and noted already.
      guard (try? files.status(path)) == nil else { continue }
      note(
        .missingResult, path, "run \(record.id) tells of it and it is not there",
        loss: "the result of step \(reference.key.short)", remedy: "run the pipeline again")
    }
  }

  private mutating func noteDamaged(_ path: FilePath, _ detail: String, of id: RunID) {
    let store = store
    note(
      .damagedRun, path, detail, loss: "a part of what run \(id) tells; no result depends on it",
      remedy: "`pipeline fsck --repair` sets it aside"
    ) { () throws(StoreError) in
      let record = store.layout.run(id).appending(RunDirectory.recordName)
      // A record that vouches for something damaged would be found again for ever.
      if path != record { try store.moveToQuarantine(record) }
      if try store.files.status(path) != nil { try store.moveToQuarantine(path) }
    }
  }

  /// Reads every tag and looks for its run.
  mutating func checkTags() {
    let store = store
    let folder = layout.folder("refs/tags")
    for name in names(in: folder) {
      let path = folder.appending(name)
      do throws(StoreError) {
        guard let run = try store.tag(name) else { continue }
        report.recordCount += 1
        guard try files.status(layout.run(run)) == nil else { continue }
        note(
          .danglingTag, path, "it names run \(run), which is not there", loss: "that run",
          remedy: "give the name to another run, or let `pipeline fsck --repair` set it aside"
        ) { () throws(StoreError) in try store.moveToQuarantine(path) }
      } catch {
        note(
          .damagedTag, path, reason(error), loss: "which run had this name",
          remedy: "`pipeline fsck --repair` sets it aside; give the name again"
        ) { () throws(StoreError) in try store.moveToQuarantine(path) }
      }
    }
  }

  /// Reads every attestation.
  mutating func checkAttestations() {
    let store = store
    let folder = layout.folder("attest")
    for name in names(in: folder) {
      guard let key = key(named: name, in: folder) else { continue }
      for file in names(in: folder.appending(name)) {
        let path = folder.appending(name).appending(file)
        do throws(StoreError) {
          if try store.attestation(at: path, of: key) != nil { report.recordCount += 1 }
        } catch {
          note(
            .damagedAttestation, path, reason(error),
            loss: "one proof that step \(key.short) can be had again",
            remedy: "`pipeline fsck --repair` sets it aside; `pipeline verify` makes another"
          ) { () throws(StoreError) in try store.moveToQuarantine(path) }
        }
      }
    }
  }
}
