internal import Settings

extension SpecReader {
  /// Reads a value without structure from the text of a scalar.
  mutating func scalar(
    _ node: SpecNode, _ type: FieldType, _ subject: Subject
  ) -> SpecValue.Payload? {
    guard case .scalar(let text, let isPlain) = node.kind else {
      mismatch(node, type, subject)
      return nil
    }
    switch type {
    case .boolean: return boolean(text, isPlain, node, subject)
    case .integer(let range): return integer(text, isPlain, range, node, subject)
    case .number(let range): return number(text, isPlain, range, node, subject)
    case .string(let rule): return string(text, rule, node, subject).map { .string($0) }
    case .reference, .referenceOrPath: return input(text, type, node, subject)
    case .list, .map, .record, .choice, .union, .named:
      mismatch(node, type, subject)
      return nil
    }
  }

  private mutating func boolean(
    _ text: String, _ isPlain: Bool, _ node: SpecNode, _ subject: Subject
  ) -> SpecValue.Payload? {
    if isPlain, text == "true" || text == "false" { return .boolean(text == "true") }
    let meant: String? =
      switch text.lowercased() {
      case "true", "yes", "on", "y", "1": "true"
      case "false", "no", "off", "n", "0": "false"
      default: nil
      }
    mismatch(node, .boolean, subject, hint: meant.map { "write \($0)" })
    return nil
  }

  private mutating func integer(
    _ text: String, _ isPlain: Bool, _ range: ClosedRange<Int>, _ node: SpecNode,
    _ subject: Subject
  ) -> SpecValue.Payload? {
    let scalar = ScalarText(text)
    guard isPlain, let value = scalar.integer, abs(value) <= FieldType.largestInteger else {
      let hint: String? =
        if !isPlain, scalar.integer != nil {
          "write it without quotes"
        } else if let trap = scalar.trap {
          trap
        } else {
          scalar.wholeValue.map { "write \($0)" }
        }
      mismatch(node, .integer(range), subject, hint: hint)
      return nil
    }
    guard range.contains(value) else {
      mismatch(node, .integer(range), subject)
      return nil
    }
    return .integer(value)
  }

  private mutating func number(
    _ text: String, _ isPlain: Bool, _ range: NumberRange, _ node: SpecNode, _ subject: Subject
  ) -> SpecValue.Payload? {
    let scalar = ScalarText(text)
    guard isPlain, let value = scalar.number else {
      let hint = !isPlain && scalar.number != nil ? "write it without quotes" : scalar.trap
      mismatch(node, .number(range), subject, hint: hint)
      return nil
    }
    guard range.contains(value) else {
      mismatch(node, .number(range), subject)
      return nil
    }
    return .number(value)
  }

  private mutating func string(
    _ text: String, _ rule: StringRule, _ node: SpecNode, _ subject: Subject
  ) -> String? {
    if case .oneOf(let words) = rule {
      guard words.contains(text) else {
        report(
          "\(subject.label) cannot be `\(text)`", at: node.place ?? subject.place,
          hint: hint(for: text, among: words),
          notes: ["valid here: \(words.joined(separator: ", "))"])
        return nil
      }
      return text
    }
    if let objection = rule.objection(to: text) {
      report(
        "\(subject.label) \(objection), found \(node.found)", at: node.place ?? subject.place)
      return nil
    }
    if let objection = Self.textObjection(text) {
      report("\(subject.label) \(objection)", at: node.place ?? subject.place)
      return nil
    }
    return rule.normalized(text)
  }

  /// Why a text cannot be kept in records or shown, whatever its rule.
  private static func textObjection(_ text: String) -> String? {
    if text.hasPrefix("f64:") { return "must not begin with `f64:`, which marks numbers in keys" }
    let control = text.unicodeScalars.first { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
    return control.map {
      "holds the control character U+\(String($0.value, radix: 16, uppercase: true))"
    }
  }

  /// Reads `stage/output`, or the path of a local file where the type allows one.
  private mutating func input(
    _ text: String, _ type: FieldType, _ node: SpecNode, _ subject: Subject
  ) -> SpecValue.Payload? {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let place = node.place ?? subject.place
    if let objection = text.isEmpty ? "must not be empty" : Self.textObjection(text) {
      report("\(subject.label) \(objection)", at: place)
      return nil
    }
    let stage = String(parts[0])
    if case .referenceOrPath = type, !knownStages.contains(stage) || parts.count < 2 {
      let isPath = parts.count < 2 || ["", ".", ".."].contains(stage)
      guard !isPath, suggestion(for: stage, among: stageNames) != nil else { return .path(text) }
    }
    guard parts.count == 2, !stage.isEmpty, !parts[1].isEmpty else {
      let isStage = knownStages.contains(stage)
      mismatch(
        node, type, subject,
        hint: isStage
          ? "name its output too: `\(stage)/\(knownOutputs[stage]?.first ?? "…")`" : nil,
        notes: isStage ? [] : stageNotes)
      return nil
    }
    guard knownStages.contains(stage) else {
      var notes = stageNotes
      if case .referenceOrPath = type {
        notes.append("for a local file of that name write ./\(text)")
      }
      report(
        "there is no stage `\(stage)`", at: place, width: stage.unicodeScalars.count,
        hint: hint(for: stage, among: stageNames), notes: notes)
      return nil
    }
    let reference = StageReference(stage: stage, output: String(parts[1]))
    references.append((reference, place))
    return .reference(reference)
  }

  private var stageNotes: [String] {
    stageNames.isEmpty ? [] : ["stages: \(stageNames.joined(separator: ", "))"]
  }
}
