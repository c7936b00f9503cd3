/// A place in one of the texts that a spec is read from.
///
/// Places are small, since each node has one; ``Sources/location(_:)`` makes them readable.
struct Place: Hashable, Sendable {
  /// The index of the text in ``Sources``: 0 is the file, each override has its own.
  let source: Int
  /// Counted from 1.
  let line: Int
  /// In Unicode scalars, counted from 1.
  let column: Int
}

extension Place: Comparable {
  static func < (left: Place, right: Place) -> Bool {
    (left.source, left.line, left.column) < (right.source, right.line, right.column)
  }
}
