import Pipeline
import Testing

@testable import Steps

@Suite("A table for a plot")
struct PlotTableTests {
  private func table(_ text: String, _ name: String = "fit/data.csv") throws -> PlotTable {
    try PlotTable(Array(text.utf8), source: name)
  }

  private func message(_ text: String, _ name: String = "fit/data.csv") -> String {
    do {
      let table = try table(text, name)
      return "read \(table.rows)"
    } catch {
      return "\(error)"
    }
  }

  @Test("is the same from every format")
  func formats() throws {
    let rows = [["1", "0.5", "a"], ["2", "", "b, c"]]
    let texts = [
      "data.csv": "epoch,loss,name\n1,0.5,a\n2,,\"b, c\"\n",
      "data.CSV": "\u{FEFF}epoch,loss,name\r\n1,0.5,a\r\n\r\n2,,\"b, c\"",
      "data.tsv": "epoch\tloss\tname\n1\t0.5\ta\n2\t\tb, c\n",
      "data.json": #"[{"epoch":1,"loss":0.5,"name":"a"},{"name":"b, c","epoch":2,"loss":null}]"#,
      "columns.json": #"{"loss":[0.5,null],"epoch":[1,2],"name":["a","b, c"]}"#,
      "one.json":
        #"{"best":2,"r":[{"epoch":1,"loss":0.5,"name":"a"},{"epoch":2,"name":"b, c"}]}"#,
      "data.yaml": "- {epoch: 1, loss: 0.5, name: a}\n- epoch: 2\n  name: 'b, c'\n",
      "columns.yml": "loss: [0.5, ~]\nepoch: [1, 2]\nname: [a, 'b, c']\n",
      "data.jsonl": #"{"epoch":1,"loss":0.5,"name":"a"}"# + "\n\n" + #"{"epoch":2,"name":"b, c"}"#,
    ]
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let table = try table(text, "fit/\(name)")
      #expect(table.columns == ["epoch", "loss", "name"], "\(name)")
      #expect(table.rows == rows, "\(name)")
    }
  }

  @Test("gives back any cells that were quoted")
  func roundTrip() throws {
    let pieces = ["", ",", "\"", "\n", "\r\n", "a", " ", "é", "\t", "\"\""]
    var state: UInt64 = 1
    for _ in 0..<300 {
      let rows = (0..<3).map { _ in
        (0..<3).map { column in
          // A row of nothing at all is no row: the first cell holds something.
          (column == 0 ? "x" : "")
            + (0..<4).map { _ in
              state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
              return pieces[Int(state >> 33) % pieces.count]
            }.joined()
        }
      }
      let text =
        (["a,b,c"]
        + rows.map { row in
          row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
        }).joined(separator: "\n")
      #expect(try table(text).rows == rows)
    }
  }

  @Test("reads nothing out of bytes that a fuzzer would try, and never ends the process")
  func mutations() {
    let seeds = [
      ("data.csv", "a,b\n1,\"2\n\"\"3\",4\r\n"), ("data.json", #"[{"a":1e308,"b":[1]},{"a":"x"}]"#),
      ("data.jsonl", "{\"a\":1}\n{\"a\":-0.0}\n"),
    ]
    var state: UInt64 = 7
    for (name, seed) in seeds {
      for _ in 0..<400 {
        var bytes = Array(seed.utf8)
        for _ in 0..<3 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 50)
        }
        let table = try? PlotTable(bytes, source: name)
        _ = table.map { table in table.columns.map { try? table.numbers($0) } }
      }
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(message(deep, "deep.json").contains("not JSON"))
  }

  @Test("names the place of what it cannot read")
  func errors() {
    #expect(message("a,b\n1,2\n1\n").contains("line 3: 1 fields where the first line names 2"))
    #expect(message("a\n\"x").contains("ends within a quoted field"))
    #expect(message("").contains("is empty"))
    #expect(message("a", "fit/data.txt").contains(".csv, .tsv, .json"))
    #expect(message("7", "a.json").contains("has no rows"))
    #expect(message(#"{"a":[1],"b":[1,2]}"#, "a.json").contains("has no rows"))
    #expect(message("{}\n7\n", "a.jsonl").contains("line 2"))
    let names = (0...PlotTable.mostColumns).map { "c\($0)" }.joined(separator: ",")
    #expect(message(names).contains("at most"))
  }

  @Test("names the column that was meant, and the cell that is no number")
  func columns() throws {
    let table = try table("epoch,loss\n1, 0.5 \n2,low\n3,1 2\n")
    #expect(try table.numbers("epoch") == [1, 2, 3])
    #expect(
      throws: StepFailure(
        .malformedData,
        "fit/data.csv holds “low” in column “loss”, row 2; a plot needs a number or an empty cell there"
      )
    ) { try table.numbers("loss") }
    #expect(
      throws: StepFailure(
        .invalidSpec, "fit/data.csv has no column “los”; did you mean “loss”? It has: epoch, loss")
    ) { try table.texts("los") }
  }
}
