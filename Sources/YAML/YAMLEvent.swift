/// What begins, ends or stands at a place of a text.
package struct YAMLEvent: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A text; plain if it was written without quotes or block indicators.
    case scalar(String, isPlain: Bool)

    /// An alias of the node with this anchor.
    case alias(String)
    case sequenceStart
    case mappingStart

    /// The end of the sequence or mapping that began last and has not ended yet.
    case end
  }

  package let kind: Kind

  /// The name that follows `&` before a node.
  package let anchor: String?

  /// Where it begins, which is its anchor or tag if it has one.
  package let mark: YAMLMark
}

/// A place in a text.
package struct YAMLMark: Hashable, Sendable {
  /// Counted from 1.
  package let line: Int

  /// In Unicode scalars, counted from 1.
  package let column: Int
}
