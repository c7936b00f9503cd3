internal import ContentAddressing
internal import Datasets
internal import Pipeline

/// The results of one stage, wherever they are read from: a step's inputs, or the store behind a record.
struct StageResults {
  let name: String
  let kind: String
  let key: Digest
  let outputs: [String: Content]
  let metrics: StageMetrics

  /// Reads an output, verified.
  let bytes: (String) throws -> [UInt8]

  /// Reads a split of an output that is a prepared dataset, verified.
  let samples: (String, SplitName) throws -> DatasetSplit

  /// Reads an output that may be absent or unreadable.
  func decoded<Value>(_ output: String, _ decode: ([UInt8]) throws -> Value) -> Value? {
    guard outputs[output] != nil, let bytes = try? bytes(output) else { return nil }
    return try? decode(bytes)
  }
}
