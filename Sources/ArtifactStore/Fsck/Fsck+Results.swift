internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// Reads every result record, before the objects are looked at.
  mutating func readResults() {
    let folder = layout.folder("results")
    for name in names(in: folder) {
      guard let key = key(named: name, in: folder) else { continue }
      for record in names(in: folder.appending(name)) {
        readResult(folder.appending(name).appending(record), of: key)
      }
    }
  }

  private mutating func readResult(_ path: FilePath, of key: Digest) {
    let store = store
    do throws(StoreError) {
      guard let record = try store.resultRecord(at: path, of: key) else { return }
      report.recordCount += 1
      results[key, default: []].append(record)
      for (name, content) in record.contents {
        uses[content.digest, default: []].append("output \(name) of step \(key.short)")
      }
    } catch {
      note(
        .damagedResult, path, reason(error), loss: "the result of step \(key.short)",
        remedy: "`pipeline fsck --repair` sets it aside, then run the pipeline again"
      ) { () throws(StoreError) in try store.moveToQuarantine(path) }
    }
  }

  /// Checks what the results name, after the objects were looked at.
  mutating func checkResults() {
    for (key, records) in results.sorted(by: { $0.key < $1.key }) {
      for record in records { checkOutputs(of: record) }
      if records.count > 1 { noteConflict(key, records) }
      checkKeyDocument(of: key)
    }
  }

  private mutating func checkOutputs(of record: ResultRecord) {
    let path = layout.results(record.key).appending(record.digest.hex)
    let store = store
    let absent = record.contents.filter { entry in
      if let size = objects[entry.content.digest] { return size != entry.content.byteCount }
      // It may have been published since the objects were listed.
      return (try? store.verify(entry.content)) == nil
    }
    guard !absent.isEmpty else { return }
    let list = absent.map { "\($0.name) (\($0.content.digest), \($0.content.byteCount) bytes)" }
    note(
      .missingOutput, path, "missing or damaged: \(list.joined(separator: ", "))",
      loss: "the result of step \(record.key.short) as a whole",
      remedy: "run the pipeline again to rebuild it"
    ) { () throws(StoreError) in try store.moveToQuarantine(path) }
  }

  private mutating func noteConflict(_ key: Digest, _ records: [ResultRecord]) {
    note(
      .conflict, layout.results(key),
      "the step was computed with \(records.count) different results: "
        + records.map(\.digest.short).joined(separator: ", "),
      loss: "nothing, but no run can say which is right",
      remedy: "`pipeline verify` computes it again and shows which can be reproduced")
  }

  private mutating func checkKeyDocument(of key: Digest) {
    guard (try? files.status(layout.key(key))) == nil else { return }
    note(
      .missingKey, layout.key(key), "the document of a key that has a result is missing",
      loss: "what `pipeline explain` compares with; the result is still usable",
      remedy: "run the pipeline again, which writes it")
  }

  /// Hashes the documents of the keys.
  mutating func checkKeys() {
    let folder = layout.folder("keys")
    let store = store
    for name in names(in: folder) {
      guard let key = key(named: name, in: folder) else { continue }
      let path = folder.appending(name)
      do throws(StoreError) {
        guard let bytes = try files.contents(of: path) else { continue }
        report.recordCount += 1
        guard Digest(of: bytes) != key else { continue }
        throw StoreError(.damagedRecord(reason: "its bytes hash to \(Digest(of: bytes))"), path)
      } catch {
        note(
          .damagedKey, path, reason(error),
          loss: "what `pipeline explain` compares with; results are still usable",
          remedy: "`pipeline fsck --repair` sets it aside; the next run of the step writes it again"
        ) { () throws(StoreError) in try store.moveToQuarantine(path) }
      }
    }
  }
}
