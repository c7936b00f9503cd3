import Foundation

/// The digests that stand in Documentation/Goldens.md.
public enum PublishedGoldens {
  /// The page.
  public static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Documentation/Goldens.md").standardizedFileURL

  /// Digests by name, of the table that begins after the line `<!-- goldens: GROUP -->`.
  ///
  /// A row is `| name | digest | … |`.
  /// - Throws: If the page cannot be read.
  public static func read(_ group: String) throws -> [String: String] {
    let lines = try String(contentsOf: page, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.drop { $0 != "<!-- goldens: \(group) -->" }.dropFirst().drop { $0.isEmpty }
      .prefix { $0.hasPrefix("|") }.dropFirst(2)
    var result: [String: String] = [:]
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.count >= 2 { result[cells[0]] = cells[1].replacing("`", with: "") }
    }
    return result
  }
}
