internal import ContentAddressing

/// Facts about a run from its events.
struct RunEvents {
  let events: [CanonicalValue]

  /// The seconds of each epoch that began in this run, with the number of the first.
  ///
  /// The epoch after a resume may have begun before it, so it does not measure speed.
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
