import ContentAddressing
import Testing

@testable import PipelineSpec

@Suite("The difference of two documents")
struct CanonicalDifferenceTests {
  private func paths(_ old: CanonicalValue, _ new: CanonicalValue) -> [String] {
    CanonicalDifference.between(old, and: new).map {
      "\($0.path): \(CanonicalDifference.text(of: $0.old)) → \(CanonicalDifference.text(of: $0.new))"
    }
  }

  @Test(
    "names what a person would name",
    arguments: [
      (["a": 1], ["a": 2], ["a: 1 → 2"]),
      (["a": 1], ["b": 1], ["a: 1 → –", "b: – → 1"]),
      (["b": ["x": 1, "y": 2], "a": 0], ["b": ["x": 1, "y": 3], "a": 0], ["b.y: 2 → 3"]),
      (["o": ["adam": ["r": 1]]], ["o": ["sgd": ["r": 1]]], ["o: {adam: {r: 1}} → {sgd: {r: 1}}"]),
      (["l": [["relu": [:]]]], ["l": [["tanh": [:]]]], ["l.0: relu → tanh"]),
      (["l": [1, 2, 3]], ["l": [1, 9, 2, 3]], ["l.1: – → 9"]),
      (["l": [1, 9, 2, 3]], ["l": [1, 2, 3]], ["l.1: 9 → –"]),
      (["l": [1, 2, 3]], ["l": [4, 2, 5]], ["l.0: 1 → 4", "l.2: 3 → 5"]),
      (["l": [1]], ["l": []], ["l.0: 1 → –"]),
      (["v": "a"], ["v": ["x": "b"]], ["v: a → {x: b}"]),
      (["v": .double(0.001)], ["v": .double(10)], ["v: 0.001 → 10"]),
      (["v": .null], ["v": true], ["v: null → true"]),
      ([:], [:], []),
    ] as [(CanonicalValue, CanonicalValue, [String])])
  func examples(old: CanonicalValue, new: CanonicalValue, expected: [String]) {
    #expect(paths(old, new) == expected)
  }

  /// A document drawn at random.
  private func value(_ depth: Int, _ random: inout SeededGenerator) -> CanonicalValue {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
    case 0: return .integer(Int.random(in: 0..<3, using: &random))
    case 1: return .string(["a", "b"].randomElement(using: &random) ?? "a")
    case 2: return .boolean(Bool.random(using: &random))
    case 3: return .double(0.5)
    case 4:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth - 1, &random) })
    default:
      var members: [String: CanonicalValue] = [:]
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        members[["x", "y", "z", "w"].randomElement(using: &random) ?? "x"] = value(
          depth - 1, &random)
      }
      return .object(members)
    }
  }

  @Test("is empty for equal documents only, turns with its sides, and names no path twice")
  func laws() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let (a, b) = (value(4, &random), value(4, &random))
      let forth = CanonicalDifference.between(a, and: b)
      let back = CanonicalDifference.between(b, and: a)
      #expect(forth.isEmpty == (a == b))
      #expect(CanonicalDifference.between(a, and: a).isEmpty)
      #expect(
        Set(forth) == Set(back.map { CanonicalDifference(path: $0.path, old: $0.new, new: $0.old) })
      )
      #expect(Set(forth.map(\.path)).count == forth.count)
      #expect(forth.allSatisfy { $0.old != $0.new })
    }
  }
}
