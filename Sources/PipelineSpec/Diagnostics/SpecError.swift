/// All errors of a spec.
public struct SpecError: Error, Hashable {
  /// The mistakes in the order of the file, those of overrides last; at most ``SpecLimits/diagnostics``.
  public let diagnostics: [Diagnostic]

  /// How many were found altogether; the search ends at a thousand.
  public let count: Int
}

extension SpecError: CustomStringConvertible {
  /// All errors as text for people, without a line feed at the end.
  ///
  /// - Parameter color: Whether to emit escape codes for bold and colours.
  /// - Returns: Lines of text without a line feed at the end.
  public func rendered(color: Bool) -> String {
    var parts = diagnostics.map { $0.rendered(color: color) }
    if count > diagnostics.count {
      parts.append("… and \(count - diagnostics.count) more; fix these first")
    }
    return parts.joined(separator: "\n\n")
  }

  public var description: String { rendered(color: false) }
}
