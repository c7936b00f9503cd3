public import ContentAddressing
public import SystemPackage

/// A failure of the artifact store: what went wrong, where, and the evidence.
public struct StoreError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// There is no store at the path.
    case storeMissing
    /// The path holds something, but no store.
    case notAStore
    /// The store was written by a later version than this one reads.
    case newerFormat(String)
    /// The store cannot be changed: it was opened for reading, or the disk refuses.
    case readOnly
    /// A system call failed.
    case system(call: String, Errno)
    /// The disk is full. `needed` is how many bytes were asked for, where that is known.
    case diskFull(needed: Int?, free: Int)
    /// An object that was asked for is not there.
    case missingObject(Digest)
    /// The bytes of an object are not those that its name promises.
    case damagedObject(expected: Digest, found: Content)
    /// A record's bytes are not what was written.
    case damagedRecord(reason: String)
    /// A key has been computed before with another result. Both are kept.
    case conflict(recorded: ResultRecord, computed: ResultRecord)
    /// Somebody else holds the lock, and waiting ended. `holder` is `nil` where nobody is named.
    case lockTimeout(holder: LockHolder?, seconds: Int)
    /// Waiting for a lock was given up by the caller.
    case waitingCancelled(holder: LockHolder?)
    /// A name that may not become part of a path.
    case invalidName(String)
    /// A folder or a device where a file was expected.
    case notAFile
    /// A value that cannot stand in a record.
    case unencodable(String)
  }

  public let code: Code

  /// The file or folder that it happened to.
  public let path: FilePath

  package init(_ code: Code, _ path: FilePath) {
    self.code = code
    self.path = path
  }
}

extension StoreError {
  /// Whether it is the disk of the store that cannot take more, whatever was to be written.
  package var isAboutRoom: Bool {
    switch code {
    case .diskFull, .readOnly: true
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// A sentence: what, where, why and what to do next.
  public var description: String {
    switch code {
    case .storeMissing:
      "there is no store at \(path); `pipeline run` creates one, or give another with --store"
    case .notAStore:
      "\(path) is not empty and holds no store; choose an empty folder with --store"
    case .newerFormat(let found):
      "the store at \(path) has format \(found), this program reads format \(StoreFormat.version); "
        + "use a newer version of pipeline, or another store with --store"
    case .readOnly:
      "\(path) cannot be written: the store was opened for reading or its disk is read-only; "
        + "`report`, `show` and `compare` still work"
    case .system(let call, let errno):
      "\(path): \(call) failed: \(errno)\(Self.advice(errno))"
    case .diskFull(let needed, let free):
      "the disk of \(path) is full: \(needed.map { "\($0) bytes are needed, " } ?? "")\(free) bytes "
        + "are free. Nothing that was stored is lost; make room and run again"
    case .missingObject(let digest):
      "object \(digest) is not in the store (\(path)); run the pipeline again to rebuild it"
    case .damagedObject(let expected, let found):
      "object \(path) is damaged: expected \(expected), found \(found.digest) "
        + "(\(found.byteCount) bytes); `pipeline fsck --repair` sets it aside and the next run rebuilds it"
    case .damagedRecord(let reason):
      "record \(path) is damaged (\(reason)); `pipeline fsck --repair` sets it aside"
    case .conflict(let recorded, let computed):
      "step \(computed.key) was computed before with another result: recorded \(recorded.digest), "
        + "now \(computed.digest). Both are kept in \(path); `pipeline verify` shows which can be reproduced"
    case .lockTimeout(let holder, let seconds):
      "\(path) is still locked by \(holder?.description ?? "another process") after \(seconds) s; "
        + "wait for it to end, or try again with a longer timeout"
    case .waitingCancelled(let holder):
      "stopped waiting for \(holder?.description ?? "another process"), which holds \(path)"
    case .invalidName(let name):
      "“\(Self.visible(name))” cannot be a name: use 1 to 64 of the characters A-Z a-z 0-9 . _ - "
        + "and do not begin with a dot"
    case .notAFile:
      "\(path) is not a file; name a regular file"
    case .unencodable(let reason):
      "a record for \(path) cannot be written: \(reason)"
    }
  }

  /// The next act that suits an error number, or nothing.
  private static func advice(_ errno: Errno) -> String {
    switch errno {
    case .ioError: ". The disk may be failing; what was not yet stored is discarded, run again"
    case .permissionDenied, .notPermitted:
      ". Check who owns the store, or name another with --store"
    case .notDirectory: ". A store is a folder; name one with --store"
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem: ". Raise the limit with `ulimit -n`"
    default: ""
    }
  }

  /// Control characters written as `\x1b`, so that a name cannot steer a terminal.
  private static func visible(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars.prefix(80) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\x" + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
