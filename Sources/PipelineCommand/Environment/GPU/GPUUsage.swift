internal import ContentAddressing

/// What one GPU of this machine does at one moment, as far as its driver tells.
struct GPUUsage: Equatable {
  /// The part of the time in which it worked, lately: in [0, 100].
  let busyPercent: Int?
  let memoryBytes: Int?

  /// - Parameters:
  ///   - busyPercent: What the driver said; what is no percentage is left out.
  ///   - memoryBytes: Likewise; what is no size is left out.
  init(busyPercent: Int? = nil, memoryBytes: Int? = nil) {
    self.busyPercent = busyPercent.flatMap { 0...100 ~= $0 ? $0 : nil }
    self.memoryBytes = memoryBytes.flatMap { 0...CanonicalValue.largestInteger ~= $0 ? $0 : nil }
  }

  /// Whether it told nothing at all.
  var isUnknown: Bool { busyPercent == nil && memoryBytes == nil }

  /// As an event of a run has it.
  var value: CanonicalValue {
    var members: [String: CanonicalValue] = [:]
    if let busyPercent { members["busy_percent"] = .integer(busyPercent) }
    if let memoryBytes { members["memory_bytes"] = .integer(memoryBytes) }
    return .object(members)
  }
}
