internal import Dispatch
internal import PipelineSpec
internal import Synchronization

extension Runner {
  /// The shared state of stages that run in parallel.
  private struct Progress {
    var outcomes: [String: StageOutcome] = [:]
    var failures: [String: any Error] = [:]
    var running: Set<String> = []
  }

  /// The state shared by the threads that run stages.
  private final class Board: Sendable {
    let progress = Mutex(Progress())
    /// Signalled whenever a stage has ended.
    let ending = DispatchSemaphore(value: 0)
  }

  /// Runs each stage as soon as those that it reads have ended, in at most as many parallel jobs as allowed.
  ///
  /// No result depends on which stages run together: each is a function of its key.
  /// After a failure no stage is started, and running stages are finished. The failure that counts is
  /// that of the first stage in the order of the dependencies.
  ///
  /// The threads are divided: a stage that runs alone, with no other ready, gets all of them.
  func runSideBySide(
    _ stages: [StageSpec], resolver: StageResolver
  ) -> (outcomes: [String: StageOutcome], failure: (any Error)?) {
    let board = Board()
    let names = Set(stages.map(\.name))
    var waiting = stages
    while true {
      let (known, running, hasFailed) = board.progress.withLock {
        ($0.outcomes, $0.running.count, !$0.failures.isEmpty)
      }
      let ready =
        hasFailed
        ? []
        : waiting.filter { stage in
          resolver.prerequisites(of: stage).allSatisfy { known[$0] != nil || !names.contains($0) }
        }
      let threads = max(
        1, options.resources.threads / max(1, min(options.jobs, running + ready.count)))
      for stage in ready.prefix(options.jobs - running) {
        waiting.removeAll { $0.name == stage.name }
        board.progress.withLock { _ = $0.running.insert(stage.name) }
        // A serial queue of its own is a thread of its own, at once: those of a concurrent queue are
        // counted against the cores, and a step that waits would hold one for a second.
        DispatchQueue(label: stage.name).async {
          let (outcome, failure) = attempt(
            stage, resolver: resolver, known: known, threads: threads)
          board.progress.withLock { progress in
            progress.outcomes[stage.name] = outcome
            progress.failures[stage.name] = failure
            progress.running.remove(stage.name)
          }
          board.ending.signal()
        }
      }
      if running == 0, ready.isEmpty { break }
      board.ending.wait()
    }
    return board.progress.withLock { progress in
      let first = stages.first { progress.failures[$0.name] != nil }
      return (progress.outcomes, first.flatMap { progress.failures[$0.name] })
    }
  }
}
