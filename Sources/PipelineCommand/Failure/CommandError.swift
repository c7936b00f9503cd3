/// A failure that a command reports by itself, with its exit code.
struct CommandError: Error, CustomStringConvertible {
  let status: ExitStatus

  /// What happened and what to do next, or empty where everything has been said.
  let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
