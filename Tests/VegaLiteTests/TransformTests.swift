import Testing

@testable import VegaLite

@Suite("Transforms")
struct TransformTests {
  @Test("make the rows that Vega makes, in its order", arguments: VegaFixture.transforms)
  func rows(one: VegaFixture.TransformCase) throws {
    var parameters = Parameters()
    parameters.set("epochs", .number(8))
    let owner = try SpecObject(.object(["transform": one.transform]), path: "")
    var table = one.table
    for transform in try Transforms.all(in: owner, parameters) { try transform.apply(to: &table) }
    let ours = (0..<table.rowCount).map { row in
      one.fields.map { name in
        guard let value = table[name]?[row], !value.isMissing else { return "null" }
        return value.text
      }
    }
    let theirs = one.rows.map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(ours.count == theirs.count)
    let other = zip(ours, theirs).first { mine, other in
      mine.count != other.count || !zip(mine, other).allSatisfy(VegaFixture.agree)
    }
    #expect(other == nil, "\(String(describing: other))")
  }

  @Test("there are as many cases as the script has")
  func count() {
    #expect(VegaFixture.transforms.count >= 57)
    #expect(VegaFixture.expressions.count >= 97)
    #expect(VegaFixture.marks.count >= 34)
  }
}

@Suite("Expressions")
struct ExpressionTests {
  @Test("give what Vega's give", arguments: VegaFixture.expressions)
  func values(one: (expression: String, value: String)) throws {
    let expression = try ExpressionParser.expression(
      "'' + (\(one.expression))", "place", Parameters())
    let value = try expression.values(in: VegaFixture.row, "place")[0].text
    #expect(VegaFixture.agree(value, one.value), "\(one.expression) is \(value), not \(one.value)")
  }

  @Test(
    "that say nothing, too much or what is not here are refused with what stands there",
    arguments: [
      ("", "ends too early"), ("1 +", "ends too early"), ("(1", "ends where “)” was expected"),
      ("1 2", "goes on with “2”"), ("datum", "uses datum as a whole"),
      ("datum.no", "has no column “no”"),
      ("loss > 1", "which stands for nothing; a column is datum.loss"),
      ("alert(1)", "calls “alert”"), ("window.x", "has the name “window”"),
      ("pow(1)", "gives pow 1 arguments; it takes 2"), ("'a", "without its second quote"),
      ("a = 1", "has “=”"), ("1 ? 2", "where “:” was expected"),
      (String(repeating: "(", count: 500) + "1", "nested more than 60 deep"),
      (String(repeating: "-", count: 500) + "1", "nested more than 60 deep"),
      (String(repeating: "1+", count: 20_000) + "1", "an expression has at most"),
      (String(repeating: "1+", count: 201) + "1", "has more than 200 operations"),
    ])
  func refused(text: String, reason: String) throws {
    let error = #expect(throws: VegaLiteError.self) {
      try ExpressionParser.expression(text, "place", Parameters()).values(
        in: VegaFixture.row, "place")
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("may be as long and as deep as they may be, on the stack of any thread")
  func deepest() throws {
    let chain = String(repeating: "1+", count: 200) + "1"
    let nested = String(repeating: "(", count: 55) + chain + String(repeating: ")", count: 55)
    let whole = "[\(nested)][0] > 0 ? \(String(repeating: "-", count: 50))1 : 0"
    for (text, value) in [(chain, 201.0), (nested, 201)] {
      let expression = try ExpressionParser.expression(text, "place", Parameters())
      #expect(try expression.values(in: VegaFixture.row, "place")[0] == .number(value))
    }
    #expect(throws: VegaLiteError.self) {
      try ExpressionParser.expression(whole, "place", Parameters())
    }
    let test = JSONValue.string(chain + ">0")
    #expect(throws: VegaLiteError.self) { try Expression.predicate(test, "place", Parameters()) }
    let all = JSONValue.object(["or": .array(Array(repeating: .string(nested), count: 200))])
    let predicate = try Expression.predicate(all, "place", Parameters())
    #expect(try predicate.values(in: VegaFixture.row, "place")[0].truth)
    let tiny = DataTable(
      source: "t", names: ["v"], rows: [["1e-320"], ["2e-320"], ["0"], ["1e308"], ["-1e308"]])
    for rows in [tiny, tiny.selecting([0, 1, 2]), tiny.selecting([0])] {
      var table = rows
      try Binning(BinParameters(maxbins: 10), of: "v", as: ["a", "b"], "place").apply(to: &table)
      #expect(table["a"]?.count == rows.rowCount)
    }
  }

  @Test("draw the same numbers each time, and different ones in each row")
  func random() throws {
    let expression = try ExpressionParser.expression("random()", "place", Parameters())
    let table = DataTable(source: "t", names: ["a"], rows: (0..<1000).map { ["\($0)"] })
    let first = try expression.values(in: table, "place").map(\.number)
    #expect(first == (try expression.values(in: table, "place").map(\.number)))
    #expect(first != (try expression.values(in: table, "elsewhere").map(\.number)))
    #expect(Set(first).count == 1000 && first.allSatisfy { (0..<1).contains($0) })
    #expect(abs(first.reduce(0, +) / 1000 - 0.5) < 0.05)
  }
}
