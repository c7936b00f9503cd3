import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

@Suite("Step locks")
struct LockTests {
  let key = Digest(of: "some key")

  @Test("exclude each other, name their holder and leave no file")
  func exclusion() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let lock = try #require(try store.tryLock(key, command: "pipeline run a.yaml", since: 12))
    #expect(try store.tryLock(key, command: "other", since: 13) == nil)
    let holder = try #require(store.lockHolder(of: key))
    #expect(holder.command == "pipeline run a.yaml")
    #expect(holder.since == 12)
    #expect(try store.tryLock(Digest(of: "other key"), command: "", since: 0) != nil)
    lock.release()
    lock.release()
    #expect(store.lockHolder(of: key) == nil)
    #expect(files(below: store.path.appending("locks")).isEmpty)
    #expect(try store.tryLock(key, command: "other", since: 13) != nil)
  }

  @Test("are waited for until the time is up or the caller gives up, naming the holder")
  func waiting() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let lock = try #require(try store.tryLock(key, command: "first", since: 12))
    var named: [String] = []
    let timeout = #expect(throws: StoreError.self) {
      try store.lock(key, command: "second", since: 13, timeout: .milliseconds(30)) { holder, _ in
        named.append(holder?.command ?? "nobody")
        return .keepWaiting
      }
    }
    #expect(named == ["first"])
    #expect(timeout?.code == .lockTimeout(holder: store.lockHolder(of: key), seconds: 0))
    let cancelled = #expect(throws: StoreError.self) {
      try store.lock(key, command: "second", since: 13) { _, _ in .giveUp }
    }
    #expect(cancelled?.code == .waitingCancelled(holder: store.lockHolder(of: key)))
    let got = try store.lock(key, command: "second", since: 13) { _, _ in
      lock.release()
      return .keepWaiting
    }
    #expect(store.lockHolder(of: key)?.command == "second")
    got.release()
  }
}
