import Dispatch
import Foundation
import Programs
import Synchronization
import Testing

@Suite("A program that a test starts")
struct ProgramTests {
  @Test("says what it wrote and how it ended")
  func result() throws {
    let script = "echo out; echo err >&2; exit 3"
    let result = try Program("/bin/sh", ["-c", script], errors: .read).result()
    #expect(result.status == 3 && result.text == "out\n" && result.errors == "err\n")
    let joined = try Program("sh", ["-c", script], errors: .withOutput).result()
    #expect(joined.text == "out\nerr\n" && joined.errors.isEmpty)
    let silent = try Program("sh", ["-c", script], output: .dropped, errors: .dropped).result()
    #expect(silent.status == 3 && silent.output.isEmpty)
  }

  @Test("ended by a signal has the status that a shell gives it", arguments: [SIGTERM, SIGKILL])
  func signal(_ signal: Int32) throws {
    let cat = try Program("cat", [], input: .open).start()
    cat.send(signal)
    #expect(cat.result().status == 128 + signal)
  }

  @Test("reads until its input is closed, and nothing where there is none")
  func input() throws {
    let cat = try Program("cat", [], input: .open).start()
    #expect(cat.isRunning)
    cat.closeInput()
    #expect(cat.result().status == 0)
    #expect(try Program("cat", []).result().output.isEmpty)
  }

  @Test("that is not there is an error")
  func absent() {
    #expect(throws: (any Error).self) { try Program("/nonexistent/program", []).result() }
  }

  @Test("is not waited for until others end that start at the same time")
  func startedTogether() throws {
    let others = Mutex<[Int32]>([])
    defer { others.withLock { $0.forEach { kill($0, SIGKILL) } } }
    let isDone = Atomic(false)
    let threads = DispatchGroup()
    for _ in 0..<4 {
      threads.enter()
      Thread.detachNewThread {
        while !isDone.load(ordering: .relaxed) { _ = try? Program("/bin/true", []).result() }
        threads.leave()
      }
    }
    var sleepers: [RunningProgram] = []
    for _ in 0..<200 {
      let sleeper = try Program("/bin/sleep", ["60"], output: .dropped).start()
      others.withLock { $0.append(sleeper.identifier) }
      sleepers.append(sleeper)
    }
    isDone.store(true, ordering: .relaxed)
    threads.wait()
    let areRunning = sleepers.allSatisfy { $0.isRunning }
    #expect(areRunning, "a program was waited for until another ended")
  }
}
