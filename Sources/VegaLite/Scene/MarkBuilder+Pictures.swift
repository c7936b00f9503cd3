extension MarkBuilder {
  /// The most characters of all pictures of one layer.
  private static let mostCharacters = 1_000_000
  private static let kinds = ["png", "jpeg", "gif", "webp"]

  /// Pictures that stand in the rows themselves: nothing is fetched.
  mutating func pictures() throws(VegaLiteError) {
    var count = 0
    let place = unit.place.isEmpty ? "encoding.url" : unit.place + ".encoding.url"
    for row in 0..<table.rowCount {
      let url: String
      switch read(.url, row) {
      case .data(let value, _): url = value.isMissing ? "" : value.text
      case .constant(let value): url = value.text
      case nil: url = unit.mark.url ?? ""
      }
      guard !url.isEmpty, let point = point(row) else { continue }
      guard Self.isPicture(url) else {
        throw VegaLiteError(
          place,
          "“\(url.prefix(40))” is not fetched: a picture stands in a URL of its own, "
            + "data:image/png;base64,…")
      }
      count += url.utf8.count
      guard count <= Self.mostCharacters else {
        throw VegaLiteError(
          place,
          "holds more than \(Self.mostCharacters) characters of pictures")
      }
      let size = { (said: Double?) in min(max(said ?? 20, 1), 400) }
      add(
        mark(
          .image(
            point, width: size(unit.mark.extent.width), height: size(unit.mark.extent.height),
            url: url), row, isFilled: true))
    }
  }

  /// Whether a URL is a picture in base 64, and nothing else.
  static func isPicture(_ url: String) -> Bool {
    for kind in kinds {
      let start = "data:image/\(kind);base64,"
      guard url.hasPrefix(start) else { continue }
      return url.utf8.dropFirst(start.utf8.count).allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
          UInt8(ascii: "="):
          true
        default: false
        }
      }
    }
    return false
  }
}
