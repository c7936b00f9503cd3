public import ContentAddressing
internal import SystemPackage

// The documents of step keys: what was hashed, not only its hash, so that `explain` can compare.
extension ArtifactStore {
  /// Publishes the document of a step key and returns the key: the document's digest.
  @discardableResult
  public func putKey(_ document: [UInt8]) throws(StoreError) -> Digest {
    try requireWritable()
    let key = Digest(of: document)
    if try keyDocument(key) == document {
      // It may have been published by a process that died before its name was durable.
      try files.syncDirectory(layout.folder("keys"))
      return key
    }
    try placeKey(try stage(document), key)
    return key
  }

  /// Publishes the staged document of a key.
  func placeKey(_ staged: StagedFile, _ key: Digest) throws(StoreError) {
    let path = layout.key(key)
    let isNew = try place(staged, at: path) { path throws(StoreError) in
      try keyDocument(key) != nil
    }
    if isNew { noteOrder(of: key) }
    enroll(path)
  }

  /// The document of a key, or `nil` where it is absent or damaged.
  public func keyDocument(_ key: Digest) throws(StoreError) -> [UInt8]? {
    let path = layout.key(key)
    guard let bytes = try? files.contents(of: path), Digest(of: bytes) == key else { return nil }
    return bytes
  }

  /// Whether there is a document of a key, damaged or not.
  public func hasKeyDocument(_ key: Digest) -> Bool { (try? files.status(layout.key(key))) != nil }

  /// All keys of the store, the newest first.
  ///
  /// The order is that of publication where `cache/key-order` tells it, else that of the files' times.
  public func keys() throws(StoreError) -> [Digest] {
    let folder = layout.folder("keys")
    var places: [Digest: Int] = [:]
    let noted = (try? files.contents(of: keyOrderPath)) ?? []
    for (place, line) in noted.split(separator: UInt8(ascii: "\n")).enumerated() {
      if let key = Digest(hex: String(decoding: line, as: UTF8.self)) { places[key] = place }
    }
    var entries: [(key: Digest, place: Int, time: Int64)] = []
    for name in try files.list(folder) {
      guard let key = Digest(hex: name) else { continue }
      let place = places[key]
      let time = place == nil ? try files.status(folder.appending(name))?.modified ?? 0 : 0
      // Keys without a noted place come from before the notes were lost.
      entries.append((key, place ?? -1, time))
    }
    return entries.sorted { ($1.place, $1.time, $1.key) < ($0.place, $0.time, $0.key) }.map(\.key)
  }

  private var keyOrderPath: FilePath { layout.folder("cache").appending("key-order") }

  /// Notes that a key came after all others.
  ///
  /// Lost or damaged notes only change an order of display.
  private func noteOrder(of key: Digest) {
    guard let file = try? files.open(keyOrderPath, .appending) else { return }
    try? files.write(Array("\(key.hex)\n".utf8), to: file)
    files.closeQuietly(file)
  }
}
