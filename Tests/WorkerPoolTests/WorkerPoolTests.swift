import Synchronization
import Testing
import WorkerPool

@Suite("A worker pool")
struct WorkerPoolTests {
  @Test("computes every part exactly once", arguments: [1, 2, 3, 7], [0, 1, 2, 3, 7, 8, 100, 1001])
  func everyPartOnce(threads: Int, parts: Int) throws {
    let pool = try WorkerPool(threads: threads, oversubscribed: true)
    let counts = UnsafeMutablePointer<Int>.allocate(capacity: max(1, parts))
    counts.initialize(repeating: 0, count: max(1, parts))
    defer { counts.deallocate() }
    for round in 1...20 {
      pool.run(parts: parts) { counts[$0] += 1 }
      for part in 0..<parts { #expect(counts[part] == round) }
    }
  }
}
