internal import ContentAddressing
internal import Training

/// Statistics of weights and gradients after each epoch: the content of `layers.json`.
///
/// Norms are kept for every epoch; histograms for at most ``histogramEpochs`` of them at equal distances,
/// to limit the size for long trainings. A gradient norm is the root mean square over
/// every sixteenth step of the epoch; the histograms of gradients are those of its last step.
struct LayerHistory: Equatable {
  /// One epoch, its parameters in the model's order.
  struct Epoch: Equatable {
    var weights: [ParameterStatistics]
    var gradients: [ParameterStatistics]
    /// One a parameter; infinite where squares overflow.
    var gradientNorms: [Double]
  }

  /// The schema of the file.
  static let schema = "pipeline.layers/1"

  /// The most epochs whose histograms are kept.
  static let histogramEpochs = 50

  /// The epochs that are over.
  private(set) var epochs: [Epoch] = []

  /// The gradients of the current epoch's last step, once it was taken: a run may stop before the
  /// epoch is validated.
  private(set) var lastGradients: [ParameterStatistics] = []

  /// The sums of squares of the gradient norms of the current epoch, one a parameter, in Double.
  private(set) var squares: [Double] = []

  /// How many steps are in them.
  private(set) var squareCount = 0

  init() {}

  /// Adds what a step measured.
  mutating func add(_ step: StepReport) {
    if !step.gradients.isEmpty { lastGradients = step.gradients }
    guard !step.gradientNorms.isEmpty else { return }
    if squares.isEmpty { squares = step.gradientNorms.map { _ in 0 } }
    for (index, norm) in step.gradientNorms.enumerated() {
      squares[index] += Double(norm) * Double(norm)
    }
    squareCount += 1
  }

  /// Ends an epoch.
  ///
  /// - Parameters:
  ///   - weights: The weights as they are now.
  ///   - total: The epochs of the whole training.
  mutating func endEpoch(weights: [ParameterStatistics], of total: Int) {
    var epoch = Epoch(
      weights: weights, gradients: lastGradients,
      gradientNorms: squares.map { ($0 / Double(squareCount)).squareRoot() })
    if !Self.keepsHistograms(ofEpoch: epochs.count + 1, of: total) {
      epoch.weights = epoch.weights.map(\.withoutCounts)
      epoch.gradients = epoch.gradients.map(\.withoutCounts)
    }
    epochs.append(epoch)
    lastGradients = []
    squares = []
    squareCount = 0
  }

  /// Whether an epoch, counted from 1, keeps its histograms: every *n*-th, and the last.
  static func keepsHistograms(ofEpoch epoch: Int, of total: Int) -> Bool {
    epoch % max(1, (total + histogramEpochs - 1) / histogramEpochs) == 0 || epoch == total
  }
}

extension LayerHistory {
  /// The content of `layers.json`.
  var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "schema": .string(Self.schema),
      "parameters": .array((epochs.last?.weights ?? lastGradients).map { .string($0.name) }),
      "epochs": .array(
        epochs.enumerated().map { index, epoch in
          [
            "epoch": .integer(index + 1),
            "weights": .array(epoch.weights.map(\.values.value)),
            "gradients": .array(epoch.gradients.map(\.values.value)),
            "gradient_norms": .array(epoch.gradientNorms.map { .double($0) }),
          ]
        }),
    ]
    // What only a checkpoint between two steps holds.
    if squareCount > 0 {
      members["squares"] = .array(squares.map { .double($0) })
      members["square_count"] = .integer(squareCount)
    }
    if !lastGradients.isEmpty {
      members["last_gradients"] = .array(lastGradients.map(\.values.value))
    }
    return .object(members)
  }

  /// Reads what ``value`` wrote.
  ///
  /// - Throws: `DecodingError` for anything else.
  init(bytes: [UInt8]) throws {
    let file = try LayersFile(bytes: bytes)
    func statistics(_ values: [LayersFile.Statistics]) -> [ParameterStatistics] {
      zip(file.parameters, values).map {
        ParameterStatistics(name: $0, values: ValueStatistics($1))
      }
    }
    epochs = file.epochs.map {
      Epoch(
        weights: statistics($0.weights), gradients: statistics($0.gradients),
        gradientNorms: $0.gradient_norms.map { $0 ?? .infinity })
    }
    squares = file.squares ?? []
    squareCount = file.square_count ?? 0
    lastGradients = statistics(file.last_gradients ?? [])
  }
}

extension ParameterStatistics {
  fileprivate var withoutCounts: ParameterStatistics {
    var result = self
    result.values.counts = []
    return result
  }
}

extension ValueStatistics {
  /// Without a histogram where none was kept; a norm beyond the largest float becomes `null`.
  fileprivate var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "norm": .double(Double(norm)), "least": .double(Double(least)),
      "greatest": .double(Double(greatest)),
    ]
    if !counts.isEmpty { members["counts"] = .array(counts.map { .integer($0) }) }
    return .object(members)
  }

  fileprivate init(_ file: LayersFile.Statistics) {
    self.init(
      norm: file.norm.map { Float($0) } ?? .infinity, least: Float(file.least),
      greatest: Float(file.greatest), counts: file.counts ?? [])
  }
}
