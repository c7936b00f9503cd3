import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

@Suite("Run names")
struct RunIDTests {
  @Test("are written and read alike, and sort as they were made")
  func laws() throws {
    var ids: [RunID] = []
    for milliseconds: UInt64 in [0, 1, 1 << 47, (1 << 48) - 1] {
      for bits: (UInt64, UInt64) in [(0, 0), (0, .max), (0xffff, 0), (0xffff, .max)] {
        ids.append(RunID(milliseconds: milliseconds, randomBits: bits))
      }
    }
    #expect(ids == ids.sorted())
    let texts = ids.map(\.description)
    #expect(texts == texts.sorted())
    #expect(Set(texts).count == texts.count)
    for (id, text) in zip(ids, texts) {
      #expect(text.utf8.count == 26)
      #expect(RunID(text) == id)
    }
    #expect(texts.last == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
  }

  @Test("agree with the example of the ULID specification")
  func example() {
    // 01ARZ3NDEKTSV4RRFFQ69G5FAV, from github.com/ulid/spec.
    #expect(RunID("01ARZ3NDEKTSV4RRFFQ69G5FAV")?.milliseconds == 1_469_922_850_259)
  }

  @Test(
    "in any other form are refused",
    arguments: [
      "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVX", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
      "01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FAI", "../../../../../../../../etc",
    ])
  func malformed(text: String) { #expect(RunID(text) == nil) }
}

@Suite("Runs")
struct RunTests {
  @Test("keep their events, their page and their record")
  func whole() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let run = try store.beginRun(milliseconds: 1000, randomBits: (0, 1))
    #expect(try store.runs().isEmpty)
    try run.append(Array(#"{"event":"a"}"#.utf8))
    try run.append(Array(#"{"event":"b"}"#.utf8))
    #expect(store.run(run.id).state == .open)
    try run.writeReport(Array("<html>".utf8))
    let reference = ResultReference(key: Digest(of: "k"), result: Digest(of: "r"))
    try run.close(["status": "ok"], results: [reference])
    guard case .closed(let record) = store.run(run.id).state else {
      Issue.record("\(store.run(run.id))")
      return
    }
    #expect(record.body == ["status": "ok"])
    #expect(record.results == [reference])
    #expect(try store.events(of: run.id).count == 2)
    #expect(record.events == Content(of: Array("{\"event\":\"a\"}\n{\"event\":\"b\"}\n".utf8)))
    #expect(try store.report(of: run.id) == Array("<html>".utf8))
  }

  @Test("are listed newest first, in the order of beginning even when the clock goes back")
  func order() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    var ids: [RunID] = []
    for milliseconds: UInt64 in [2000, 1000, 1000, 3000, 0] {
      let run = try store.beginRun(milliseconds: milliseconds, randomBits: (5, 5))
      try run.close([:])
      ids.append(run.id)
    }
    #expect(try store.runs().map(\.id) == ids.reversed())
  }

  @Test("that are damaged or cut off hide nothing of the others")
  func damage() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let good = try store.beginRun(milliseconds: 1, randomBits: (0, 0))
    try good.close(["n": 1])
    let bad = try store.beginRun(milliseconds: 2, randomBits: (0, 0))
    try bad.append(Array("{}".utf8))
    try bad.close(["n": 2])
    let cut = try store.beginRun(milliseconds: 3, randomBits: (0, 0))
    try cut.append(Array("{}".utf8))
    let record = bad.path.appending("run.json")
    let whole = try #require(bytes(at: record))
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 1
      try overwrite(record, with: changed)
      let states = try store.runs().map(\.state)
      guard states.count == 3, states[0] == .open, case .damaged = states[1],
        case .closed = states[2]
      else {
        Issue.record("byte \(index): \(states)")
        continue
      }
    }
    // A torn last line is left out.
    let events = cut.path.appending("events.ndjson")
    try overwrite(events, with: Array("{\"a\":1}\n{\"b\":".utf8))
    #expect(try store.events(of: cut.id) == [Array("{\"a\":1}".utf8)])
  }
}
