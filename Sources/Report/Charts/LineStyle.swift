/// The look of the *n*-th line: a colour with a dash pattern, so that colour alone never decides.
enum LineStyle {
  /// CSS classes of a line; pairs of colour and dashes repeat only after 64 lines.
  static func classes(_ index: Int) -> String {
    "s\(index % 8) d\((index + index / 8) % 8)"
  }

  /// The class of the colour alone, for labels and dots.
  static func colour(_ index: Int) -> String { "s\(index % 8)" }

  /// A short name for the *n*-th run: A … Z, AA … .
  static func letter(_ index: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return index < 26
      ? String(letters[index])
      : String(letters[(index / 26 - 1) % 26]) + String(letters[index % 26])
  }
}
