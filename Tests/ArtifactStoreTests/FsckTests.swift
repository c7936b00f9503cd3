import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

@Suite("fsck")
struct FsckTests {
  /// A store with one of everything, closed.
  func sample(in folder: TemporaryFolder) throws -> ArtifactStore {
    let store = try folder.store()
    let first = try store.publishSample("prepare", bytes: sampleBytes(200))
    let second = try store.publishSample("train", bytes: sampleBytes(100, seed: 2))
    try store.publishCheckpoint(
      key: Digest(of: "unfinished"), position: 3, parts: ["state": sampleBytes(64)])
    let run = try store.beginRun(milliseconds: 1000, randomBits: (0, 1))
    try run.append(Array(#"{"event":"a"}"#.utf8))
    try run.writeReport(Array("<html>".utf8))
    try run.close(
      ["status": "ok"], results: [ResultReference(first), ResultReference(second)])
    try store.setTag("best", to: run.id)
    try store.addAttestation(["host": "b"], to: first.key)
    try store.close()
    return store
  }

  @Test("finds nothing in a whole store and counts what it read")
  func clean() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    let report = try store.fsck()
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.leftovers.isEmpty, "\(report.leftovers)")
    #expect(report.objectCount == 2)
    #expect(report.byteCount == 300)
    #expect(report.recordCount == 8)
    #expect(report.value["schema"] == "pipeline.fsck/1")
    #expect(try report.value.canonicalBytes().count > 0)
  }

