package import ContentAddressing

extension Comparison {
  /// The comparison as `pipeline compare --json` writes it: a member that a run does not have is absent, a place
  /// in a list `null`.
  package var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "schema": .string(schema), "isComparable": .boolean(isComparable),
      "differs": .boolean(differs), "runs": .array(runs.map(\.value)),
      "settings": .array(settings.map(\.value)), "metrics": .array(metrics.map(\.value)),
      "environment": .array(environment.map(\.value)), "digests": .array(digests.map(\.value)),
      "firstDifferentStage": .array(firstDifferentStage.map { $0.map { .string($0) } ?? .null }),
      "samples": .array(samples.map { $0?.value ?? .null }),
    ]
    members["effects"] = effects?.value
    return .object(members)
  }
}

extension Comparison.Run {
  fileprivate var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "id": .string(id), "letter": .string(letter), "label": .string(label),
      "tags": .array(tags.map { .string($0) }),
    ]
    members["note"] = note.map { .string($0) }
    return .object(members)
  }
}

extension Comparison.Row {
  fileprivate var value: CanonicalValue {
    [
      "name": .string(name), "values": .array(values.map { $0.map { .string($0) } ?? .null }),
      "differs": .boolean(differs), "isDefault": .boolean(isDefault),
    ]
  }
}

extension Comparison.MetricRow {
  fileprivate var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "name": .string(name), "goal": .string(goal.rawValue),
      "values": .array(values.map { $0?.value ?? .null }),
    ]
    members["best"] = best.map { .integer($0) }
    return .object(members)
  }
}

extension Comparison.MetricRow.Value {
  fileprivate var value: CanonicalValue {
    var members: [String: CanonicalValue] = ["last": .double(last)]
    members["best"] = best.map { .double($0) }
    members["bestEpoch"] = bestEpoch.map { .double($0) }
    members["delta"] = delta.map { .double($0) }
    members["isBetter"] = isBetter.map { .boolean($0) }
    return .object(members)
  }
}

extension Comparison.SampleChanges {
  fileprivate var value: CanonicalValue {
    [
      "fixed": .array(fixed.map { .integer($0) }), "broken": .array(broken.map { .integer($0) }),
    ]
  }
}

extension Comparison.Effects {
  fileprivate var value: CanonicalValue {
    [
      "metrics": .array(metrics.map { .string($0) }),
      "settings": .array(
        settings.map { setting in
          [
            "name": .string(setting.name),
            "effects": .array(
              setting.effects.map { effect in
                var members: [String: CanonicalValue] = [:]
                members["correlation"] = effect.correlation.map { .double($0) }
                members["share"] = effect.share.map { .double($0) }
                return .object(members)
              }),
          ]
        }),
    ]
  }
}
