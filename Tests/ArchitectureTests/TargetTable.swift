import Foundation
import Testing

/// The targets that one line of the table in `Documentation/Design.md` describes, and the modules they may import.
struct TargetTableRow {
  let targets: Set<String>
  let allowed: Set<String>

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of the table, which begin with a target in backticks and have three columns.
  static func documented() throws -> [TargetTableRow] {
    let page = root.appending(path: "Documentation/Design.md")
    return try String(contentsOf: page, encoding: .utf8).split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|")
      guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
      return TargetTableRow(targets: quoted(cells[0]), allowed: quoted(cells[2]))
    }
  }

  /// The dependencies of each target in `Package.swift` that is not part of the tests.
  static func manifest() throws -> [String: Set<String>] {
    let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    let end = try #require(text.range(of: "// MARK: Tests"))
    let manifest = String(text[..<end.lowerBound])
    var products: [String: String] = [:]
    for product in manifest.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
      products[String(product.1)] = String(product.2)
    }
    var result: [String: Set<String>] = [:]
    let declarations = /(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/
    let found = manifest.matches(of: declarations)
    for (place, target) in found.enumerated() {
      let next = place + 1 < found.count ? found[place + 1].range.lowerBound : manifest.endIndex
      let list = manifest[target.range.upperBound..<next]
        .firstMatch(of: /dependencies:\s*\[([^\]]*)\]/)?.1
      let words = list?.split { ", \n".contains($0) } ?? []
      result[String(target.1)] = Set(
        words.map { products[String($0)] ?? String($0.replacing("\"", with: "")) })
    }
    return result
  }

  private static func quoted(_ cell: Substring) -> Set<String> {
    Set(cell.matches(of: /`([^`]+)`/).map { String($0.1) })
  }
}
