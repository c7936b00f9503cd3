/// Persistent threads that compute the parts of one job together with the thread that asks.
///
/// A job is a number of parts; the same body runs once for each part index, on any thread of the pool, in any order. What
/// a part computes must depend on its index alone, so that no bit of a result depends on the pool.
///
/// Part ranges are handed out in a fixed way (thread t of n gets parts t·parts/n ..< (t+1)·parts/n), so that equal
/// jobs find their data in the same core's cache. A thread that has finished its range takes parts from the others: nobody
/// waits for a thread that is asleep or has lost its core.
///
/// Threads spin for a short time after a job, then sleep in the kernel. Never more threads work than the process has
/// cores, however many were asked for and even if cores are taken away later, unless `oversubscribed`; then they do not
/// spin at all.
///
/// A run that begins while another one is going on in the same pool (nested, or from a second thread) computes all its
/// parts on its own thread. A run allocates nothing but, where it gets a
/// closure that captures, the 32 bytes that Swift keeps it in.
public final class WorkerPool: Sendable {
  /// The number of threads that were asked for.
  public let threads: Int

  /// The number of threads that really work on a job, the caller among them: a good number of parts is this or a multiple.
  public let width: Int

  private let board: Board
  private let workers: [UInt]

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: The number asked for, the caller included; at least 1.
  ///   - oversubscribed: Whether to start all of them even if there are fewer cores, as tests do.
  /// - Throws: ``WorkerPoolError`` if a thread cannot be started, or if the calling thread flushes subnormals to zero.
  public init(threads: Int, oversubscribed: Bool = false) throws(WorkerPoolError) {
    precondition(threads >= 1, "a pool needs at least the calling thread")
    guard Processor.hasDefaultFloatEnvironment else {
      throw WorkerPoolError(code: .floatEnvironment)
    }
    let cores = Processor.availableCores
    self.threads = threads
    width = min(oversubscribed ? threads : min(threads, cores), Board.maximumWidth)
    board = Board(width: width, oversubscribed: oversubscribed)
    var started: [UInt] = []
    started.reserveCapacity(width)
    var failure: Int32 = 0
    for index in 1..<max(1, width) where failure == 0 {
      let (thread, status) = Worker.start(index: index, board: board)
      if status == 0 { started.append(thread) } else { failure = status }
    }
    workers = started
    if failure != 0 {
      board.stop()
      for thread in started { Worker.join(thread) }
      throw WorkerPoolError(code: .threadStart(errno: failure, asked: threads))
    }
  }

  deinit {
    board.stop()
    for thread in workers { Worker.join(thread) }
    board.deallocate()
  }

  /// Calls `body(context, part)` once for each part, and returns when all are done.
  ///
  /// - Parameters:
  ///   - parts: The number of parts, 0 to 65 535.
  ///   - context: What the body needs; it must stay valid and be safe to use from several threads at once.
  ///   - body: A function without captures.
  /// - Complexity: about 0.1 µs beside the work while the threads are hot.
  public func run(
    parts: Int, context: UnsafeMutableRawPointer?,
    _ body: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  ) {
    precondition(parts >= 0 && parts <= Board.maximumParts, "a job has 0 to 65535 parts")
    precondition(
      Processor.hasDefaultFloatEnvironment, "this thread flushes subnormals or rounds otherwise")
    // SAFETY: the caller vouches for the context; the board calls the body once for each part before it returns.
    if parts > 1, width > 1, board.begin() {
      unsafe board.run(parts, context, body)
      board.end()
    } else {
      for part in 0..<parts { unsafe body(context, part) }
    }
  }

  /// Calls `body(part)` once for each part, on several threads at once, and returns when all are done.
  ///
  /// - Parameters:
  ///   - parts: The number of parts, 0 to 65 535.
  ///   - body: A closure that is safe to call from several threads at once with different parts.
  public func run(parts: Int, _ body: (Int) -> Void) {
    if parts <= 1 || width == 1 {
      for part in 0..<parts { body(part) }
      return
    }
    withoutActuallyEscaping(body) { escapable in
      var closure = Closure(body: escapable)
      // SAFETY: `closure` outlives the run, and the threads only read it.
      unsafe withUnsafeMutablePointer(to: &closure) { pointer in
        unsafe run(parts: parts, context: pointer) { context, part in
          guard let context = unsafe context else { return }
          unsafe context.assumingMemoryBound(to: Closure.self).pointee.body(part)
        }
      }
    }
  }

  /// Cuts `0 ..< count` into contiguous ranges of at least `grain` elements and calls `body` with each, as `run(parts:_:)`.
  ///
  /// Small counts stay on the calling thread. All borders are multiples of `grain`.
  ///
  /// - Parameters:
  ///   - count: The number of elements.
  ///   - grain: The least number of elements that is worth a thread, at least 1.
  ///   - body: A closure that is safe to call from several threads at once with disjoint ranges.
  public func run(count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    precondition(grain >= 1, "a grain is at least one element")
    guard count > 0 else { return }
    let grains = (count + grain - 1) / grain
    let parts = min(grains, width)
    if parts <= 1 { return body(0..<count) }
    run(parts: parts) { part in
      let low = part * grains / parts * grain
      let high = min(count, (part + 1) * grains / parts * grain)
      body(low..<high)
    }
  }
}

/// A closure that a C function can find behind a pointer.
private struct Closure {
  let body: (Int) -> Void
}
