/// Names runs by their differences.
enum RunLabels {
  /// The most settings that a label names.
  static let limit = 3

  /// For each run its own name, or the settings that differ, or the start of its identifier.
  static func labels(_ runs: [ComparedRun], settings: [Comparison.Row]) -> [String] {
    // Short values make good names; a whole model does not.
    let all = settings.filter(\.differs)
    let isShort = { (row: Comparison.Row) in row.values.allSatisfy { ($0 ?? "").count <= 16 } }
    let differing = all.filter(isShort) + all.filter { !isShort($0) }
    let names = shortNames(differing.map(\.name))
    return runs.indices.map { index in
      if let name = runs[index].name?.nonEmpty { return name }
      let parts = zip(names, differing).prefix(limit).map { name, row in
        "\(name)=\(cut(row.values[index] ?? "–"))"
      }
      if parts.isEmpty { return String(runs[index].id.suffix(8)) }
      return parts.joined(separator: " ")
    }
  }

  /// The last components of paths, as many as are needed to distinguish them.
  static func shortNames(_ paths: [String]) -> [String] {
    paths.map { path in
      let parts = path.split(separator: ".")
      for count in 1...max(parts.count, 1) {
        let short = parts.suffix(count).joined(separator: ".")
        let twins = paths.count {
          $0.split(separator: ".").suffix(count).joined(separator: ".") == short
        }
        if twins == 1 { return short }
      }
      return path
    }
  }

  private static func cut(_ text: String) -> String {
    text.count > 24 ? String(text.prefix(23)) + "…" : text
  }
}
