import Foundation
import Testing

/// Steps of a small perceptron computed by PyTorch in float64; see Tests/Fixtures/make_training_fixture.py.
struct TrainingFixture: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var loss: String
    var smoothing: Double
    var activation: String
    var clip: Double?
    var losses: [Double]
    var norms: [Double]
    var gradients: [String: [Double]]
    var parameters: [[String: [Double]]]

    var testDescription: String { "\(name) \(loss) \(activation) \(clip ?? 0)" }
  }

  var sizes: [Int]
  var batch: Int
  var steps: Int
  var initial: [String: [Float]]
  var inputs: [Float]
  var labels: [UInt32]
  var cases: [Case]

  static let shared: TrainingFixture = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/training-steps.json")
    do {
      return try JSONDecoder().decode(TrainingFixture.self, from: Data(contentsOf: url))
    } catch {
      preconditionFailure("the fixture cannot be read: \(error)")
    }
  }()
}
