internal import FoundationEssentials

/// The content of `evaluation.json` as a reader sees it.
struct EvaluationFile: Decodable {
  let split: String
  let samples: Int
  let loss: Double
  let accuracy: Double
  let class_names: [String]
  /// A row for each true class, a column for each predicted one.
  let confusion: [[Int]]

  /// - Throws: `DecodingError` for bytes that the step `evaluate` did not write.
  init(bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }
}
