internal import CPosix

/// One thread of a pool.
enum Worker {
  /// What a thread gets at its start.
  private final class Start {
    let index: Int
    let board: Board

    init(index: Int, board: Board) {
      self.index = index
      self.board = board
    }
  }

  /// Starts thread number `index`; the status is 0 or an errno.
  static func start(index: Int, board: Board) -> (thread: UInt, status: Int32) {
    var thread: UInt = 0
    // SAFETY: the start record is retained here and released once, by the thread or, if there is none, below.
    let record = unsafe Unmanaged.passRetained(Start(index: index, board: board))
    let status = unsafe cposix_thread_start(
      &thread,
      { context in
        guard let context = unsafe context else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        cposix_set_default_float_environment()
        start.board.work(as: start.index)
        return nil
      }, record.toOpaque())
    if status != 0 { unsafe record.release() }
    return (thread, status)
  }

  /// Waits for the end of a thread.
  static func join(_ thread: UInt) {
    cposix_thread_join(thread)
  }
}
