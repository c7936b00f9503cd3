/// How many samples each run fixed and broke against the baseline, and which.
struct SampleChangesView {
  struct Row {
    var letter: String
    var label: String
    var number: Int
    var colour: String
    var fixed: String
    var broken: String
    var net: String
    var netClass: String
    var fixedList: String
    var brokenList: String
  }

  /// How many indices are written out.
  static let listed = 24
  /// The most predictions that are put into the file for the script.
  static let dataLimit = 1_500_000

  var changesNote: String
  var changeRows: [Row]
  /// Predictions of every run for the script; missing where they would make the file too large.
  var predictionData: String?

  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    guard comparison.samples.dropFirst().contains(where: { $0 != nil }) else { return nil }
    changeRows = comparison.runs.enumerated().map { index, run in
      let changes = comparison.samples[index]
      let fixed = changes?.fixed ?? []
      let broken = changes?.broken ?? []
      let net = fixed.count - broken.count
      return Row(
        letter: run.letter, label: run.label, number: index, colour: LineStyle.colour(index),
        fixed: changes == nil ? "–" : NumberText.count(fixed.count),
        broken: changes == nil ? "–" : NumberText.count(broken.count),
        net: changes == nil || index == 0 ? "–" : NumberText.signed(NumberText.count(net)),
        netClass: net > 0 ? "up" : net < 0 ? "down" : "", fixedList: Self.list(fixed),
        brokenList: Self.list(broken))
    }
    changesNote =
      "Samples that the baseline has wrong and a run has right (fixed), and the other way round "
      + "(broken), by their place in the test data."
    predictionData = Self.data(model)
  }

  private static func list(_ indices: [Int]) -> String {
    indices.prefix(listed).map { "#\($0)" }.joined(separator: " ")
      + (indices.count > listed ? " …" : "")
  }

  /// Whether each run is right about each sample: one bit each, as base64.
  private static func data(_ model: CompareReportModel) -> String? {
    guard let truth = model.runs[0].predictions?.trueClasses,
      truth.count * model.runs.count <= dataLimit * 8
    else { return nil }
    let digest = model.runs[0].testDataDigest
    return JSONText.object([
      "count": .integer(truth.count),
      "right": .array(
        model.runs.map { run in
          guard let predictions = run.predictions, predictions.trueClasses == truth,
            run.testDataDigest == digest
          else { return .null }
          return .string(Base64.encode(bits(zip(predictions.predictedClasses, truth).map(==))))
        }),
    ]).text
  }

  /// Eight answers a byte, the first in the lowest bit.
  private static func bits(_ answers: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (answers.count + 7) / 8)
    for (index, answer) in answers.enumerated() where answer {
      bytes[index / 8] |= 1 << (index % 8)
    }
    return bytes
  }
}
