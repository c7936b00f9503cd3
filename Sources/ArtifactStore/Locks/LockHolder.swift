internal import ContentAddressing

/// Who holds a lock: for messages only, the lock itself is the kernel's.
public struct LockHolder: Hashable, Sendable {
  public let process: Int
  public let host: String

  /// The command line.
  public let command: String

  /// When the lock was taken, in milliseconds since 1970, by the holder's clock.
  public let since: Int

  public init(process: Int, host: String, command: String, since: Int) {
    self.process = process
    self.host = host
    self.command = command
    self.since = since
  }

  var record: CanonicalValue {
    [
      "command": .string(command), "host": .string(host), "pid": .integer(process),
      "since": .integer(since),
    ]
  }

  init?(record: CanonicalValue) {
    guard let process = record["pid"]?.integer, let host = record["host"]?.string,
      let command = record["command"]?.string, let since = record["since"]?.integer
    else { return nil }
    self.init(process: process, host: host, command: command, since: since)
  }
}

extension LockHolder: CustomStringConvertible {
  public var description: String { "process \(process) on \(host) (\(command))" }
}
