internal import CPosix
public import ContentAddressing

extension ArtifactStore {
  /// Takes the lock of a key if it is free.
  ///
  /// - Returns: The lock, or `nil` where somebody holds it; ``lockHolder(of:)`` names who.
  public func tryLock(
    _ key: Digest, command: String, since milliseconds: Int
  ) throws(StoreError) -> StepLock? {
    try requireWritable()
    guard let file = try lockUnlessHeld(layout.stepLock(key)) else { return nil }
    let holder = LockHolder(
      process: Int(cposix_process()), host: Self.hostName(), command: command, since: milliseconds)
    // A name that cannot be written leaves the lock as good as it was.
    if let record = try? holder.record.canonicalBytes() {
      try? files.truncate(file, to: 0)
      try? files.write(record + [UInt8(ascii: "\n")], to: file)
    }
    return StepLock(file: file, files: files)
  }

  /// Takes the lock of a key, waiting for whoever holds it.
  ///
  /// Blocks the calling thread; an asynchronous caller polls ``tryLock(_:command:since:)`` instead.
  ///
  /// - Parameters:
  ///   - key: The key that is about to be computed.
  ///   - command: The command line, to be shown to others.
  ///   - milliseconds: The time since 1970, to be shown to others.
  ///   - timeout: How long to wait at most; for ever where `nil`.
  ///   - onWait: Called first when the lock is found held, then at least every second, with the holder
  ///     (`nil` where none is named) and the time waited.
  /// - Returns: The lock, held.
  /// - Throws: ``StoreError`` with the code `lockTimeout` or `waitingCancelled`.
  public func lock(
    _ key: Digest, command: String, since milliseconds: Int, timeout: Duration? = nil,
    onWait: (LockHolder?, Duration) -> WaitDecision
  ) throws(StoreError) -> StepLock {
    let clock = ContinuousClock()
    let begin = clock.now
    var lastCall: Duration?
    var pause: Int32 = 5
    while true {
      if let lock = try tryLock(key, command: command, since: milliseconds) { return lock }
      let waited = clock.now - begin
      if lastCall.map({ waited - $0 >= .seconds(1) }) ?? true {
        lastCall = waited
        let holder = lockHolder(of: key)
        if onWait(holder, waited) == .giveUp {
          throw StoreError(.waitingCancelled(holder: holder), layout.stepLock(key))
        }
      }
      if let timeout, waited >= timeout {
        throw StoreError(
          .lockTimeout(holder: lockHolder(of: key), seconds: Int(waited.components.seconds)),
          layout.stepLock(key))
      }
      // The kernel's queue for a lock has no timeout, so we look again: soon at first, then rarely.
      cposix_sleep(pause)
      pause = min(pause * 2, 200)
    }
  }

  /// Who is named in the lock file of a key, if anybody.
  public func lockHolder(of key: Digest) -> LockHolder? {
    guard let bytes = try? files.contents(of: layout.stepLock(key)),
      let record = try? CanonicalValue(canonicalBytes: bytes.dropLast())
    else { return nil }
    return LockHolder(record: record)
  }

  static func hostName() -> String {
    // SAFETY: the shim writes at most the capacity and ends the name with NUL.
    let name = unsafe [CChar](unsafeUninitializedCapacity: 256) { buffer, initialized in
      unsafe buffer.initialize(repeating: 0)
      unsafe cposix_host(buffer.baseAddress, buffer.count)
      initialized = buffer.count
    }
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.isEmpty ? "this host" : text
  }
}
