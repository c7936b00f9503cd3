/// A value or text that has no canonical form.
public struct CanonicalError: Error, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// An integer beyond ±(2^53−1).
    case integerOutOfRange
    /// A NaN, whose bits mean nothing.
    case notANumber
    /// A key with a character outside printable ASCII.
    case keyNotASCII
    /// A string that begins with `f64:`, which would read back as a double.
    case reservedString
    /// Text that is not the canonical form of any value.
    case notCanonical
    /// More than ``CanonicalValue/largestDepth`` levels of nesting.
    case tooDeep
  }

  public let code: Code

  /// What was met: the key or the number, or the byte offset in a text.
  public let evidence: String

  init(_ code: Code, _ evidence: String) {
    self.code = code
    self.evidence = evidence
  }

  public var description: String {
    switch code {
    case .integerOutOfRange: "the integer \(evidence) is beyond ±(2^53−1)"
    case .notANumber: "a NaN cannot be part of a key or a record (\(evidence))"
    case .keyNotASCII: "the key “\(evidence)” has a character outside printable ASCII"
    case .reservedString: "the string “\(evidence)” begins with f64:, which marks a number"
    case .notCanonical: "the text is not canonical JSON at byte \(evidence)"
    case .tooDeep: "the value is nested too deeply (\(evidence))"
    }
  }
}
