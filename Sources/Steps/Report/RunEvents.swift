internal import ContentAddressing
internal import Report

/// What the events of a run tell about how it went.
struct RunEvents {
  let events: [CanonicalValue]

  /// The kind of the events that ``load`` reads.
  static let loadKind = "load"

  /// What the process used over time.
  var load: [RunFacts.Load] {
    var load: [RunFacts.Load] = []
    var before: (seconds: Double, cpu: Double, event: CanonicalValue)?
    for event in events where event["event"]?.string == Self.loadKind {
      guard let seconds = number(event["seconds"]), let cpu = number(event["cpu_seconds"]),
        let memory = event["memory_bytes"]?.integer
      else { continue }
      if let before, seconds > before.seconds {
        let time = seconds - before.seconds
        let speed = { (name: String) -> Double? in
          guard let now = event[name]?.integer, let then = before.event[name]?.integer else {
            return nil
          }
          return Double(max(0, now - then)) / time
        }
        load.append(
          RunFacts.Load(
            seconds: seconds, cores: max(0, cpu - before.cpu) / time, memoryBytes: memory,
            traffic: RunFacts.Traffic(
              diskRead: speed("disk_read_bytes"), diskWritten: speed("disk_written_bytes"),
              received: speed("network_received_bytes"), sent: speed("network_sent_bytes")),
            gpus: gpus(event["gpus"])))
      }
      before = (seconds, cpu, event)
    }
    return load
  }

  /// The most GPUs of an event that are read: more were never written, whatever a damaged file says.
  static let gpuLimit = 128

  /// What GPUs did; what cannot be is left out, and keeps its place.
  private func gpus(_ value: CanonicalValue?) -> [RunFacts.GPU] {
    (value?.array ?? []).prefix(Self.gpuLimit).map { gpu in
      let read = { (name: String, greatest: Int) in
        gpu[name]?.integer.flatMap { 0...greatest ~= $0 ? $0 : nil }
      }
      return RunFacts.GPU(
        busyPercent: read("busy_percent", 100),
        memoryBytes: read("memory_bytes", CanonicalValue.largestInteger))
    }
  }

  /// The seconds of each epoch that began in this run, with the number of the first.
  ///
  /// The epoch after a resume may have begun before it, so it says nothing about speed.
  var epochs: (first: Int, seconds: [Double]) {
    var first = 1
    var seconds: [Double] = []
    var isPartial = false
    for event in events {
      switch event["event"]?.string {
      case "resume":
        isPartial = true
        seconds = []
      case "epoch":
        guard !isPartial, let epoch = event["epoch"]?.integer,
          let time = number(event["seconds"]), time > 0
        else {
          isPartial = false
          continue
        }
        if seconds.isEmpty { first = epoch }
        seconds.append(time)
      default: break
      }
    }
    return (first, seconds)
  }

  /// The step from which a stage trained, and the seconds from there to the end of each epoch.
  func epochEnds(of stage: String) -> (firstStep: Int, seconds: [Double]) {
    var firstStep = 0
    var ends: [Double] = []
    for event in events where event["stage"]?.string == stage {
      switch event["event"]?.string {
      case "resume":
        firstStep = event["position"]?["step"]?.integer ?? 0
        ends = []
      case "epoch":
        guard let seconds = number(event["seconds"]), seconds >= 0 else { return (0, []) }
        ends.append((ends.last ?? 0) + seconds)
      default: break
      }
    }
    return (firstStep, ends)
  }

  private func number(_ value: CanonicalValue?) -> Double? {
    value?.double ?? value?.integer.map { Double($0) }
  }
}
