internal import Pipeline
internal import Report
internal import Settings

/// A confusion matrix, counted over rows.
struct ConfusionPlot: PlotKind {
  static let word = "confusion"
  static let summary = "Confusion matrix, counted over the rows."
  static let settings: [Setting<Self>] = [
    .table(\.data),
    Setting("actual", \.actual, .text(), isRequired: true, "The column of true classes."),
    Setting(
      "predicted", \.predicted, .text(), isRequired: true, "The column of predicted classes."),
    .title,
  ]

  /// The largest number of distinguishable classes.
  private static let mostClasses = 200

  var data = Input()
  var actual = "actual"
  var predicted = "predicted"
  var title: String?

  var sources: [Input] { [data] }

  func standardHeading(_ file: String) -> String { "Confusion matrix of \(file)" }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    let table = try files.table(data)
    let truth = try table.texts(actual)
    let guesses = try table.texts(predicted)
    let classes = Set(truth).union(guesses)
    guard classes.count <= Self.mostClasses else {
      throw StepFailure(
        .invalidSpec,
        "columns “\(actual)” and “\(predicted)” of \(table.source) hold \(classes.count) different "
          + "texts; a confusion matrix has at most \(Self.mostClasses) classes")
    }
    // Numbers by value, the rest by letters.
    let number = { (text: String) in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    let names = classes.sorted { left, right in
      switch (number(left), number(right)) {
      case (let a?, let b?) where a != b: a < b
      case (.some, nil): true
      case (nil, .some): false
      default: left < right
      }
    }
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: names.count), count: names.count)
    for (truth, guess) in zip(truth, guesses) {
      if let row = places[truth], let column = places[guess] { counts[row][column] += 1 }
    }
    return .confusion(ConfusionMatrix(classNames: names, counts: counts))
  }
}
