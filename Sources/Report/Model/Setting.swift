/// One resolved setting of a run.
public struct Setting: Sendable, Hashable {
  /// The dotted path from the spec's root: `train.optimizer.adam.learning_rate`.
  public var path: String
  /// The value as the user would write it.
  public var value: String
  /// Whether the schema's default was taken because the spec says nothing.
  public var isDefault: Bool

  public init(path: String, value: String, isDefault: Bool = false) {
    self.path = path
    self.value = value
    self.isDefault = isDefault
  }
}

/// A name with its value, for lists of facts.
public struct Fact: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
