import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

@Suite("Tags, attestations and files that are no artifacts yet")
struct NamesTests {
  @Test("a tag names a run, can be moved, listed and taken away")
  func tags() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let other = RunID(milliseconds: 5, randomBits: (0, 0))
    try store.setTag("best", to: sampleRun)
    try store.setTag("a.b-c_9", to: sampleRun)
    try store.setTag("best", to: other)
    #expect(try store.tag("best") == other)
    #expect(try store.tag("none") == nil)
    #expect(try store.tags().map(\.name) == ["a.b-c_9", "best"])
    try store.removeTag("best")
    try store.removeTag("best")
    #expect(try store.tag("best") == nil)
  }

  @Test("a note is replaced whole, taken away, kept out of its limits, and belongs to its run")
  func notes() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let run = try store.beginRun(milliseconds: 5, randomBits: (0, 0))
    try run.append(Array("{}".utf8))
    #expect(try store.note(of: run.id) == nil)
    let texts = ["a", "b\u{1b}[2J\n\u{202e}“ü”", String(repeating: "x", count: 16_384)]
    for text in texts {
      try store.setNote(text, of: run.id)
      #expect(try store.note(of: run.id) == text)
    }
    for text in ["", texts[2] + "x"] {
      #expect(throws: StoreError.self) { try store.setNote(text, of: run.id) }
    }
    #expect(try store.note(of: run.id) == texts[2])
    #expect(try store.note(of: sampleRun) == nil)
    // A run that is not there gets no note, and leaves nothing behind.
    #expect(throws: StoreError.self) { try store.setNote("x", of: sampleRun) }
    try run.close(["status": "ok"])
    #expect(try store.fsck().findings.isEmpty)
    try overwrite(
      store.path.appending("runs").appending(run.id.description).appending("note.json"), with: [1])
    #expect(throws: StoreError.self) { try store.note(of: run.id) }
    #expect(try store.fsck(repair: true).findings.map(\.kind) == [.damagedNote])
    #expect(try store.fsck().findings.isEmpty)
    try store.setNote("again", of: run.id)
    try store.removeNote(of: run.id)
    try store.removeNote(of: run.id)
    #expect(try store.note(of: run.id) == nil)
    #expect(try store.fsck().isClean)
  }

  @Test(
    "a name that could leave its folder or steer a terminal is refused, and shown harmless",
    arguments: [
      "", ".", "..", "../x", "a/b", ".hidden", "a b", "ü", "a\u{1b}[2J", "x\n",
      String(repeating: "a", count: 65),
    ])
  func badNames(name: String) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let error = #expect(throws: StoreError.self) { try store.setTag(name, to: sampleRun) }
    #expect(error?.code == .invalidName(name))
    #expect(error?.description.contains("\u{1b}") == false)
    #expect(throws: StoreError.self) { try store.tag(name) }
    try store.close()
    #expect(files(below: store.path) == ["FORMAT"])
  }

  @Test("attestations add up, and the same words twice are one")
  func attestations() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let key = Digest(of: "k")
    for host in ["a", "b", "a"] { try store.addAttestation(["host": .string(host)], to: key) }
    let found = Set(try store.attestations(of: key))
    #expect(found == [["host": "a"], ["host": "b"]])
    #expect(try store.attestations(of: Digest(of: "else")).isEmpty)
  }

  @Test("a tag, an attestation or a key document of which any byte was changed is not believed")
  func flips() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let key = try store.putKey(sampleKeyDocument("train"))
    try store.setTag("best", to: sampleRun)
    try store.addAttestation(["host": "a"], to: key)
    for name in files(below: store.path)
    where ["keys", "refs", "attest"].contains(where: { name.hasPrefix($0) }) {
      let path = store.path.appending(name)
      let good = try #require(bytes(at: path))
      for index in good.indices {
        var bad = good
        bad[index] ^= 1 << UInt8(index % 8)
        try overwrite(path, with: bad)
        let document = try store.keyDocument(key)
        let attestations = try store.attestations(of: key)
        let believed = [
          document != nil, attestations.count == 1, (try? store.tag("best")) != nil,
        ]
        #expect(believed.count { $0 } == 2, "byte \(index) of \(name)")
      }
      try overwrite(path, with: good)
    }
  }

  @Test("a partial folder is there again next time, until it is removed")
  func partial() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let path = try store.partialFolder(for: Digest(of: "k"))
    try Data([1]).write(to: URL(filePath: path.appending("part").string))
    #expect(try store.partialFolder(for: Digest(of: "k")) == path)
    #expect(bytes(at: path.appending("part")) == [1])
    #expect(try store.fsck().findings.isEmpty)
    try store.removePartialFolder(for: Digest(of: "k"))
    try store.removePartialFolder(for: Digest(of: "k"))
    #expect(bytes(at: path.appending("part")) == nil)
  }

  @Test("a file is imported as a copy, through a symbolic link too; a folder is refused")
  func importing() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let file = folder.path.appending("data")
    try Data(sampleBytes(300_000)).write(to: URL(filePath: file.string))
    let link = folder.path.appending("link")
    try FileManager.default.createSymbolicLink(
      atPath: link.string, withDestinationPath: file.string)
    #expect(try store.importFile(at: file) == Content(of: sampleBytes(300_000)))
    #expect(try store.importFile(at: link) == Content(of: sampleBytes(300_000)))
    #expect(bytes(at: file) == sampleBytes(300_000))
    let error = #expect(throws: StoreError.self) { try store.importFile(at: folder.path) }
    #expect(error?.code == .notAFile)
    #expect(throws: StoreError.self) { try store.importFile(at: "/nowhere/at/all") }
  }

  @Test("room on the disk is known, and too little of it is said before work begins")
  func space() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    #expect(try store.availableBytes() > 0)
    try store.requireSpace(1)
    let error = #expect(throws: StoreError.self) { try store.requireSpace(1 << 60) }
    guard case .diskFull(needed: 1 << 60, let free) = error?.code else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(free > 0)
  }

  @Test("a store that is reached by a symbolic link is the same store")
  func symlink() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path.appending("real").string, withIntermediateDirectories: false)
    let link = folder.path.appending("store")
    try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "real")
    let record = try folder.store().publishSample("train", bytes: [1])
    let real = try ArtifactStore(at: folder.path.appending("real"), mode: .readOnly)
    #expect(try real.result(for: record.key) == .hit(record))
  }
}
