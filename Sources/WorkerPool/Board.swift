internal import CPosix
internal import Synchronization

/// The memory that the threads of a pool share.
///
/// Proof that it is free of races. Every field is an atomic on a cache line of its own.
///
/// A job has a generation g, in the upper half of every cursor that it hands out. A thread gets a part only by a
/// compare-and-swap on a cursor of generation g. The caller writes `body` and `context` before it releases the cursors, and does
/// not return before `remaining`, which counts every part, is 0. A part that is held has not been counted yet; so from a
/// successful swap to the count, the job is alive, and `body` and `context` are the ones of generation g. The count releases and
/// the caller acquires what the part wrote. A thread that comes late finds cursors that are used up or of another
/// generation and touches nothing else. Generations come back after 2³² jobs, so a thread would have to sleep between a
/// load and the swap that follows it for as long to be deceived.
///
/// A thread that goes to sleep first counts itself in `sleepers`, then lets the kernel compare `generation`; the caller
/// first stores `generation`, then reads `sleepers`. Both are sequentially consistent, so one of them sees the other.
struct Board: Sendable {
  static let maximumWidth = 1024
  static let maximumParts = 65_535

  /// Rounds of waiting before a thread sleeps: some 300 µs, longer than the gaps between the jobs of a training step.
  static let spinsWhileHot: UInt32 = 6000

  /// Jobs between two looks at the number of cores.
  static let jobsBetweenLooks: UInt32 = 1024

  /// Bytes between two fields: two cache lines, since processors fetch pairs.
  private static var line: Int { 128 }

  /// The lines, in order; cursors, one for each thread, come last.
  enum Field: Int {
    case generation, body, context, remaining, callerSleeps, sleepers, stopping, busy, spins,
      active, jobs
    case callerCore, cursors
  }

  private let memory: Memory
  let width: Int
  private let oversubscribed: Bool

  /// A pointer that may cross threads, because of the proof above.
  @safe
  private struct Memory: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
  }

  init(width: Int, oversubscribed: Bool) {
    self.width = width
    self.oversubscribed = oversubscribed
    let lines = Field.cursors.rawValue + width
    // SAFETY: the lines are allocated here and freed by `deallocate`; an all-zero atomic is a valid one.
    let base = UnsafeMutableRawPointer.allocate(
      byteCount: lines * Board.line, alignment: Board.line)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: lines * Board.line)
    unsafe memory = Memory(base: base)
    lookAtCores()
  }

  /// Adapts to the cores that the process may use now: how many threads take part, and whether they may spin.
  func lookAtCores() {
    let cores = Processor.availableCores
    let active = oversubscribed ? width : min(width, cores)
    unsafe word(.active).pointee.store(UInt32(active), ordering: .relaxed)
    unsafe word(.spins).pointee.store(
      width <= cores ? Board.spinsWhileHot : 0, ordering: .relaxed)
  }

  /// Frees the memory; no thread may use the board any more.
  func deallocate() {
    unsafe memory.base.deallocate()
  }

  /// A field of 32 bits.
  @inline(__always)
  func word(_ field: Field) -> UnsafeMutablePointer<Atomic<UInt32>> {
    // SAFETY: every line begins with 8 bytes that hold one atomic, by its field always of the same type.
    unsafe (memory.base + field.rawValue * Board.line).assumingMemoryBound(
      to: Atomic<UInt32>.self)
  }

  /// A field of the width of a pointer.
  @inline(__always)
  func pointer(_ field: Field) -> UnsafeMutablePointer<Atomic<UInt>> {
    // SAFETY: as in `word`.
    unsafe (memory.base + field.rawValue * Board.line).assumingMemoryBound(to: Atomic<UInt>.self)
  }

  /// The cursor of a thread: generation (32 bits), next part (16), end of the range (16).
  @inline(__always)
  func cursor(_ thread: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
    // SAFETY: as in `word`; there are `width` cursors, and thread < width.
    unsafe (memory.base + (Field.cursors.rawValue + thread) * Board.line).assumingMemoryBound(
      to: Atomic<UInt64>.self)
  }
}
