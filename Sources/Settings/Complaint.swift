/// An error in a setting.
public struct Complaint: Hashable, Sendable {
  /// The setting to point at, as a path within the record: `optimizer.adam.beta1`, or `model.3`.
  public let path: String

  /// What is wrong and what would be right, without a full stop.
  public let message: String

  public init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }
}

/// Invalid settings.
public struct SettingsError: Error, Hashable, Sendable {
  /// The errors, in the order of the settings; at least one.
  public let complaints: [Complaint]

  public init(_ complaints: [Complaint]) { self.complaints = complaints }

  init(_ path: String, _ message: String) { self.init([Complaint(path, message)]) }
}

extension SettingsError: CustomStringConvertible {
  public var description: String {
    complaints.map { $0.path.isEmpty ? $0.message : "\($0.path): \($0.message)" }
      .joined(separator: "; ")
  }
}
