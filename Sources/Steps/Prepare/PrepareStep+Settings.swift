internal import Datasets
public import Settings

extension PrepareStep {
  public static let word = "prepare"
  public static let summary =
    "Read, split and normalize data, and write one HDF5 file, `dataset.h5`."

  public static let settings = [
    Setting<Self>(
      "format", \.format, .text(.oneOf(DataFormats.kinds.kinds.map { $0.word })), isRequired: true,
      "The format of the source files: IDX, or CIFAR-10's binary version; gzip is accepted."),
    Setting("train", \.training, SplitSources.setting, isRequired: true, "The training data."),
    Setting("test", \.test, SplitSources.setting, "The data for the final evaluation."),
    Setting(
      "validation", \.validation, .record(),
      "The samples taken from `train` for validation."),
    Setting(
      "normalize", \.normalization, .kind(Normalization.kinds), "How pixels are normalized."),
    Setting(
      "class_names", \.classNames, .list(.text(), count: 2...1000),
      "The names of the classes, in the order of their labels; their numbers by default."),
  ]

  public func complaints() -> [Complaint] {
    [training, test].compactMap { $0 }.flatMap { $0.complaints(in: format) }
  }
}

/// The files of a split, as the settings of the format that the stage names.
struct SplitSources {
  private let settings: SettingValue
  private let path: String

  init() {
    settings = .map([])
    path = ""
  }

  private init(_ settings: SettingValue, at path: String) {
    self.settings = settings
    self.path = path
  }

  /// A record with the settings of all formats, each optional; the format decides which of them are required.
  static let setting = SettingType<SplitSources>(
    .record(
      DataFormats.kinds.choices.flatMap(\.fields).map {
        Field($0.name, $0.type, role: $0.role, .optional, summary: $0.summary)
      }), encoding: { sources, _ in sources.settings },
    decoding: { (value, path) throws(SettingsError) in SplitSources(value, at: path) })

  /// The files by a format.
  func source(in format: String) throws(SettingsError) -> any DataFormat {
    try DataFormats.kinds.decode(format, settings, at: path)
  }

  /// What is missing, or not of the format.
  func complaints(in format: String) -> [Complaint] {
    do throws(SettingsError) {
      _ = try source(in: format)
      return []
    } catch {
      let names =
        DataFormats.kinds.choices.first { $0.name == format }?.fields
        .map { "`\($0.name)`" }.joined(separator: " and ") ?? ""
      return error.complaints.map {
        Complaint($0.path, "\($0.message); `format: \(format)` is read from \(names)")
      }
    }
  }
}
