internal import PipelineSpec

/// What a user may write under `schedule`.
enum ScheduleSchema {
  static let type = FieldType.choice([
    Choice("constant", fields: [warmUp], summary: "The learning rate stays."),
    Choice(
      "step",
      fields: [
        Field("every_epochs", .integer(atLeast: 1), summary: "The epochs between two drops."),
        Field(
          "factor", .number(.openClosed(0, 1)), .defaults(to: 0.1),
          summary: "What the rate is multiplied by."),
        warmUp,
      ], summary: "The learning rate drops every few epochs."),
    Choice(
      "exponential",
      fields: [
        Field(
          "factor", .number(.openClosed(0, 1)), .defaults(to: 0.95),
          summary: "What the rate is multiplied by after each epoch."),
        warmUp,
      ], shorthand: "factor", summary: "The learning rate shrinks with each epoch."),
    Choice(
      "cosine",
      fields: [
        Field(
          "final", .number(.closed(0, 1)), .defaults(to: 0),
          summary: "The last rate as a share of the first."),
        warmUp,
      ], summary: "The learning rate follows half a cosine to the end."),
    Choice(
      "one_cycle",
      fields: [
        Field(
          "warmup_share", .number(.open(0, 1)), .defaults(to: 0.3),
          summary: "The share of the steps in which the rate rises."),
        Field(
          "divider", .number(.atLeast(1)), .defaults(to: 25),
          summary: "How much smaller than the base rate the first one is."),
        Field(
          "final_divider", .number(.atLeast(1)), .defaults(to: 10_000),
          summary: "How much smaller than the first rate the last one is."),
      ], summary: "The learning rate rises, then falls far below its start (Smith 2018)."),
  ])

  private static let warmUp = Field(
    "warmup_epochs", .number(.atLeast(0)), .defaults(to: 0),
    summary: "The epochs in which the rate rises linearly from zero.")
}
