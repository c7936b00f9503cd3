internal import PipelineSpec

/// What a user may write under `plots`.
enum PlotSchema {
  static let field = Field(
    "plots", .list(type, count: 0...PlotDefinition.largestCount), .optional,
    summary: "Charts, tables and pictures of the outputs of any stage.")

  private static let type = FieldType.choice([
    Choice(
      "line", fields: [severalData, across(.optional), acrossData, y, by, title],
      summary: "Lines over the numbers of a column, or over the row numbers without `x`."),
    Choice(
      "scatter",
      fields: [
        severalData, across(.required), acrossData,
        Field("y", .string(.any), summary: "The column of the vertical axis."), by, title,
      ], summary: "A point for each row."),
    Choice(
      "bar",
      fields: [
        data,
        Field("x", .string(.any), summary: "The column of names."), y,
        Field(
          "sorted", .boolean, .defaults(to: false),
          summary:
            "Whether to sort the bars, the greatest first; by default they keep the order of the file."
        ),
        title,
      ], summary: "A bar for each row."),
    Choice(
      "histogram",
      fields: [
        data,
        Field("x", .string(.any), summary: "The column of values."),
        Field(
          "bins", .integer(1...200), .defaults(to: 30),
          summary: "The number of bins between the least and the greatest value."),
        title,
      ], summary: "Distribution of a column's values."),
    Choice(
      "confusion",
      fields: [
        data,
        Field("actual", .string(.any), summary: "The column of true classes."),
        Field("predicted", .string(.any), summary: "The column of predicted classes."), title,
      ], summary: "Confusion matrix, counted over the rows."),
    Choice(
      "table",
      fields: [
        data,
        Field(
          "columns", .list(.string(.any), atLeast: 1), .optional,
          summary: "The columns to show; all by default."), title,
      ], shorthand: "data", summary: "The first 200 rows of a table."),
    Choice(
      "image",
      fields: [
        Field("data", .reference, summary: "A PNG, JPEG, GIF, WebP or SVG file, of at most 4 MB."),
        Field(
          "alt", .string(.any), .optional,
          summary: "What the picture shows, for readers who cannot see it."), title,
      ], shorthand: "data",
      summary: "A picture that a stage has drawn, for example with Matplotlib."),
  ])

  private static let data = Field(
    "data", .reference,
    summary:
      "A table with named columns: CSV, TSV, JSON, JSON lines or YAML, told by its file name extension."
  )

  private static let severalData = Field(
    "data", .union([.list(.reference, count: 1...16), .reference]),
    summary:
      "A table with named columns (CSV, TSV, JSON, JSON lines or YAML, told by its file name "
      + "extension), or several, each with its own lines or points.")

  private static let acrossData = Field(
    "x_data", .reference, .optional,
    summary: "Another table that holds the column `x`, row by row.")

  private static func across(_ presence: Field.Presence) -> Field {
    Field("x", .string(.any), presence, summary: "The column of the horizontal axis.")
  }

  private static let y = Field(
    "y", .union([.list(.string(.any), count: 1...16), .string(.any)]),
    summary: "The column of values, or several.")

  private static let by = Field(
    "by", .string(.any), .optional,
    summary: "A column whose values divide the rows into groups, each in its own colour.")

  private static let title = Field(
    "title", .string(.any), .optional,
    summary: "The heading; plots of compared runs with the same heading are shown together.")
}
