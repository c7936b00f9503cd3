/// What a specification says that cannot be drawn, with its place.
///
/// Nothing that is not understood is passed over in silence: a chart that lacks its filter would lie.
public struct VegaLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it stands: `layer.1.encoding.x.type`; empty for the whole.
  public let place: String
  public let reason: String
  /// A word that nothing here knows, with those that are known, so that a caller can guess what was meant.
  public let stranger: String?
  public let known: [String]

  init(_ place: String, _ reason: String, stranger: String? = nil, known: [String] = []) {
    self.place = place
    self.reason = reason
    self.stranger = stranger
    self.known = known
  }

  public var description: String { "\(place.isEmpty ? "the whole" : place): \(reason)" }
}
