public import ContentAddressing
public import SystemPackage

// MARK: Room on the disk

extension ArtifactStore {
  /// How many bytes may still be written on the store's file system.
  public func availableBytes() throws(StoreError) -> Int { try files.availableBytes(path) }

  /// Refuses to begin what would not fit.
  ///
  /// - Parameter needed: An estimate, in bytes, of what is about to be written.
  /// - Throws: ``StoreError`` with the code `diskFull`, which names both numbers.
  public func requireSpace(_ needed: Int) throws(StoreError) {
    let free = try availableBytes()
    guard free >= needed else { throw StoreError(.diskFull(needed: needed, free: free), path) }
  }
}

// MARK: Files that are no artifacts yet

extension ArtifactStore {
  /// A folder for what a step has fetched so far, which outlives the process; made where it is absent.
  ///
  /// Nothing in it is trusted, checked or counted. The holder of the key's lock writes in it.
  public func partialFolder(for key: Digest) throws(StoreError) -> FilePath {
    try requireWritable()
    let folder = layout.folder("cache/partial")
    try files.makeDirectory(folder)
    let own = folder.appending(key.hex)
    try files.makeDirectory(own)
    return own
  }

  /// Removes the folder of ``partialFolder(for:)``, if there is one.
  public func removePartialFolder(for key: Digest) throws(StoreError) {
    try requireWritable()
    try removeTree(layout.folder("cache/partial").appending(key.hex))
  }

  /// Copies a file of the user's into the store, hashed as it is copied.
  ///
  /// - Throws: ``StoreError`` with the code `notAFile` for a folder or a device, or `diskFull`, `system`.
  public func importFile(at path: FilePath) throws(StoreError) -> Content {
    let file = try files.open(path, .readingForeign)
    defer { files.closeQuietly(file) }
    let status = try files.status(file)
    guard status.isRegularFile else { throw StoreError(.notAFile, path) }
    return try copy(file, expecting: status.size)
  }

  /// Publishes a copy of an open file from its position to its end.
  func copy(_ file: OpenFile, expecting size: Int) throws(StoreError) -> Content {
    let writer = try blobWriter(expecting: size)
    while true {
      let piece = try files.read(file, upTo: Files.chunk)
      if piece.isEmpty { return try writer.finish() }
      try writer.append(piece)
    }
  }
}
