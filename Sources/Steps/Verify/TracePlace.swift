/// The first step whose loss or gradient norm differs between two `trace.csv`.
struct TracePlace: CustomStringConvertible {
  let description: String

  /// `nil` if the files are no traces, or the same.
  init?(recorded: [UInt8], computed: [UInt8]) {
    guard let old = Self.rows(recorded), let new = Self.rows(computed) else { return nil }
    for (before, after) in zip(old, new) where before != after {
      let same = before[0] == after[0]
      let column = (3...4).first { before[$0] != after[$0] }
      guard same, let column else { return nil }
      let name = column == 3 ? "loss" : "gradient norm"
      description =
        "step \(before[0]) is the first that diverged: \(name) recorded \(before[column - 2]) "
        + "(0x\(before[column])), computed \(after[column - 2]) (0x\(after[column]))"
      return
    }
    guard old.count != new.count else { return nil }
    description =
      "the first \(min(old.count, new.count)) steps are the same; recorded \(old.count) steps, "
      + "computed \(new.count)"
  }

  /// The fields of each row under the header.
  private static func rows(_ bytes: [UInt8]) -> [[Substring]]? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == "step,loss,gradient_norm,loss_bits,gradient_norm_bits" else { return nil }
    let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return rows.allSatisfy { $0.count == 5 } ? rows : nil
  }
}

/// The first epoch that differs between two `history.json`.
struct HistoryPlace: CustomStringConvertible {
  let description: String

  /// `nil` if the files are no histories, or their epochs are the same.
  init?(recorded: [UInt8], computed: [UInt8]) {
    guard let old = try? HistoryFile(bytes: recorded), let new = try? HistoryFile(bytes: computed)
    else { return nil }
    for (before, after) in zip(old.epochs, new.epochs) {
      let head = "epoch \(before.epoch) is the first that diverged: "
      if before.state != after.state {
        description = head + "state after it recorded \(before.state), computed \(after.state)"
        return
      }
      for (name, value, other) in Self.numbers(before, after) where value != other {
        description =
          head + "\(name) recorded \(value), computed \(other), though the state after it is the "
          + "same"
        return
      }
    }
    guard old.epochs.count != new.epochs.count else { return nil }
    description =
      "the first \(min(old.epochs.count, new.epochs.count)) epochs are the same; recorded "
      + "\(old.epochs.count) epochs, computed \(new.epochs.count)"
  }

  private static func numbers(
    _ before: HistoryFile.Epoch, _ after: HistoryFile.Epoch
  ) -> [(String, Double, Double)] {
    [
      ("learning rate", before.learning_rate, after.learning_rate),
      ("training loss", before.train.loss, after.train.loss),
      ("training accuracy", before.train.accuracy, after.train.accuracy),
      ("validation loss", before.validation?.loss ?? 0, after.validation?.loss ?? 0),
      ("validation accuracy", before.validation?.accuracy ?? 0, after.validation?.accuracy ?? 0),
    ]
  }
}
