internal import CPosix
internal import Synchronization

/// The worker's side: waiting for jobs.
extension Board {
  /// Works on every job until the pool ends.
  ///
  /// A worker keeps off the core of the thread that asks. Left alone, the kernel likes to wake it there, next to the one
  /// that woke it: then both share a core while others idle, and two threads are slower than one.
  func work(as thread: Int) {
    var seen: UInt32 = 0
    var left = UInt32.max
    while true {
      seen = waitForJob(after: seen)
      // SAFETY: here and below, the fields live until every worker has been joined.
      if unsafe word(.stopping).pointee.load(ordering: .acquiring) != 0 { return }
      let core = unsafe word(.callerCore).pointee.load(ordering: .relaxed)
      if core != left {
        left = core
        Processor.leave(core)
      }
      participate(as: thread, in: seen)
    }
  }

  /// Ends the workers.
  func stop() {
    unsafe word(.stopping).pointee.store(1, ordering: .releasing)
    unsafe word(.generation).pointee.add(1, ordering: .sequentiallyConsistent)
    unsafe cposix_futex_wake(word(.generation), .max)
  }

  /// Spins for a while, then sleeps, until there is a generation other than `seen`; returns it.
  private func waitForJob(after seen: UInt32) -> UInt32 {
    var spins = unsafe word(.spins).pointee.load(ordering: .relaxed)
    while true {
      let now = unsafe word(.generation).pointee.load(ordering: .acquiring)
      if now != seen { return now }
      if spins > 0 {
        spins -= 1
        cposix_pause()
        continue
      }
      unsafe word(.sleepers).pointee.add(1, ordering: .sequentiallyConsistent)
      unsafe cposix_futex_wait(word(.generation), seen)
      unsafe word(.sleepers).pointee.subtract(1, ordering: .sequentiallyConsistent)
    }
  }
}
