import Foundation
import Testing

@Suite("The architecture")
struct ArchitectureTests {
  static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  /// Every source file with the folder of its target; a linked folder counts once.
  static let files: [(target: String, file: URL)] = {
    let manager = FileManager.default
    let targets = (try? manager.contentsOfDirectory(atPath: sources.path)) ?? []
    return targets.sorted().flatMap { target -> [(String, URL)] in
      let folder = sources.appending(path: target)
      let isLink = (try? manager.destinationOfSymbolicLink(atPath: folder.path)) != nil
      guard !isLink, let walk = manager.enumerator(at: folder, includingPropertiesForKeys: nil)
      else { return [] }
      return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        .map { (target, $0) }
    }
  }()

  /// The lines of code of each file, with the words that stand before a call or a keyword's mark.
  private static let lines: [(target: String, file: String, line: Substring)] = files.flatMap {
    target, file -> [(String, String, Substring)] in
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { ($0.drop { $0 == " " }) }
      .filter { !$0.hasPrefix("//") }.map { (target, file.lastPathComponent, $0) }
  }

  /// Whether one of the words, each with what must follow it, stands in the line as a word of its own.
  static func mentions(_ words: [String], in line: Substring) -> Bool {
    // A regular expression takes seconds over all lines in a debug build.
    let text = Array(line.utf8)
    return words.contains { word in
      let word = Array(word.utf8)
      guard text.count >= word.count else { return false }
      return (0...text.count - word.count).contains { start in
        text[start..<start + word.count].elementsEqual(word)
          && (start == 0 || !isPartOfName(text[start - 1]))
      }
    }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
  }

  /// The modules a file imports, whatever stands before `import`.
  static func imports(of file: URL) throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      guard line.utf8.count < 200, line.contains("import ") else { return nil }
      let words = line.prefix { $0 != "/" }.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({
          ["public", "package", "internal", "fileprivate", "private"].contains($0)
            || $0.hasPrefix("@")
        })
      else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
      let name =
        kinds.contains(words[place + 1]) && place + 2 < words.count
        ? words[place + 2] : words[place + 1]
      return name.split(separator: ".").first.map(String.init)
    }
  }

  @Test("each target has one line in the table of Documentation/Design.md")
  func everyTargetIsInTheTable() throws {
    let documented = try TargetTableRow.documented().flatMap(\.targets)
    let targets = try Set(TargetTableRow.manifest().keys).union(Self.files.map(\.target))
    #expect(targets.count > 25 && Self.files.count > 50)
    #expect(documented.sorted() == targets.sorted())
  }

  @Test("the table names exactly what each target imports or depends on")
  func imports() throws {
    let dependencies = try TargetTableRow.manifest()
    for row in try TargetTableRow.documented() {
      var used = Set(row.targets.flatMap { dependencies[$0, default: []] })
      for (target, file) in Self.files where row.targets.contains(target) {
        let modules = Set(try Self.imports(of: file))
        used.formUnion(modules)
        let forbidden = modules.subtracting(row.allowed).sorted()
        #expect(
          forbidden.isEmpty, "\(file.lastPathComponent): \(target) may not import \(forbidden)")
      }
      #expect(row.allowed.sorted() == used.sorted(), "the line of \(row.targets.sorted())")
    }
  }

  @Test("only the command prints")
  func printing() throws {
    for (target, file, line) in Self.lines where target != "PipelineCommand" {
      if Self.mentions(["print(", "debugPrint(", "dump("], in: line) {
        Issue.record("\(file) prints: \(line)")
      }
    }
  }

  @Test("no library traps where it could throw")
  func trapping() throws {
    let traps = [
      "fatalError(", "preconditionFailure(", "assertionFailure(", "try!", "as!",
      "nonisolated(unsafe)",
    ]
    for (_, file, line) in Self.lines where Self.mentions(traps, in: line) {
      Issue.record("\(file): \(line)")
    }
    #expect(Self.lines.count > 10_000)
  }

  @Test("only one place starts the programs of the tests")
  func programs() throws {
    let tests = Self.sources.deletingLastPathComponent().appending(path: "Tests")
    let walk = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
    var count = 0
    for case let file as URL in try #require(walk) where file.pathExtension == "swift" {
      count += 1
      let folder = file.deletingLastPathComponent().lastPathComponent
      guard !["Programs", "ArchitectureTests"].contains(folder) else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("Process()"), "\(file.lastPathComponent) starts a program of its own")
    }
    #expect(count > 100)
  }

  @Test("a word is found as a word only")
  func words() {
    #expect(Self.mentions(["try!"], in: "  let x = try! f()"))
    #expect(Self.mentions(["print("], in: "print(1)"))
    #expect(!Self.mentions(["print("], in: "fingerprint(1); my_print(2); print2(3)"))
  }
}
