/// Progress as text fields, for the metadata of a checkpoint; every Double as the 16 hexadecimal digits of its bits.
extension TrainingProgress {
  /// Names and texts; the same progress gives the same texts.
  public var fields: [String: String] {
    [
      "epoch": String(epoch),
      "step_in_epoch": String(stepInEpoch),
      "global_step": String(globalStep),
      "running": "\(running.lossSum.bits) \(running.correct) \(running.samples)",
      "history": history.map(\.text).joined(separator: ";"),
    ]
  }

  /// Reads the texts that ``fields`` wrote; other names are ignored.
  ///
  /// - Throws: ``TrainingError`` with the code `damagedProgress` and the name of the field.
  public init(fields: [String: String]) throws(TrainingError) {
    func integer(_ name: String) throws(TrainingError) -> Int {
      guard let value = fields[name].flatMap({ Int($0) }), value >= 0 else {
        throw TrainingError(.damagedProgress(field: name))
      }
      return value
    }
    self.init()
    epoch = try integer("epoch")
    stepInEpoch = try integer("step_in_epoch")
    globalStep = try integer("global_step")
    let parts = (fields["running"] ?? "").split(separator: " ").map(String.init)
    guard parts.count == 3, let sum = Double(bits: parts[0]), let correct = Int(parts[1]),
      let samples = Int(parts[2])
    else { throw TrainingError(.damagedProgress(field: "running")) }
    running.lossSum = sum
    running.correct = correct
    running.samples = samples
    for (index, text) in (fields["history"] ?? "").split(separator: ";").enumerated() {
      guard let report = EpochReport(epoch: index, text: String(text)) else {
        throw TrainingError(.damagedProgress(field: "history"))
      }
      history.append(report)
    }
    guard history.count == epoch else { throw TrainingError(.damagedProgress(field: "history")) }
  }
}

extension EpochReport {
  fileprivate var text: String {
    var parts = [training.loss, training.accuracy, learningRate]
    if let validation { parts += [validation.loss, validation.accuracy] }
    return parts.map(\.bits).joined(separator: " ")
  }

  fileprivate init?(epoch: Int, text: String) {
    let words = text.split(separator: " ")
    let numbers = words.compactMap { Double(bits: String($0)) }
    guard numbers.count == words.count, numbers.count == 3 || numbers.count == 5 else { return nil }
    self.init(
      epoch: epoch, training: Metrics(loss: numbers[0], accuracy: numbers[1]),
      validation: numbers.count == 5 ? Metrics(loss: numbers[3], accuracy: numbers[4]) : nil,
      learningRate: numbers[2])
  }
}

extension Double {
  /// The bits as 16 hexadecimal digits.
  fileprivate var bits: String {
    let digits = String(bitPattern, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The number with these bits; nil unless the text is 16 hexadecimal digits.
  fileprivate init?(bits: String) {
    guard bits.utf8.count == 16, let pattern = UInt64(bits, radix: 16) else { return nil }
    self.init(bitPattern: pattern)
  }
}
