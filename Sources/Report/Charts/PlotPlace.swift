/// Places in a plot as its SVG has them: percentages of its width, pixels of its height.
enum PlotPlace {
  /// A part of the width as a percentage with two decimals.
  static func across(_ part: Double) -> String {
    NumberText.significant((part * 10_000).rounded() / 100, 7) + "%"
  }

  /// A part of the height, from below, in pixels from above with one decimal.
  static func down(_ part: Double, of height: Int) -> String {
    NumberText.significant(((1 - part) * Double(height) * 10).rounded() / 10, 6)
  }
}
