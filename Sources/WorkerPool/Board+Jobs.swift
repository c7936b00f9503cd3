internal import CPosix
internal import Synchronization

/// The caller's side of a job.
extension Board {
  /// What computes a part.
  typealias Body = @convention(c) (UnsafeMutableRawPointer?, Int) -> Void

  /// Takes the board for a job; false if another job has it.
  @inline(__always)
  func begin() -> Bool {
    // SAFETY: here and below, the fields live as long as the board (see `Board`).
    unsafe word(.busy).pointee.compareExchange(
      expected: 0, desired: 1, ordering: .acquiring
    ).exchanged
  }

  /// Gives the board back.
  @inline(__always)
  func end() {
    unsafe word(.busy).pointee.store(0, ordering: .releasing)
  }

  /// Publishes a job, works on it, and returns when every part has been counted.
  func run(_ parts: Int, _ context: UnsafeMutableRawPointer?, _ body: Body) {
    let jobs = unsafe word(.jobs).pointee.add(1, ordering: .relaxed).newValue
    if jobs % Board.jobsBetweenLooks == 0 { lookAtCores() }
    let active = unsafe Int(word(.active).pointee.load(ordering: .relaxed))
    if active == 1 {
      for part in 0..<parts { unsafe body(context, part) }
      return
    }
    let generation = unsafe word(.generation).pointee.load(ordering: .relaxed) &+ 1
    unsafe pointer(.body).pointee.store(
      UInt(bitPattern: unsafeBitCast(body, to: UnsafeRawPointer.self)), ordering: .relaxed)
    unsafe pointer(.context).pointee.store(UInt(bitPattern: context), ordering: .relaxed)
    unsafe word(.remaining).pointee.store(UInt32(parts), ordering: .relaxed)
    unsafe word(.callerCore).pointee.store(Processor.currentCore, ordering: .relaxed)
    for thread in 0..<active {
      let next = UInt64(thread * parts / active)
      let end = UInt64((thread + 1) * parts / active)
      unsafe cursor(thread).pointee.store(
        UInt64(generation) << 32 | next << 16 | end, ordering: .releasing)
    }
    unsafe word(.generation).pointee.store(generation, ordering: .sequentiallyConsistent)
    let sleepers = unsafe word(.sleepers).pointee.load(ordering: .sequentiallyConsistent)
    if sleepers > 0 {
      unsafe cposix_futex_wake(word(.generation), Int32(min(parts, active) - 1))
    }
    participate(as: 0, in: generation)
    waitForOthers()
  }

  /// Claims and computes parts, first those of `thread`, then those of the others, until none is left.
  func participate(as thread: Int, in generation: UInt32) {
    var done: UInt32 = 0
    var victim = thread
    for _ in 0..<width {
      while let part = claim(from: victim, in: generation) {
        // SAFETY: the part is held, so body and context are those of this generation and alive (see `Board`).
        let address = unsafe pointer(.body).pointee.load(ordering: .relaxed)
        let context = unsafe UnsafeMutableRawPointer(
          bitPattern: pointer(.context).pointee.load(ordering: .relaxed))
        let body = unsafe unsafeBitCast(address, to: Body.self)
        unsafe body(context, part)
        done += 1
      }
      victim = victim + 1 == width ? 0 : victim + 1
    }
    if done == 0 { return }
    let left = unsafe word(.remaining).pointee.subtract(
      done, ordering: .sequentiallyConsistent
    ).newValue
    guard left == 0, thread != 0 else { return }
    if unsafe word(.callerSleeps).pointee.load(ordering: .sequentiallyConsistent) != 0 {
      unsafe cposix_futex_wake(word(.remaining), 1)
    }
  }

  /// The next part of a thread's range, or nil if the range is used up or belongs to another job.
  @inline(__always)
  private func claim(from thread: Int, in generation: UInt32) -> Int? {
    var seen = unsafe cursor(thread).pointee.load(ordering: .acquiring)
    while true {
      let next = seen >> 16 & 0xffff
      guard UInt32(truncatingIfNeeded: seen >> 32) == generation, next < seen & 0xffff else {
        return nil
      }
      let (exchanged, original) = unsafe cursor(thread).pointee.compareExchange(
        expected: seen, desired: seen + (1 << 16), ordering: .acquiring)
      if exchanged { return Int(next) }
      seen = original
    }
  }

  /// Spins for a while, then sleeps until the last part has been counted.
  private func waitForOthers() {
    var spins = unsafe word(.spins).pointee.load(ordering: .relaxed)
    while unsafe word(.remaining).pointee.load(ordering: .acquiring) != 0 {
      if spins > 0 {
        spins -= 1
        cposix_pause()
        continue
      }
      unsafe word(.callerSleeps).pointee.store(1, ordering: .sequentiallyConsistent)
      let left = unsafe word(.remaining).pointee.load(ordering: .sequentiallyConsistent)
      if left != 0 { unsafe cposix_futex_wait(word(.remaining), left) }
      unsafe word(.callerSleeps).pointee.store(0, ordering: .relaxed)
    }
  }
}
