extension ExpressionFunction {
  /// The functions over texts and lists.
  func textOrList(_ given: [Datum]) -> Datum {
    let first = given[0]
    let text = first.text
    switch self {
    case .length:
      if case .list(let elements) = first { return .number(Double(elements.count)) }
      return .number(Double(text.utf16.count))
    case .indexof:
      if case .list(let elements) = first {
        let place = elements.firstIndex { Expression.isEqual($0, given[1]) }
        return .number(place.map(Double.init) ?? -1)
      }
      let place = text.firstRange(of: given[1].text)?.lowerBound
      return .number(place.map { Double(text.distance(from: text.startIndex, to: $0)) } ?? -1)
    case .inrange:
      guard case .list(let ends) = given[1], ends.count == 2 else { return .boolean(false) }
      let (a, b) = (ends[0].number, ends[1].number)
      return .boolean(first.number >= Swift.min(a, b) && first.number <= Swift.max(a, b))
    case .slice, .substring: return part(given)
    case .lower: return .text(text.lowercased())
    case .upper: return .text(text.uppercased())
    case .trim: return .text(String(text.trimmed))
    case .pad:
      let missing = Int(clamping: given[1].number) - text.count
      guard (1...1000).contains(missing) else { return .text(text) }
      let fill = String(repeating: given.count > 2 ? given[2].text : " ", count: missing)
      return .text(given.count > 3 && given[3].text == "left" ? fill + text : text + fill)
    case .truncate:
      let length = Int(clamping: given[1].number)
      guard text.count > length, length > 0 else { return .text(text) }
      return .text(String(text.prefix(length - 1)) + "…")
    case .split:
      guard !given[1].text.isEmpty else { return .list(text.map { .text(String($0)) }) }
      return .list(
        text.split(separator: given[1].text, omittingEmptySubsequences: false).map {
          .text(String($0))
        })
    case .join:
      guard case .list(let elements) = first else { return first }
      return .text(elements.map(\.text).joined(separator: given[1].text))
    case .replace:
      return .text(text.replacing(given[1].text, with: given[2].text, maxReplacements: 1))
    case .reverse:
      if case .list(let elements) = first { return .list(elements.reversed()) }
      return .text(String(text.reversed()))
    case .sort:
      guard case .list(let elements) = first else { return first }
      return .list(
        elements.enumerated().sorted {
          let order = Datum.order($0.element, $1.element)
          return order == 0 ? $0.offset < $1.offset : order < 0
        }.map(\.element))
    case .extent, .span:
      guard case .list(let elements) = first else { return .null }
      let numbers = elements.map(\.measure).filter { !$0.isNaN }
      guard let least = numbers.min(), let greatest = numbers.max() else { return .null }
      return self == .span
        ? .number(greatest - least) : .list([.number(least), .number(greatest)])
    default: return .null
    }
  }

  /// From one place to before another; negative places of `slice` count from the end.
  private func part(_ given: [Datum]) -> Datum {
    func places(_ count: Int) -> Range<Int> {
      let bound = { (place: Datum) -> Int in
        let value = Int(clamping: place.number)
        return Swift.min(Swift.max(self == .slice && value < 0 ? count + value : value, 0), count)
      }
      let from = bound(given[1])
      let to = given.count > 2 ? bound(given[2]) : count
      if self == .substring { return Swift.min(from, to)..<Swift.max(from, to) }
      return from..<Swift.max(from, to)
    }
    if case .list(let elements) = given[0] { return .list(Array(elements[places(elements.count)])) }
    let letters = Array(given[0].text)
    return .text(String(letters[places(letters.count)]))
  }
}

extension Int {
  /// The whole part, 0 for what has none.
  init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(Swift.min(Swift.max(value, -1e15), 1e15))
  }
}
