/// The first failure to read an input of a report, kept while the page is built from what could be read.
///
/// A page omits what a stage does not have; data that it has and that cannot be read must never be omitted
/// of an artifact, whose key promises the whole page.
final class ReadFailure {
  private var first: (any Error)?

  /// Reads, and keeps the failure.
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
