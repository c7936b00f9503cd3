internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// Looks for every record that was published, whether or not another record names it.
  mutating func checkRoll() {
    let told = Set(report.findings.map(\.path))
    let expected = store.roll().expected
    let missing = expected.filter { inside in
      let path = layout.folder(inside)
      return (try? files.status(path)) == nil && !told.contains(path)
        && isMissed(inside, Set(expected))
    }
    // Read again: whoever takes a record away strikes it off first.
    let roll = missing.isEmpty ? roll : store.roll()
    for inside in missing where !roll.isStruck(inside) { noteMissing(inside) }
    if repairs { renewRoll() }
  }

  /// Adds what is there and not on the roll: after its loss, and for stores that had none.
  private mutating func renewRoll() {
    let roll = store.roll()
    var records = results.values.joined().map {
      layout.results($0.key).appending($0.digest.hex)
    }
    for folder in ["keys", "refs/tags"] {
      records += names(in: layout.folder(folder)).map { layout.folder(folder).appending($0) }
    }
    for folder in ["attest", "checkpoints"].map({ layout.folder($0) }) {
      for name in names(in: folder) {
        let below = folder.appending(name)
        records += names(in: below).filter { folder.name == "attest" || $0.hasSuffix(".json") }
          .map { below.appending($0) }
      }
    }
    records += runs.filter { $0.events != nil }.map {
      layout.run($0.id).appending(RunDirectory.recordName)
    }
    records += names(in: layout.folder("runs")).map {
      layout.folder("runs").appending($0).appending(RunDirectory.noteName)
    }
    for path in records {
      // Not what this very check has set aside.
      guard let inside = layout.inside(path), roll.isPresent[inside] != true,
        (try? files.status(path)) != nil
      else { continue }
      store.enroll(path)
    }
  }

  /// Whether a record that is not there should be.
  ///
  /// A checkpoint goes when the step has its result, and may go when there is a later one. The line that
  /// tells of the later one tells of those that went as well; but it may have been lost.
  private func isMissed(_ inside: String, _ expected: Set<String>) -> Bool {
    let parts = inside.split(separator: "/").map(String.init)
    guard parts.first == "checkpoints" else { return true }
    guard parts.count == 3, let key = Digest(hex: parts[1]), results[key] == nil,
      !store.isLocked(layout.stepLock(key))
    else { return false }
    let names = (try? files.list(layout.checkpoints(key))) ?? []
    return names.allSatisfy { name in
      !name.hasSuffix(".json") || name < parts[2]
        || expected.contains("checkpoints/\(parts[1])/\(name)")
    }
  }

  private mutating func noteMissing(_ inside: String) {
    let store = store
    let path = layout.folder(inside)
    let (kind, loss, remedy) = Self.meaning(ofLosing: inside)
    note(kind, path, "it was published and is missing", loss: loss, remedy: remedy) {
      () throws(StoreError) in store.strike(path)
    }
  }

  private static func meaning(
    ofLosing inside: String
  ) -> (FsckFinding.Kind, loss: String, remedy: String) {
    let parts = inside.split(separator: "/").map(String.init)
    let name = parts.count > 1 ? parts[1] : inside
    let step = "step \(name.prefix(12))"
    switch parts.first {
    case "results": return (.missingResult, "the result of \(step)", "run the pipeline again")
    case "keys":
      return (.missingKey, "what `pipeline explain` compares with", "run the pipeline again")
    case "attest":
      return (
        .missingRecord, "one attestation of \(step)", "`pipeline verify` creates another"
      )
    case "checkpoints":
      return (
        .missingRecord, "one checkpoint of \(step)", "run the pipeline again"
      )
    case "refs":
      return (.missingRecord, "the run that this tag named", "give the name again")
    case "runs" where parts.last == RunDirectory.noteName:
      return (.missingRecord, "the note of run \(name)", "write the note again")
    default:
      return (
        .missingRecord, "the content of \(inside); no result depends on it",
        "it cannot be restored; `pipeline fsck --repair` removes it from the roll"
      )
    }
  }
}
