import Pipeline
import Steps
import Settings
import Testing

@testable import PipelineSpec

@Suite("A suggestion")
struct SuggestionTests {
  /// The names that are valid at one place, for every place of the example catalog.
  static let vocabularies: [[String]] = {
    var all: [[String]] = [
      StepLibrary.catalog.schemas.steps.map(\.kind), ["version", "name", "seed", "stages"],
    ]
    func collect(_ fields: [Field]) {
      all.append(fields.map(\.name))
      for field in fields { collect(field.type) }
    }
    func collect(_ type: FieldType) {
      switch type {
      case .record(let fields): collect(fields)
      case .list(let element, _), .map(_, let element): collect(element)
      case .choice(let choices):
        all.append(choices.map(\.name))
        for choice in choices { collect(choice.fields) }
      default: break
      }
    }
    for step in StepLibrary.catalog.schemas.steps { collect(step.fields) }
    for type in StepLibrary.catalog.schemas.types.values { collect(type) }
    return all
  }()

  /// Every word that is one slip away: a letter lost, doubled, replaced or exchanged with the next.
  private func slips(of word: String) -> Set<String> {
    let letters = Array(word)
    var words: Set<String> = []
    for index in letters.indices {
      var lost = letters
      lost.remove(at: index)
      words.insert(String(lost))
      var doubled = letters
      doubled.insert(letters[index], at: index)
      words.insert(String(doubled))
      for letter in "aeiost_" {
        var replaced = letters
        replaced[index] = letter
        words.insert(String(replaced))
      }
      if index + 1 < letters.count {
        var exchanged = letters
        exchanged.swapAt(index, index + 1)
        words.insert(String(exchanged))
      }
    }
    return words.subtracting([word, ""])
  }

  @Test("is the right word for at least 95 of 100 single slips in every setting")
  func slips() {
    var right = 0
    var wrong: [String] = []
    for names in Self.vocabularies {
      for name in names where name.count > 2 {
        for slip in slips(of: name) where !names.contains(slip) {
          if Suggestion.nearest(to: slip, among: names) == name {
            right += 1
          } else {
            wrong.append("\(slip) for \(name)")
          }
        }
      }
    }
    let share = Double(right) / Double(right + wrong.count)
    #expect(right > 1000)
    #expect(share >= 0.95, "\(share): \(wrong.prefix(40))")
  }

  @Test("is silent for words that are further away and begin like nothing")
  func silence() {
    for names in Self.vocabularies {
      for stranger in ["colour", "zzz", "qqqqqqqqqq", "width", "hidden_units", "x", "größe", ""]
      where !names.contains(stranger) {
        guard let suggestion = Suggestion.nearest(to: stranger, among: names) else { continue }
        let distance = Suggestion.distance(
          Array(stranger.unicodeScalars), Array(suggestion.unicodeScalars), limit: 100)
        Issue.record("\(suggestion) for \(stranger), distance \(distance)")
      }
    }
  }

  @Test(
    "ignores capitals and hyphens, and completes a beginning that is unique",
    arguments: [
      ("Batch-Size", "batch_size"), ("batchsize", "batch_size"), ("learn", "learning_rate"),
      ("LEARNING_RATE", "learning_rate"), ("epochs_total", "epochs"), ("ba", nil), ("b", nil),
    ])
  func forms(word: String, expected: String?) {
    let names = ["batch_size", "learning_rate", "epochs", "batch_norm"]
    #expect(Suggestion.nearest(to: word, among: names) == expected)
  }

  @Test("measures slips as the definition does")
  func distance() {
    /// Optimal string alignment, straight from its recurrence.
    func reference(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Int {
      guard let x = a.last else { return b.count }
      guard let y = b.last else { return a.count }
      var least = min(
        reference(a.dropLast(), b) + 1, reference(a, b.dropLast()) + 1,
        reference(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
      if a.count > 1, b.count > 1, a.dropLast().last == y, b.dropLast().last == x {
        least = min(least, reference(a.dropLast(2), b.dropLast(2)) + 1)
      }
      return least
    }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      func word() -> [Unicode.Scalar] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          ["a", "b", "c"].randomElement(using: &random) ?? "a"
        }
      }
      let (a, b) = (word(), word())
      let expected = reference(a[...], b[...])
      #expect(Suggestion.distance(a, b, limit: 100) == expected)
      #expect(Suggestion.distance(b, a, limit: 100) == expected)
      #expect((Suggestion.distance(a, b, limit: 2) <= 2) == (expected <= 2))
    }
  }
}
