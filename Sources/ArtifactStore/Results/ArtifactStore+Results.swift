public import ContentAddressing
internal import Synchronization
public import SystemPackage

/// What the store knows about a key.
public enum ResultLookup: Hashable, Sendable {
  /// The key has been computed; everything that the record names is there.
  case hit(ResultRecord)
  /// The step must run, for this reason.
  case miss(MissReason)
}

/// Why a key is not a hit.
public enum MissReason: Hashable, Sendable {
  /// The key was never computed in this store.
  case noResult
  /// There is a record, but it is damaged.
  case damagedRecord(FilePath, reason: String)
  /// The record names an output that is gone.
  case missingObject(name: String, Content)
  /// The record names an output whose bytes have changed.
  case damagedObject(name: String, Content, found: Content)
  /// The record names an output that cannot be read.
  case unreadableObject(name: String, Content, reason: String)
  /// The key was computed with different results.
  case conflict([ResultRecord])
}

extension MissReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noResult: "no result in this store"
    case .damagedRecord(let path, let reason): "the record \(path) is damaged (\(reason))"
    case .missingObject(let name, let content): "output \(name) (\(content.digest)) is missing"
    case .damagedObject(let name, let content, let found):
      "output \(name) is damaged: expected \(content.digest) (\(content.byteCount) bytes), found "
        + "\(found.digest) (\(found.byteCount) bytes)"
    case .unreadableObject(let name, let content, let reason):
      "output \(name) (\(content.digest)) cannot be read: \(reason)"
    case .conflict(let records):
      "it was computed with \(records.count) different results: "
        + records.map(\.digest.short).joined(separator: ", ")
    }
  }
}

extension ArtifactStore {
  /// The result of a key, if everything that it names is there.
  ///
  /// Never throws for damage: a damaged record or object is a miss that says so.
  ///
  /// - Parameters:
  ///   - key: The digest of the key's document.
  ///   - trust: How sure to be of the objects. By metadata a hit costs a few system calls.
  /// - Returns: The record, or why the step must run.
  /// - Throws: ``StoreError`` with the code `system` where the store itself cannot be read.
  public func result(
    for key: Digest, trust: Trust = .metadata
  ) throws(StoreError) -> ResultLookup {
    let (records, damage) = try resultRecords(for: key)
    guard let record = records.first else {
      guard let damage else { return .miss(.noResult) }
      return .miss(.damagedRecord(damage.path, reason: damage.reason))
    }
    guard records.count == 1 else { return .miss(.conflict(records)) }
    for (name, content) in record.contents {
      do throws(StoreError) {
        try verify(content, trust: trust)
      } catch {
        switch error.code {
        case .missingObject: return .miss(.missingObject(name: name, content))
        case .damagedObject(_, let found):
          return .miss(.damagedObject(name: name, content, found: found))
        case .system:
          return .miss(.unreadableObject(name: name, content, reason: error.description))
        default: throw error
        }
      }
    }
    return .hit(record)
  }

  /// All undamaged records of a key, in the order of their digests, whether or not their objects are
  /// there; and the first damage met.
  package func resultRecords(
    for key: Digest
  ) throws(StoreError) -> (records: [ResultRecord], damage: (path: FilePath, reason: String)?) {
    var records: [ResultRecord] = []
    var damage: (path: FilePath, reason: String)?
    let folder = layout.results(key)
    for name in try files.list(folder) {
      let path = folder.appending(name)
      do throws(StoreError) {
        if let record = try resultRecord(at: path, of: key) { records.append(record) }
      } catch {
        let reason =
          if case .damagedRecord(let reason) = error.code { reason } else { error.description }
        if damage == nil { damage = (path, reason) }
      }
    }
    return (records, damage)
  }

  /// The record at `path`, checked against its place; `nil` where there is none any more.
  func resultRecord(at path: FilePath, of key: Digest) throws(StoreError) -> ResultRecord? {
    guard let bytes = try files.contents(of: path) else { return nil }
    let body = try SealedRecord.decode(bytes, as: .result, from: path)
    guard let record = ResultRecord(body: body) else {
      throw StoreError(.damagedRecord(reason: "a member is missing"), path)
    }
    guard record.key == key else {
      throw StoreError(.damagedRecord(reason: "it belongs to key \(record.key)"), path)
    }
    guard path.name == record.digest.hex else {
      throw StoreError(.damagedRecord(reason: "its name is not its digest"), path)
    }
    return record
  }

  /// Publishes a result, as the last act of a step: after its objects and its logs, and after its key
  /// unless the document of that is given.
  ///
  /// - Throws: ``StoreError`` with the code `conflict` where the key has another result already (both
  ///   are kept), `missingObject` where an output was not published before, or `diskFull`, `system`.
  public func publish(
    _ result: ResultRecord, document: [UInt8]? = nil
  ) throws(StoreError) {
    try requireWritable()
    for (_, content) in result.contents {
      guard try contains(content) else {
        throw StoreError(.missingObject(content.digest), layout.object(content.digest))
      }
    }
    let folder = layout.results(result.key)
    let path = folder.appending(result.digest.hex)
    let bytes = try SealedRecord.encode(result.body, as: .result, for: path)
    let isKnown = try document.map { document throws(StoreError) in
      try keyDocument(result.key) == document
    }
    // Synced even where it was there: whoever made it may have died before syncing.
    try files.makeDirectory(folder)
    let digests = undurable(result.contents.map(\.content.digest))
    let staged = try stage(
      [bytes] + (isKnown == false ? [document ?? []] : []),
      beside: [folder.parent]
        + Set(digests.map { layout.objectFolder($0) }).sorted {
          $0.string < $1.string
        })
    durable.withLock { $0.formUnion(digests) }
    do throws(StoreError) {
      if let isKnown {
        if isKnown {
          try files.syncDirectory(layout.folder("keys"))
        } else {
          try placeKey(staged[1], result.key)
        }
      }
    } catch {
      try? files.unlink(staged[0].path)
      throw error
    }
    try place(staged[0], at: path) { path throws(StoreError) in
      (try? resultRecord(at: path, of: result.key)) != nil
    }
    enroll(path)
    // Looked for after publishing: of two that publish at once, at least the second sees the other.
    let others = try resultRecords(for: result.key).records.filter { $0.digest != result.digest }
    if let other = others.first {
      throw StoreError(.conflict(recorded: other, computed: result), folder)
    }
  }

  /// Makes sure that the names of objects survive a power cut, whoever published them.
  func makeDurable(_ digests: [Digest]) throws(StoreError) {
    for digest in undurable(digests) {
      try files.syncDirectory(layout.objectFolder(digest))
      durable.withLock { _ = $0.insert(digest) }
    }
  }

  /// Those objects of which this process does not know that their names are durable.
  private func undurable(_ digests: [Digest]) -> [Digest] {
    durable.withLock { durable in digests.filter { !durable.contains($0) } }
  }
}
