internal import FoundationEssentials

/// The content of `evaluation.json` as a reader sees it.
struct EvaluationFile: Decodable {
  /// The scores of a class, or the mean over all classes.
  struct Scores: Decodable {
    let name: String?
    let precision: Double
    let recall: Double
    let f1: Double
    let support: Int
  }

  let split: String
  let samples: Int
  let loss: Double
  let accuracy: Double
  let class_names: [String]
  /// A row for each true class, a column for each predicted one.
  let confusion: [[Int]]
  let classes: [Scores]
  let macro_average: Scores
  let weighted_average: Scores

  /// - Throws: `DecodingError` for bytes that the step `evaluate` did not write.
  init(bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }
}
