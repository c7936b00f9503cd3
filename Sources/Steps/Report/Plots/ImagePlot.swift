internal import Report
internal import Settings

/// A picture that a stage has drawn.
struct ImagePlot: PlotKind {
  static let word = "image"
  static let summary = "A picture drawn by a stage, for example with Matplotlib."
  static let settings: [Setting<Self>] = [
    Setting(
      "data", \.data, .output, isRequired: true,
      "A PNG, JPEG, GIF, WebP or SVG file, of at most 4 MB."),
    Setting(
      "alt", \.alternative, .text(), "What the picture shows, for readers who cannot see it."),
    .title,
  ]
  static let shorthand: String? = "data"

  var data = Input()
  var alternative: String?
  var title: String?

  var sources: [Input] { [data] }

  func standardHeading(_ file: String) -> String { file }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    .image(
      try PlotImage(
        checking: files.read(data), source: files.name(data),
        alternative: alternative ?? heading(files)))
  }
}
