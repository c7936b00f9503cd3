internal import Compression
internal import HDF5
internal import PNG
public import Pipeline
public import Settings
internal import Training
internal import Transfer

/// The steps of the product, and the versions that determine their bytes.
public enum StepLibrary {
  /// All steps, by their words in a spec.
  public static let catalog = StepCatalog(
    [
      DownloadStep.self, PrepareStep.self, TrainStep.self, EvaluateStep.self, ReportStep.self,
      CommandStep.self,
    ], types: [Layer.layers.name: Layer.choice])

  /// The version of the arithmetic (`Documentation/Numerics.md`): higher whenever bits change.
  public static let numericsVersion = "f32-2"

  /// Libraries that are part of this build, with their versions.
  public static let libraryVersions = [hdf5]

  /// All libraries of the system that this program uses, with the versions that it found.
  public static var linkedLibraries: [String] {
    [
      hdf5, "zlib \(DeflateStream.zlibVersion)", "curl \(TransferLibrary.version ?? "missing")",
      "png \(PNGImage.libraryVersion)",
    ]
  }

  /// The part of the keys of steps that compute.
  static let numerics = "numerics \(numericsVersion)"

  /// The part of the keys of steps that write HDF5.
  static let hdf5 = "hdf5 \(HDF5Library.version)"
}

/// A setting of a step; of the same name is the row of a report that shows one.
public typealias Setting = Settings.Setting
