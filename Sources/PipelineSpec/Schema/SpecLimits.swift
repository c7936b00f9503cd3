internal import Settings

/// How large a spec may be.
public enum SpecLimits {
  /// The largest file in bytes: 1 MiB.
  public static let bytes = 1 << 20

  /// The deepest nesting of lists and maps.
  public static let depth = 32

  /// The most nodes, counted after aliases are followed.
  public static let nodes = FieldType.largestCount

  /// The most stages that read from all others: each has as many inputs as there are outputs.
  public static let consumersOfAll = 20

  /// The most mistakes that are shown at once.
  public static let diagnostics = 20
}
