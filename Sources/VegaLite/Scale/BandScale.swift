/// Names along an axis, or a list of colours, shapes and dashes.
struct BandScale: Sendable {
  let values: [Datum]
  private let places: [String: Int]
  /// Whether the first stands above: names are read from the top.
  let isFalling: Bool
  /// Whether bands hold bands of their own, and keep a distance that parts groups.
  var isNested = false

  /// More names than can be told apart by anything.
  static let mostNames = 1000

  init(_ values: [Datum], isFalling: Bool, _ place: String) throws(VegaLiteError) {
    guard values.count <= Self.mostNames else {
      throw VegaLiteError(
        place,
        "has \(values.count) different values; at most \(Self.mostNames) are drawn. Is it "
          + "“quantitative”?")
    }
    self.values = values
    self.isFalling = isFalling
    var places: [String: Int] = [:]
    for (index, value) in values.enumerated() { places[value.key] = index }
    self.places = places
  }

  func index(_ value: Datum) -> Int? { places[value.key] }

  /// A band with the distance to its neighbour.
  private var step: Double {
    isNested ? 1 / (Double(values.count) + 0.2) : 1 / Double(values.count)
  }

  /// The middle of a band.
  func part(_ value: Datum) -> Double {
    guard let index = index(value) else { return .nan }
    let part = (Double(index) + (isNested ? 0.6 : 0.5)) * step
    return isFalling ? 1 - part : part
  }

  /// The ends of a band without its padding; bands of bands have theirs.
  func band(_ value: Datum, padding: Double) -> (Double, Double)? {
    let middle = part(value)
    guard !middle.isNaN else { return nil }
    let half = (1 - (isNested ? 0.2 : padding)) * step / 2
    return (middle - half, middle + half)
  }
}
