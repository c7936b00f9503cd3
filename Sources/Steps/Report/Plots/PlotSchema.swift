internal import PipelineSpec
internal import Settings

/// What a user may write under `plots`.
enum PlotSchema {
  static let field = Field(
    "plots", .list(type, count: 0...PlotDefinition.largestCount), .optional,
    summary: "What else to show, of the outputs of any stage: charts, tables and pictures.")

  private static let type = FieldType.choice([
    Choice(
      "line", fields: [severalData, across(.optional), acrossData, y, by, title],
      summary: "Lines over the numbers of a column, or over the rows where `x` is left out."),
    Choice(
      "scatter",
      fields: [
        severalData, across(.required), acrossData,
        Field("y", .string(.any), summary: "The column to put up."), by, title,
      ], summary: "A point for each row."),
    Choice(
      "bar",
      fields: [
        data,
        Field("x", .string(.any), summary: "The column of names."), y,
        Field(
          "sorted", .boolean, .defaults(to: false),
          summary: "Whether the greatest comes first, rather than the first of the file."),
        title,
      ], summary: "A bar for each row."),
    Choice(
      "histogram",
      fields: [
        data,
        Field("x", .string(.any), summary: "The column of values."),
        Field(
          "bins", .integer(1...200), .defaults(to: 30),
          summary: "The number of equal parts between the least and the greatest value."),
        title,
      ], summary: "How often values lie where."),
    Choice(
      "confusion",
      fields: [
        data,
        Field("actual", .string(.any), summary: "The column of true classes."),
        Field("predicted", .string(.any), summary: "The column of predicted classes."), title,
      ], summary: "How often each class was taken for which, counted over the rows."),
    Choice(
      "table",
      fields: [
        data,
        Field(
          "columns", .list(.string(.any), atLeast: 1), .optional,
          summary: "The columns to show; all where it is left out."), title,
      ], shorthand: "data", summary: "The rows as they are, the first 200."),
    Choice(
      "image",
      fields: [
        Field("data", .reference, summary: "A PNG, JPEG, GIF, WebP or SVG file, of at most 4 MB."),
        Field(
          "alt", .string(.any), .optional,
          summary: "What somebody who does not see the picture should know of it."), title,
      ], shorthand: "data", summary: "A picture that a stage has drawn."),
    Choice(
      "recording",
      fields: [
        Field(
          "data", .reference,
          summary: "A WAV, MP3, Ogg, FLAC, MP4 or WebM file, of at most 4 MB."),
        Field(
          "alt", .string(.any), .optional,
          summary: "What somebody who does not hear or see it should know of it."), title,
      ], shorthand: "data", summary: "A sound or a film that a stage has made."),
    Choice(
      "object",
      fields: [
        Field(
          "data", .reference,
          summary:
            "A mesh (OBJ, STL or PLY) or points (OBJ, PLY, or CSV or TSV with columns x, y, z and "
            + "r, g, b or class), of at most 16 MB."),
        Field(
          "up", .string(.oneOf(["z", "y"])), .defaults(to: "z"), summary: "The axis that points up."
        ),
        Field(
          "alt", .string(.any), .optional,
          summary: "What somebody who does not see it should know of it."), title,
      ], shorthand: "data",
      summary: "A mesh or points in space, turned by dragging or by arrow keys."),
    Choice(
      "template",
      fields: [
        Field(
          "file", .referenceOrPath,
          summary: "A Vega-Lite specification in JSON, of the parts that `Reports.md` lists."),
        data,
        Field(
          "x", .string(.any), .optional,
          summary: "The column for `<DVC_METRIC_X>`; the number of the row where it is left out."),
        Field("y", .string(.any), .optional, summary: "The column for `<DVC_METRIC_Y>`."), title,
      ], summary: "A chart by a Vega-Lite specification, read as data: nothing of it runs."),
  ])

  private static let data = Field(
    "data", .reference,
    summary: "A table with named columns: CSV, TSV, JSON, JSON lines or YAML, by its name's ending."
  )

  private static let severalData = Field(
    "data", .union([.list(.reference, count: 1...16), .reference]),
    summary:
      "A table with named columns (CSV, TSV, JSON, JSON lines or YAML, by its name's ending), "
      + "or several, each with its own lines or points.")

  private static let acrossData = Field(
    "x_data", .reference, .optional,
    summary: "Another table that has the column `x`, row by row.")

  private static func across(_ presence: Field.Presence) -> Field {
    Field("x", .string(.any), presence, summary: "The column to put across.")
  }

  private static let y = Field(
    "y", .union([.list(.string(.any), count: 1...16), .string(.any)]),
    summary: "The column of values, or several.")

  private static let by = Field(
    "by", .string(.any), .optional,
    summary: "A column whose texts part the rows into groups, each in its own colour.")

  private static let title = Field(
    "title", .string(.any), .optional,
    summary: "The words over it; plots of compared runs belong together by them.")
}
