/// Why a text could not be read to its end.
package struct YAMLError: Error, Hashable {
  /// What is wrong.
  package enum Problem: Hashable, Sendable {
    /// What libyaml says in its own words, with what it was doing and where that began.
    case syntax(String, during: String?, from: YAMLMark?)

    /// The text has another document.
    case secondDocument

    /// Lists and maps are nested more deeply than the reader allows.
    case tooDeep

    case outOfMemory
  }

  package let problem: Problem

  /// Where it was met.
  package let mark: YAMLMark
}
