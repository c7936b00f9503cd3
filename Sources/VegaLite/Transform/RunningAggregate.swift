/// What is made of a window that moves over cells: what the last one held is not counted again.
struct RunningAggregate {
  /// The most cells that windows which cannot be continued may look at in all.
  static let mostWork = 100_000_000

  private let operation: AggregateOperation
  private let cells: [Datum]
  private var range = 0..<0
  private var value: Datum?
  private var work = 0
  // Of the cells in the range so far, in their order, so that sums have the bits of a sum over all of them.
  private var (count, valid) = (0, 0)
  private var (sum, product) = (0.0, 1.0)
  private var best: Datum?

  init(_ operation: AggregateOperation, over cells: [Datum]) {
    (self.operation, self.cells) = (operation, cells)
  }

  /// The value over a window.
  mutating func value(
    over next: Range<Int>, _ place: String
  ) throws(VegaLiteError) -> Datum {
    if let value, next == range { return value }
    let isContinued = next.lowerBound == range.lowerBound && next.upperBound >= range.upperBound
    switch operation {
    case .count, .valid, .sum, .product, .mean, .average, .min, .max:
      if !isContinued || value == nil { begin() }
      try spend(next.upperBound - (isContinued ? range.upperBound : next.lowerBound), place)
      let from = isContinued && value != nil ? range.upperBound : next.lowerBound
      for cell in cells[from..<next.upperBound] { add(cell) }
      value = result
    default:
      try spend(next.count, place)
      value = operation.value(of: Array(cells[next]))
    }
    range = next
    return value ?? .null
  }

  private mutating func spend(_ count: Int, _ place: String) throws(VegaLiteError) {
    work += max(count, 0)
    guard work <= Self.mostWork else {
      throw VegaLiteError(
        place, "looks at more than \(Self.mostWork) cells in its windows; give a narrower frame")
    }
  }

  private mutating func begin() {
    (count, valid, sum, product, best) = (0, 0, 0, 1, nil)
  }

  private mutating func add(_ cell: Datum) {
    count += 1
    guard !cell.isMissing, cell != .text("") else { return }
    valid += 1
    sum += cell.number
    product *= cell.number
    let isLess = operation == .min
    let order = best.map { Datum.order(cell, $0) } ?? (isLess ? -1 : 1)
    if isLess ? order < 0 : order > 0 { best = cell }
  }

  private var result: Datum {
    switch operation {
    case .count: .number(Double(count))
    case .valid: .number(Double(valid))
    case .min, .max: best ?? .null
    case .sum: valid == 0 ? .null : .number(sum)
    case .product: valid == 0 ? .null : .number(product)
    default: valid == 0 ? .null : .number(sum / Double(valid))
    }
  }
}
