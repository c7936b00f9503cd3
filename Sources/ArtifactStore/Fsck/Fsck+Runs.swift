internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// Reads every run's record, before the objects are looked at.
  ///
  /// A run without a record was killed or is under way: no damage, if its folder has events.
  mutating func readRuns() {
    roll = store.roll()
    let folder = layout.folder("runs")
    for name in names(in: folder) {
      guard let id = RunID(name) else {
        noteForeign(folder.appending(name))
        continue
      }
      report.recordCount += 1
      readNote(of: id)
      let record = folder.appending(name).appending(RunDirectory.recordName)
      switch store.run(id).state {
      case .open:
        // A run that has computed anything has events; the folder of one that has not appears whole.
        guard !names(in: folder.appending(name)).contains(RunDirectory.eventsName) else { continue }
        noteDamaged(record, "it is missing", of: id)
      case .damaged(let reason): noteDamaged(record, reason, of: id)
      case .closed(let record):
        runs.append(record)
        for content in record.objects {
          uses[content.digest, default: []].append("a file that run \(id) read")
        }
      }
    }
  }

  /// Checks what the records of runs name and vouch for, after results and objects were looked at.
  mutating func checkRuns() {
    for record in runs {
      checkFiles(of: record)
      checkObjects(of: record)
      checkResults(of: record)
    }
  }

  private mutating func checkFiles(of record: RunRecord) {
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
  }

  private mutating func checkObjects(of record: RunRecord) {
    for content in record.objects {
      let path = layout.object(content.digest)
      // What is there and damaged was told when the objects were hashed.
      guard objects[content.digest] != content.byteCount, (try? files.status(path)) == nil else {
        continue
      }
      noteMissing(
        .missingObject, path, of: record.id, loss: "a file that the run read, possibly its spec",
        remedy: "run the pipeline again from the same files")
    }
  }

  private mutating func checkResults(of record: RunRecord) {
    for reference in record.results {
      guard results[reference.key]?.contains(where: { $0.digest == reference.result }) != true
      else { continue }
      let path = layout.results(reference.key).appending(reference.result.hex)
      // Published since the results were read, or damaged and noted already.
      guard (try? files.status(path)) == nil else { continue }
      noteMissing(
        .missingResult, path, of: record.id, loss: "the result of step \(reference.key.short)",
        remedy: "run the pipeline again")
    }
  }

  /// Notes something that a run tells of and that is gone, once, and unless that is known already.
  private mutating func noteMissing(
    _ kind: FsckFinding.Kind, _ path: FilePath, of id: RunID, loss: String, remedy: String
  ) {
    let store = store
    let isTold = report.findings.contains { $0.path == path }
    guard !isTold, layout.inside(path).map({ roll.isStruck($0) }) != true else { return }
    note(
      kind, path, "run \(id) refers to it, and it is missing", loss: loss, remedy: remedy
    ) { () throws(StoreError) in store.strike(path) }
  }

  private mutating func noteDamaged(_ path: FilePath, _ detail: String, of id: RunID) {
    let store = store
    note(
      .damagedRun, path, detail, loss: "part of the record of run \(id); no result depends on it",
      remedy: "`pipeline fsck --repair` sets it aside"
    ) { () throws(StoreError) in
      let record = store.layout.run(id).appending(RunDirectory.recordName)
      // A record that vouches for something damaged would be found again for ever.
      if path != record { try store.moveToQuarantine(record) }
      if try store.files.status(path) != nil { try store.moveToQuarantine(path) }
      // A page or a note alone would tell of a record that is missing.
      let folder = store.layout.run(id)
      let events = folder.appending(RunDirectory.eventsName)
      if try store.files.status(record) == nil, try store.files.status(events) == nil {
        for name in [RunDirectory.reportName, RunDirectory.noteName]
        where try store.files.status(folder.appending(name)) != nil {
          try store.moveToQuarantine(folder.appending(name))
        }
      }
      if try store.files.list(store.layout.run(id)).isEmpty {
        try store.files.removeDirectory(store.layout.run(id))
      }
    }
  }

  /// Reads what somebody wrote about a run.
  private mutating func readNote(of id: RunID) {
    let store = store
    do throws(StoreError) {
      if try store.note(of: id) != nil { report.recordCount += 1 }
    } catch {
      let path = layout.run(id).appending(RunDirectory.noteName)
      note(
        .damagedNote, path, reason(error), loss: "the note of run \(id)",
        remedy: "`pipeline fsck --repair` sets it aside; `pipeline note` writes another"
      ) { () throws(StoreError) in try store.moveToQuarantine(path) }
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
          .danglingTag, path, "it names run \(run), which does not exist", loss: "that run",
          remedy: "give the name to another run, or let `pipeline fsck --repair` set it aside"
        ) { () throws(StoreError) in try store.moveToQuarantine(path) }
      } catch {
        note(
          .damagedTag, path, reason(error), loss: "the run that this tag named",
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
            loss: "one attestation of step \(key.short)",
            remedy: "`pipeline fsck --repair` sets it aside; `pipeline verify` creates another"
          ) { () throws(StoreError) in try store.moveToQuarantine(path) }
        }
      }
    }
  }
}
