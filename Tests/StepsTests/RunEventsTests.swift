import ContentAddressing
import Report
import Testing

@testable import Steps

@Suite("The events of a run")
struct RunEventsTests {
  private func load(_ seconds: Double, gpus: CanonicalValue?) -> CanonicalValue {
    var members: [String: CanonicalValue] = [
      "event": "load", "seconds": .double(seconds), "cpu_seconds": .double(2 * seconds),
      "memory_bytes": 5,
    ]
    members["gpus"] = gpus
    return .object(members)
  }

  /// What is read of one list of GPUs.
  private func read(_ gpus: CanonicalValue?) throws -> [RunFacts.GPU] {
    let events = RunEvents(events: [load(1, gpus: nil), load(2, gpus: gpus)])
    let load = events.load
    try #require(load.count == 1)
    #expect(load[0].seconds == 2 && load[0].cores == 2 && load[0].memoryBytes == 5)
    return load[0].gpus
  }

  @Test("tell what GPUs did, as far as those told")
  func gpus() throws {
    #expect(try read(nil) == [])
    #expect(try read([]) == [])
    let told: CanonicalValue = [
      ["busy_percent": 37, "memory_bytes": 5_000_000_000], [:], ["memory_bytes": 0],
      ["busy_percent": 100],
    ]
    #expect(
      try read(told) == [
        RunFacts.GPU(busyPercent: 37, memoryBytes: 5_000_000_000), RunFacts.GPU(),
        RunFacts.GPU(memoryBytes: 0), RunFacts.GPU(busyPercent: 100),
      ])
  }

  @Test("of a damaged file tell no more of GPUs than can be")
  func damaged() throws {
    #expect(try read("GPU") == [])
    #expect(try read(["0": ["busy_percent": 1]]) == [])
    let wrong: [CanonicalValue] = [
      7, .null, "<b>", [], ["busy_percent": 101, "memory_bytes": -1],
      ["busy_percent": -1, "memory_bytes": .integer(.max)],
      ["busy_percent": .double(1e300), "memory_bytes": .double(1e30)],
    ]
    #expect(try read(.array(wrong)) == Array(repeating: RunFacts.GPU(), count: wrong.count))
    let many = Array(repeating: CanonicalValue.object(["busy_percent": 1]), count: 10_000)
    #expect(try read(.array(many)).count == RunEvents.gpuLimit)
  }
}
