/// The first failure to read an input of a report, kept while the page is built from what could be read.
///
/// A page leaves out what a stage does not have; what it has and cannot be read must never be left out
/// of an artifact, whose key promises the whole page.
final class ReadFailure {
  private var first: (any Error)?

  /// Does the reading, and keeps its failure.
  func noting<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      first = first ?? error
      throw error
    }
  }

  /// Throws the first failure, if there was one.
  func rethrow() throws {
    if let first { throw first }
  }
}
