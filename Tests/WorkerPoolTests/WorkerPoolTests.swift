import CPosix
import Synchronization
import Testing
import WorkerPool

/// Counts of calls for each part.
private final class Counts: Sendable {
  let counts: [Atomic64]

  init(_ parts: Int) { counts = (0..<parts).map { _ in Atomic64() } }

  final class Atomic64: Sendable {
    let value = Atomic<Int>(0)
  }

  func count(_ part: Int) { counts[part].value.add(1, ordering: .relaxed) }

  var values: [Int] { counts.map { $0.value.load(ordering: .relaxed) } }
}

@Suite("A worker pool")
struct WorkerPoolTests {
  @Test(
    "computes every part exactly once", arguments: [1, 2, 3, 7], [0, 1, 2, 3, 7, 8, 100, 1001])
  func everyPartOnce(threads: Int, parts: Int) throws {
    let pool = try WorkerPool(threads: threads, oversubscribed: true)
    #expect(pool.width == threads)
    let counts = Counts(parts)
    for round in 1...20 {
      pool.run(parts: parts) { counts.count($0) }
      #expect(counts.values == Array(repeating: round, count: parts))
    }
  }

  @Test("sees what all parts have written, thousands of times", arguments: [2, 3, 7])
  func visibility(threads: Int) throws {
    let pool = try WorkerPool(threads: threads, oversubscribed: true)
    let memory = UnsafeMutablePointer<Int>.allocate(capacity: 16)
    memory.initialize(repeating: 0, count: 16)
    defer { memory.deallocate() }
    var wrong = 0
    for round in 1...5000 {
      pool.run(parts: 16, context: memory) { context, part in
        guard let context else { return }
        context.assumingMemoryBound(to: Int.self)[part] += 1
      }
      for part in 0..<16 where memory[part] != round { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test("computes nested runs on the thread that asks")
  func nested() throws {
    let pool = try WorkerPool(threads: 3, oversubscribed: true)
    let counts = Counts(64)
    pool.run(parts: 8) { outer in
      pool.run(parts: 8) { inner in counts.count(outer * 8 + inner) }
    }
    #expect(counts.values == Array(repeating: 1, count: 64))
  }

  @Test("serves several callers at once")
  func concurrentCallers() async throws {
    let pool = try WorkerPool(threads: 2, oversubscribed: true)
    let counts = Counts(100)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<50 { pool.run(parts: 100) { counts.count($0) } }
        }
      }
    }
    #expect(counts.values == Array(repeating: 200, count: 100))
  }

  @Test("cuts ranges at multiples of the grain", arguments: [0, 1, 99, 100, 101, 1000, 12_345])
  func ranges(count: Int) throws {
    let pool = try WorkerPool(threads: 3, oversubscribed: true)
    let seen = Mutex<[Range<Int>]>([])
    pool.run(count: count, grain: 100) { range in seen.withLock { $0.append(range) } }
    let sorted = seen.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(sorted.reduce(0) { $0 + $1.count } == count)
    #expect(sorted.count <= 3)
    #expect(sorted.first?.lowerBound ?? 0 == 0)
    for (low, high) in zip(sorted, sorted.dropFirst()) {
      #expect(low.upperBound == high.lowerBound && low.upperBound % 100 == 0)
    }
  }

  @Test("never works with more threads than cores unless it is told to")
  func width() throws {
    let cores = Int(cposix_available_cores())
    #expect(try WorkerPool(threads: 10 * cores).width == cores)
    #expect(try WorkerPool(threads: 1).width == 1)
    #expect(try WorkerPool(threads: 10 * cores).threads == 10 * cores)
  }

  @Test(
    "keeps its workers off the core of the thread that asks",
    .enabled(if: cposix_available_cores() > 1, "this machine gives the process one core"))
  func placement() throws {
    let pool = try WorkerPool(threads: 2)
    let cores = cposix_available_cores()
    let left = Counts(1)
    let done = Atomic<Bool>(false)
    for _ in 0..<20 {
      done.store(false, ordering: .sequentiallyConsistent)
      pool.run(parts: 2) { part in
        if part == 0 {
          // The caller holds the first part, so the second one is the worker's.
          while !done.load(ordering: .sequentiallyConsistent) { cposix_pause() }
        } else {
          if cposix_available_cores() == cores - 1 { left.count(0) }
          done.store(true, ordering: .sequentiallyConsistent)
        }
      }
    }
    #expect(left.values == [20])
    #expect(cposix_available_cores() == cores, "the caller's own freedom is untouched")
  }

  @Test("refuses a thread that flushes subnormals to zero")
  func floatEnvironment() throws {
    cposix_set_flush_to_zero()
    defer { cposix_set_default_float_environment() }
    #expect(throws: WorkerPoolError(code: .floatEnvironment)) { try WorkerPool(threads: 1) }
  }

  @Test("keeps subnormals on all its threads", arguments: [2, 7])
  func subnormals(threads: Int) throws {
    let pool = try WorkerPool(threads: threads, oversubscribed: true)
    let counts = Counts(64)
    for _ in 0..<100 {
      pool.run(parts: 64) { part in
        if cposix_float_environment_is_default() != 0 { counts.count(part) }
      }
    }
    #expect(counts.values == Array(repeating: 100, count: 64))
  }

  @Test("ends its threads with itself")
  func end() throws {
    for _ in 0..<200 {
      let pool = try WorkerPool(threads: 5, oversubscribed: true)
      pool.run(parts: 5) { _ in }
    }
  }
}
