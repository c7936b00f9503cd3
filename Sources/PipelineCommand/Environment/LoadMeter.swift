internal import ContentAddressing
internal import Pipeline
internal import Synchronization

/// Measures from time to time what the process uses: processor time, memory, disks and networks, and what the GPUs
/// of the machine do.
///
/// There is no thread for it: whoever has an event asks. At most one answer comes in a quarter of a
/// second, and the longer a run is the fewer, so that a day takes no more than some thousand lines.
final class LoadMeter: Sendable {
  /// The kind of its events.
  static let kind = "load"

  private let start: Double
  private let last = Mutex<Double>(-.infinity)
  private let gpus = GPUMeter()

  init() { start = Clock.monotonicSeconds() }

  /// Measures what is used now.
  ///
  /// - Parameter isDue: Whether to answer however young the last answer is.
  /// - Returns: An event, or `nil` where the last answer is still young.
  func measure(isDue: Bool = false) -> CanonicalValue? {
    let now = Clock.monotonicSeconds() - start
    let isYoung = last.withLock { last in
      if !isDue, now - last < max(0.25, now / 400) { return true }
      last = now
      return false
    }
    guard !isYoung else { return nil }
    var event: [String: CanonicalValue] = [
      "schema": .string(RunEvent.schema), "event": .string(Self.kind), "seconds": .double(now),
      "cpu_seconds": .double(Machine.processorSeconds),
      "memory_bytes": .integer(Machine.residentMemory),
    ]
    if let disk = Machine.diskTraffic {
      event["disk_read_bytes"] = .integer(disk.read)
      event["disk_written_bytes"] = .integer(disk.written)
    }
    if let network = Machine.networkTraffic {
      event["network_received_bytes"] = .integer(network.received)
      event["network_sent_bytes"] = .integer(network.sent)
    }
    let usage = gpus.measure()
    if !usage.isEmpty { event["gpus"] = .array(usage.map(\.value)) }
    return .object(event)
  }
}
