package import ContentAddressing
package import SystemPackage

// Several calls that belong together.
extension Files {
  /// Gives `from` the second name `to`, or says that the name is taken.
  ///
  /// Where the file system has no hard links, the name is moved instead: then `from` is gone.
  package func link(_ from: FilePath, _ to: FilePath) throws(StoreError) -> LinkResult {
    while true {
      do throws(Errno) {
        try operations.link(from, to)
        return .linked
      } catch .interrupted {
        continue
      } catch .fileExists {
        return .exists
      } catch {
        guard [.notPermitted, .notSupported, .noFunction].contains(error) else {
          throw failure("link", to, error)
        }
        return try moveExclusively(from, to)
      }
    }
  }

  private func moveExclusively(_ from: FilePath, _ to: FilePath) throws(StoreError) -> LinkResult {
    while true {
      do throws(Errno) {
        try operations.renameExclusively(from, to)
        return .moved
      } catch .interrupted {
        continue
      } catch .fileExists {
        return .exists
      } catch {
        throw failure("rename", to, error)
      }
    }
  }

  /// Makes a directory unless it is there, and says whether it did.
  @discardableResult
  package func makeDirectory(_ path: FilePath) throws(StoreError) -> Bool {
    while true {
      do throws(Errno) {
        try operations.makeDirectory(path)
        return true
      } catch .interrupted {
        continue
      } catch .fileExists {
        return false
      } catch {
        throw failure("mkdir", path, error)
      }
    }
  }

  /// Makes the entries of a directory durable.
  package func syncDirectory(_ path: FilePath) throws(StoreError) {
    let directory = try open(path, .directory)
    defer { closeQuietly(directory) }
    try sync(directory)
  }

  /// Writes all of `bytes`, however many calls that takes.
  package func write(_ bytes: RawSpan, to file: OpenFile) throws(StoreError) {
    var written = 0
    while written < bytes.byteCount {
      let taken: Int
      do throws(Errno) {
        taken = try operations.write(file, bytes.extracting(written..<bytes.byteCount))
      } catch .interrupted {
        continue
      } catch {
        throw failure("write", file.path, error, needed: bytes.byteCount - written)
      }
      // A write of nothing that is no error would loop for ever.
      guard taken > 0 else { throw failure("write", file.path, .ioError) }
      written += taken
    }
  }

  package func write(_ bytes: [UInt8], to file: OpenFile) throws(StoreError) {
    // SAFETY: UInt8 has no padding, and the span does not outlive the array.
    try write(unsafe bytes.span.bytes, to: file)
  }

  /// The next bytes of a file, none at its end.
  package func read(_ file: OpenFile, upTo count: Int) throws(StoreError) -> [UInt8] {
    while true {
      do throws(Errno) {
        return try operations.read(file, upTo: count)
      } catch .interrupted {
        continue
      } catch {
        throw failure("read", file.path, error)
      }
    }
  }

  /// The whole of a small file, or `nil` where it is absent; more than `limit` bytes are damage.
  package func contents(
    of path: FilePath, limit: Int = Files.recordLimit
  ) throws(StoreError) -> [UInt8]? {
    guard let file = try openIfPresent(path, .reading) else { return nil }
    defer { closeQuietly(file) }
    var bytes: [UInt8] = []
    while true {
      let piece = try read(file, upTo: Files.chunk)
      if piece.isEmpty { return bytes }
      bytes += piece
      guard bytes.count <= limit else {
        throw StoreError(.damagedRecord(reason: "longer than \(limit) bytes"), path)
      }
    }
  }

  /// No record is longer: a bound on what a damaged or foreign file can make us read.
  package static let recordLimit = 64 << 20

  /// Hashes an open file from its position to its end.
  package func content(of file: OpenFile) throws(StoreError) -> Content {
    var digester = Digester()
    while true {
      let piece = try read(file, upTo: Files.chunk)
      if piece.isEmpty { return digester.content() }
      digester.update(piece)
    }
  }

  func failure(_ call: String, _ path: FilePath, _ errno: Errno) -> StoreError {
    failure(call, path, errno, needed: nil)
  }
}

/// How a name came to be.
package enum LinkResult {
  /// The file has both names.
  case linked
  /// The file has only the new name.
  case moved
  /// The name was taken; nothing was changed.
  case exists
}
