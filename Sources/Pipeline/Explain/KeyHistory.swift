internal import ArtifactStore
internal import ContentAddressing

/// The key documents of a store by kind of step, newest first.
struct KeyHistory: Sendable {
  /// A key with its document, defaults filled in.
  struct Entry: Sendable {
    let key: Digest
    let document: CanonicalValue
  }

  private let entries: [String: [Entry]]

  /// Reads the documents of some kinds of steps.
  ///
  /// A document that cannot be read is ignored; `fsck` reports it.
  ///
  /// - Parameters:
  ///   - store: The store, or `nil` if none has been created yet.
  ///   - catalog: The steps, whose defaults documents omit.
  ///   - kinds: The kinds of steps.
  ///   - limit: How many of each kind to compare with at most, the newest; at most eight times as many
  ///     documents are read.
  /// - Throws: ``StoreError`` if the keys of the store cannot be listed.
  /// - Complexity: O(*n*) reads of small files in the number of keys of the store.
  init(
    store: ArtifactStore?, catalog: StepCatalog, kinds: Set<String>, limit: Int = .max
  ) throws {
    var entries: [String: [Entry]] = [:]
    let (most, isUnbounded) = limit.multipliedReportingOverflow(by: 8)
    for key in try (store?.keys() ?? []).prefix(isUnbounded ? .max : most) {
      guard let bytes = try? store?.keyDocument(key), let document = KeyDocument(bytes: bytes),
        kinds.contains(document.kind), entries[document.kind, default: []].count < limit
      else { continue }
      entries[document.kind, default: []].append(
        Entry(key: key, document: document.completed(by: catalog)))
    }
    self.entries = entries
  }

  /// The earlier document that differs from `document` in the fewest fields, the newest of several.
  ///
  /// - Parameters:
  ///   - document: A key document, defaults filled in, or one without inputs where they are not known yet.
  ///   - isComplete: Whether its inputs are known.
  ///   - key: Its own key, which does not count as an earlier one.
  /// - Returns: The document and what is different in it, or `nil` if there is none of its kind.
  func nearest(
    to document: CanonicalValue, isComplete: Bool, except key: Digest?
  ) -> (entry: Entry, differences: [KeyDifference])? {
    var best: (entry: Entry, differences: [KeyDifference])?
    for entry in entries[document["step"]?.string ?? ""] ?? [] where entry.key != key {
      let differences = KeyDifference.between(
        entry.document, and: document, isComplete: isComplete)
      if differences.count < best?.differences.count ?? .max { best = (entry, differences) }
    }
    return best
  }
}
