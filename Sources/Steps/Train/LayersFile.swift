internal import FoundationEssentials

/// The content of `layers.json` as a reader sees it.
struct LayersFile: Decodable {
  struct Epoch: Decodable {
    let epoch: Int
    let weights: [Statistics]
    /// Of the last step.
    let gradients: [Statistics]
    /// The root mean square over every sixteenth step.
    let gradient_norms: [Double?]
  }

  struct Statistics: Decodable {
    let norm: Double?
    let least: Double
    let greatest: Double
    let counts: [Int]?
  }

  let parameters: [String]
  let epochs: [Epoch]
  let last_gradients: [Statistics]?
  let squares: [Double]?
  let square_count: Int?

  /// - Throws: `DecodingError` for bytes that the step `train` did not write.
  init(bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }
}
