internal import WorkerPool

/// Splitting work over the pool: only the shape of the work decides what the pieces are worth, and no piece's bits depend
/// on the cut.
extension Tape {
  /// Calls `body` with ranges that cover 0 ..< `count`, on several threads when `work` is large enough.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - work: About the number of float operations of all items.
  ///   - body: Handles a range of items; different ranges touch different memory.
  package func parallel(_ count: Int, work: Int, _ body: (Range<Int>) -> Void) {
    var parts = min(count, workers.width * Self.partsPerThread, max(1, work / Self.workPerThread))
    // As many for each thread; more than one lets a thread that is ahead take from one that lost its core.
    if parts > workers.width { parts -= parts % workers.width }
    guard parts > 1, workers.width > 1 else {
      body(0..<count)
      return
    }
    workers.run(parts: parts) { part in
      body(part * count / parts..<(part + 1) * count / parts)
    }
  }

  /// Calls `body` with tiles that cover all rows and panels of a matrix.
  ///
  /// Panels are cut first, so that a thread meets the same panels of weights in every step; rows are cut too when the
  /// panels do not divide evenly.
  package func parallelTiles(
    rows: Int, panels: Int, work: Int, _ body: (_ rows: Range<Int>, _ panels: Range<Int>) -> Void
  ) {
    let threads = min(workers.width, max(1, work / Self.workPerThread))
    guard threads > 1 else {
      body(0..<rows, 0..<panels)
      return
    }
    if panels % threads == 0 {
      parallel(panels, work: work) { body(0..<rows, $0) }
    } else if rows >= threads {
      parallel(rows, work: work) { body($0, 0..<panels) }
    } else {
      parallel(panels, work: work) { body(0..<rows, $0) }
    }
  }

  private static var partsPerThread: Int { 4 }

  /// Below this many operations a second thread costs more than it gives.
  private static var workPerThread: Int { 20_000 }
}
