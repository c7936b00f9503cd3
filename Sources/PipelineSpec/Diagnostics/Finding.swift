/// An error as found: small, since there may be thousands, of which twenty are shown.
struct Finding: Sendable {
  let message: String
  let place: Place?
  /// The number of characters to mark; `nil` for the token at the place.
  let width: Int?
  let hint: String?
  let notes: [String]
}

/// The mistakes found so far, each once, and no more than a thousand.
struct Findings: Sendable {
  private(set) var all: [Finding] = []
  private var known: Set<Key> = []

  /// One text may be read several times through aliases; its errors are reported once.
  private struct Key: Hashable {
    let message: String
    let place: Place?
  }

  var isEmpty: Bool { all.isEmpty }

  /// Whether the limit is reached and no more are accepted.
  var isFull: Bool { all.count >= 1000 }

  mutating func add(
    _ message: String, at place: Place?, width: Int? = nil, hint: String? = nil,
    notes: [String] = []
  ) {
    guard !isFull, known.insert(Key(message: message, place: place)).inserted else { return }
    all.append(
      Finding(message: message, place: place, width: width, hint: hint, notes: notes))
  }

  /// Whether there are too many to search for suggestions.
  var areMany: Bool { all.count > 10 * SpecLimits.diagnostics }
}

extension SpecError {
  /// The findings in the order of the text, those of overrides last.
  init(_ findings: Findings, in sources: Sources) {
    let ordered = findings.all.enumerated().sorted { left, right in
      switch (left.element.place, right.element.place) {
      case (let a?, let b?) where a != b: a < b
      case (nil, _?): true
      case (_?, nil): false
      default: left.offset < right.offset
      }
    }
    diagnostics = ordered.prefix(SpecLimits.diagnostics).map {
      Diagnostic($0.element, in: sources)
    }
    count = ordered.count
  }

  /// A single finding.
  init(
    _ message: String, at place: Place?, in sources: Sources, width: Int? = nil,
    hint: String? = nil, notes: [String] = []
  ) {
    var findings = Findings()
    findings.add(message, at: place, width: width, hint: hint, notes: notes)
    self.init(findings, in: sources)
  }
}
