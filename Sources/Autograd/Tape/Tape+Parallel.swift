internal import WorkerPool

/// Splitting work over the pool: only the shape of the work decides what the pieces are worth, and no piece's bits depend
/// on the cut.
extension Tape {
  /// Calls `body` with ranges that cover 0 ..< `count`, on several threads when `work` is large enough.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - work: About the number of float operations of all items.
  ///   - partsPerThread: How finely to cut: several parts let a thread that is ahead help, one part keeps things together.
  ///   - body: Handles a range of items; different ranges touch different memory.
  package func parallel(
    _ count: Int, work: Int, partsPerThread: Int = 16, _ body: (Range<Int>) -> Void
  ) {
    var parts = min(count, workers.width * partsPerThread, max(1, work / Self.workPerThread))
    // As many for each thread; more than one lets a thread that is ahead take from one that lost its core.
    if parts > workers.width, parts < count { parts -= parts % workers.width }
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
  /// A product is cut into panels, so that a thread meets the same panels of weights in every step, or into rows, so that it meets
  /// the same samples in every layer.
  ///
  /// - Parameters:
  ///   - rows: The rows of the product.
  ///   - panels: Its panels of 32 columns.
  ///   - work: About the number of float operations of all tiles.
  ///   - prefersPanels: Whether weights weigh more than samples; panels that do not divide evenly are not cut all the same.
  ///   - body: Handles the tiles of some rows and some panels.
  package func parallelTiles(
    rows: Int, panels: Int, work: Int, prefersPanels: Bool = true,
    _ body: (_ rows: Range<Int>, _ panels: Range<Int>) -> Void
  ) {
    // A single row is bound by memory: it ends before a second thread has seen the job and fetched the row.
    let worth = rows == 1 ? Self.workPerThreadOfRow : Self.workPerThread
    let threads = min(workers.width, max(1, work / worth))
    guard threads > 1 else {
      body(0..<rows, 0..<panels)
      return
    }
    if rows == 1 {
      // The panels of a single row are computed together, to hide the latency of their chains.
      parallel(panels, work: work, partsPerThread: 1) { body(0..<1, $0) }
    } else if cutsPanels(rows: rows, panels: panels, threads: threads, prefersPanels) {
      parallel(panels, work: work) { body(0..<rows, $0) }
    } else {
      parallel(rows, work: work, partsPerThread: 4) { body($0, 0..<panels) }
    }
  }

  /// Whether a matrix is better cut into panels than into rows, over `threads` threads.
  package func cutsPanels(rows: Int, panels: Int, threads: Int, _ prefersPanels: Bool) -> Bool {
    rows < threads || prefersPanels && (panels % threads == 0 || panels >= 8 * threads)
  }

  /// Below this many operations a second thread costs more than it gives.
  private static var workPerThread: Int { 20_000 }

  /// The same for a matrix times one row.
  private static var workPerThreadOfRow: Int { 200_000 }
}
