internal import FoundationEssentials

/// The content of `history.json` as a reader sees it.
struct HistoryFile: Decodable {
  struct Epoch: Decodable {
    let epoch: Int
    let learning_rate: Double
    let train: Scores
    let validation: Scores?
    let state: String
  }

  struct Scores: Decodable {
    let loss: Double
    let accuracy: Double
  }

  let steps_per_epoch: Int
  let epochs: [Epoch]

  /// - Throws: `DecodingError` for bytes that the step `train` did not write.
  init(bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }
}