  @Test("finds any changed byte of any file, and any cut or longer file")
  func flips() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    let names = files(below: store.path).filter { !$0.hasPrefix("cache/") && $0 != "FORMAT" }
    #expect(names.count == 13)
    // All files are hurt at once and each must be found; but for what a run's record vouches for, which
    // can be checked only while that record is whole.
    try hurt(names.filter { !$0.hasSuffix("run.json") }, of: store)
    try hurt(names.filter { $0.hasSuffix("run.json") }, of: store)
  }

  /// Changes each byte of each file, cuts and extends the files, and asks fsck every time.
  private func hurt(_ names: [String], of store: ArtifactStore) throws {
    let good = try names.map { try #require(bytes(at: store.path.appending($0))) }
    func expectFound(_ what: String, _ bad: [[UInt8]]) throws {
      var changed: [FilePath] = []
      for (index, name) in names.enumerated() where bad[index] != good[index] {
        changed.append(store.path.appending(name))
        try overwrite(store.path.appending(name), with: bad[index])
      }
      let found = Set(try store.fsck().findings.map(\.path))
      // Damage to a part is told of its record.
      let unseen = changed.filter { path in
        !found.contains(path)
          && !(path.string.contains("/checkpoints/")
            && found.contains { $0.removingLastComponent() == path.removingLastComponent() })
      }
      #expect(unseen.isEmpty, "\(what): \(unseen)")
    }
    // That each single byte counts is tested where each kind of record is read; a check of the whole
    // store takes longer, so that here only some are tried unless all are asked for.
    let step = ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] == nil ? 23 : 1
    for position in stride(from: 0, to: good.map(\.count).max() ?? 0, by: step) {
      try expectFound(
        "byte \(position)",
        good.map { bytes in
          var bad = bytes
          if position < bad.count { bad[position] ^= 1 << UInt8(position % 8) }
          return bad
        })
    }
    try expectFound("empty", good.map { _ in [] })
    try expectFound("cut", good.map { $0.dropLast() })
    try expectFound("longer by a zero", good.map { $0 + [0] })
    try expectFound("longer by a line", good.map { $0 + [UInt8(ascii: "\n")] })
    try expectFound("zeros", good.map { [UInt8](repeating: 0, count: $0.count) })
    for (name, bytes) in zip(names, good) { try overwrite(store.path.appending(name), with: bytes) }
    #expect(try store.fsck().findings.isEmpty)
  }

  @Test("finds any two files of one kind that have changed places")
  func swaps() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    try store.publishCheckpoint(
      key: Digest(of: "unfinished"), position: 4, parts: ["state": sampleBytes(64, seed: 9)])
    try store.publishCheckpoint(
      key: Digest(of: "another"), position: 4, parts: ["state": sampleBytes(64, seed: 8)])
    let run = try store.beginRun(milliseconds: 2000, randomBits: (0, 1))
    try run.append(Array(#"{"event":"b"}"#.utf8))
    try run.writeReport(Array("<body>".utf8))
    try run.close(["status": "ok"])
    try store.setTag("worst", to: run.id)
    try store.addAttestation(["host": "c"], to: Digest(of: sampleKeyDocument("prepare")))
    try store.addAttestation(["host": "b"], to: Digest(of: sampleKeyDocument("train")))
    try store.close()
    let names = files(below: store.path).filter { !$0.hasPrefix("cache/") && $0 != "FORMAT" }
    for (index, one) in names.enumerated() {
      for other in names[(index + 1)...]
      where one.prefix(while: { $0 != "/" }) == other.prefix(while: { $0 != "/" }) {
        let (left, right) = (store.path.appending(one), store.path.appending(other))
        let (a, b) = (try #require(bytes(at: left)), try #require(bytes(at: right)))
        try overwrite(left, with: b)
        try overwrite(right, with: a)
        #expect(try store.fsck().isClean == false, "\(one) and \(other)")
        try overwrite(left, with: a)
        try overwrite(right, with: b)
      }
    }
    #expect(try store.fsck().findings.isEmpty)
  }

  @Test("finds any deleted file, and after a repair speaks of it no more")
  func deletions() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    // A run that read a file and had nothing to do: its folder appears as a whole.
    let read = try store.putBlob(sampleBytes(40, seed: 5))
    let idle = try store.beginRun(milliseconds: 2000, randomBits: (0, 1))
    try idle.writeReport(Array("<body>".utf8), durability: .eventual)
    try idle.close(["status": "ok"], objects: [read], durability: .eventual)
    try store.setNote("nothing new", of: idle.id)
    try store.close()
    #expect(try store.fsck().findings.isEmpty)
    let names = files(below: store.path).filter { !$0.hasPrefix("cache/") && $0 != "FORMAT" }
    #expect(names.count == 17)
    for name in names {
      let copy = folder.path.appending("copy")
      try FileManager.default.copyItem(atPath: store.path.string, toPath: copy.string)
      defer { try? FileManager.default.removeItem(atPath: copy.string) }
      let hurt = try ArtifactStore(at: copy, mode: .openExisting)
      let path = copy.appending(name)
      try remove(path)
      let findings = try hurt.fsck().findings
      // That a part of a checkpoint is gone is told of its record, that an output is gone of the result.
      #expect(
        findings.contains { finding in
          finding.path == path || finding.detail.contains(path.lastComponent?.string ?? "/")
            || name.hasPrefix("checkpoints/")
              && finding.path.removingLastComponent() == path.removingLastComponent()
        }, "\(name): \(findings)")
      _ = try hurt.fsck(repair: true)
      // The document of a key that has a result is written by the next run.
      let left = try hurt.fsck().findings.filter { $0.kind != .missingKey }
      #expect(left.isEmpty, "\(name): \(left)")
    }
  }

  @Test("misses less without its roll, and never what was taken away on purpose")
  func roll() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    try store.setTag("worst", to: try #require(try store.tag("best")))
    try store.removeTag("worst")
    let key = Digest(of: "unfinished")
    try store.publishCheckpoint(key: key, position: 5, parts: ["state": [1]], keep: 1)
    #expect(try store.fsck().findings.isEmpty)
    let roll = store.path.appending("cache/roll")
    let whole = try #require(bytes(at: roll))
    // Damage to the roll itself is no damage to the store: no byte of it makes a finding.
    for index in whole.indices {
      var bad = whole
      bad[index] ^= 1 << UInt8(index % 8)
      try overwrite(roll, with: bad)
      if index % 48 == 0 { #expect(try store.fsck().findings.isEmpty, "byte \(index)") }
    }
    // What stands before a torn line counts no more, what comes behind it does.
    try overwrite(roll, with: Array(whole.dropLast(20)))
    try store.setTag("torn", to: try #require(try store.tag("best")))
    try remove(store.path.appending("refs/tags/torn"))
    #expect(try store.fsck().findings.map(\.kind) == [.missingRecord])
    try remove(roll)
    #expect(try store.fsck().findings.isEmpty)
    try store.removeCheckpoints(for: key)
    #expect(try store.fsck().findings.isEmpty)
  }

  @Test("finds a FORMAT that is damaged or gone, and mends it")
  func format() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    let path = store.path.appending("FORMAT")
    let good = try #require(bytes(at: path))
    for index in good.indices {
      var bad = good
      bad[index] ^= 4
      try overwrite(path, with: bad)
      let error = #expect(throws: StoreError.self) {
        try ArtifactStore(at: store.path, mode: .readOnly)
      }
      guard case .damagedRecord = error?.code else { continue }
      #expect(try ArtifactStore.repairFormat(at: store.path))
      #expect(bytes(at: path) == good)
    }
    try remove(path)
    #expect(throws: StoreError.self) { try ArtifactStore(at: store.path, mode: .openExisting) }
    #expect(try ArtifactStore.repairFormat(at: store.path))
    #expect(try !ArtifactStore.repairFormat(at: store.path))
    #expect(bytes(at: path) == good)
    #expect(throws: StoreError.self) { try ArtifactStore.repairFormat(at: folder.path) }
    #expect(try store.fsck().findings.isEmpty)
  }

  @Test("with repair leaves a store in which nothing is found and nothing wrong is served")
  func repair() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    let names = files(below: store.path).filter { !$0.hasPrefix("cache/") && $0 != "FORMAT" }
    for name in names { try overwrite(store.path.appending(name), with: [0]) }
    try Data().write(to: URL(filePath: store.path.appending("thesis.tex").string))
    try remove(store.path.appending("objects/sha256/00"))
    let report = try store.fsck(repair: true)
    #expect(report.isClean, "\(report.findings.filter { !$0.isRepaired })")
    // Events and page are not looked at where the record that vouches for them is damaged, and a part
    // of a checkpoint is told of its record.
    #expect(report.findings.count >= names.count - 3 + 2)
    let second = try store.fsck()
    #expect(second.findings.isEmpty, "\(second.findings)")
    // Everything is kept aside, and the same work gives the same results.
    #expect(files(below: store.path.appending("quarantine")).count >= names.count - 3)
    let record = try store.publishSample("train", bytes: sampleBytes(100, seed: 2))
    #expect(try store.result(for: record.key) == .hit(record))
  }

  @Test("removes what a killed process left, never what a living one uses")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    let store = try sample(in: folder)
    // What a process leaves that was killed while it wrote and held a lock.
    let dead = store.path.appending("tmp/999999999-1")
    try FileManager.default.createDirectory(
      atPath: dead.string, withIntermediateDirectories: false)
    try Data([1]).write(to: URL(filePath: dead.appending("7").string))
    try Data().write(to: URL(filePath: store.path.appending("leases/999999999-1").string))
    try Data().write(to: URL(filePath: store.path.appending("locks/steps/abc").string))
    // A living one.
    let other = try ArtifactStore(at: store.path, mode: .openExisting)
    let writer = try other.blobWriter()
    try writer.append(sampleBytes(100_000))
    let lock = try #require(try other.tryLock(Digest(of: "k"), command: "", since: 0))
    let looked = try store.fsck()
    #expect(looked.findings.isEmpty)
    #expect(Set(looked.leftovers.map(\.path.lastComponent?.string)) == ["999999999-1", "abc"])
    let report = try store.fsck(repair: true)
    #expect(report.leftovers.filter { !$0.isRemoved }.isEmpty)
    #expect(report.leftovers.count == 2)
    #expect(try store.fsck().leftovers.isEmpty)
    #expect(try writer.finish() == Content(of: sampleBytes(100_000)))
    #expect(store.lockHolder(of: Digest(of: "k")) != nil)
    lock.release()
  }

  @Test("reports a conflict until it is settled")
  func conflict() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    try store.publishSample("train", bytes: [1])
    #expect(throws: StoreError.self) { try store.publishSample("train", bytes: [2]) }
    #expect(try store.fsck().findings.map(\.kind) == [.conflict])
  }
}
