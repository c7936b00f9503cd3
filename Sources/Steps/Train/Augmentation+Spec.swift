internal import Datasets
internal import Pipeline
internal import PipelineSpec

/// What `augment` of the step `train` may say.
enum AugmentationSchema {
  static let type = FieldType.record([
    Field(
      "crop_padding", .integer(0...256), .defaults(to: 0),
      summary: "The most pixels by which the crop is shifted, up or down and left or right."),
    Field(
      "border", .string(.oneOf(["reflect", "zero"])), .defaults(to: "reflect"),
      summary: "What stands outside of the image: its mirror image, or what 0 became in `prepare`."),
    Field(
      "horizontal_flip", .boolean, .defaults(to: false),
      summary: "Whether half of the samples, on average, are mirrored left to right."),
  ])
}

extension Augmentation {
  /// The augmentation that `augment` describes, on the samples of a split.
  ///
  /// - Throws: ``StepFailure`` with `invalidSpec` where a reflection would need more image than there is.
  init(_ settings: SpecRecord, of split: DatasetSplit) throws {
    let padding = try settings.integer("crop_padding")
    let isReflecting = try settings.string("border") == "reflect"
    guard !isReflecting || padding < min(split.shape.height, split.shape.width) else {
      let place = settings["crop_padding"]?.location.map { "\($0): " } ?? ""
      throw StepFailure(
        .invalidSpec,
        "\(place)`augment.crop_padding` is \(padding), but the images have \(split.shape.height)×"
          + "\(split.shape.width) pixels and reflect less than that; give fewer, or `border: zero`")
    }
    self.init(
      padding: padding, border: isReflecting ? .reflection : .constant(split.transform.offset),
      mirrors: try settings.boolean("horizontal_flip"))
  }
}
