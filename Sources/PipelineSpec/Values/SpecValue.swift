internal import Settings

/// A value after validation, with its defaults filled in.
public struct SpecValue: Sendable {
  /// What the value is.
  public indirect enum Payload: Sendable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([SpecValue])
    case map([Member])
    case record(SpecRecord)
    /// The chosen alternative and its settings.
    case choice(String, SpecRecord)
    case reference(StageReference)
    case path(String)
  }

  /// One entry of a map, in the order of the file.
  public struct Member: Sendable {
    public let key: String
    public let value: SpecValue

    public init(key: String, value: SpecValue) {
      self.key = key
      self.value = value
    }
  }

  public let payload: Payload

  /// Where the value was written, or `nil` for a default.
  public let location: SourceLocation?

  public init(_ payload: Payload, location: SourceLocation?) {
    self.payload = payload
    self.location = location
  }

  /// Whether this value was not written by the user.
  public var isDefault: Bool { location == nil }
}

// MARK: Reading

extension SpecValue {
  public var boolean: Bool? {
    guard case .boolean(let value) = payload else { return nil }
    return value
  }

  public var integer: Int? {
    guard case .integer(let value) = payload else { return nil }
    return value
  }

  public var number: Double? {
    guard case .number(let value) = payload else { return nil }
    return value
  }

  public var string: String? {
    guard case .string(let value) = payload else { return nil }
    return value
  }

  public var list: [SpecValue]? {
    guard case .list(let value) = payload else { return nil }
    return value
  }

  public var map: [Member]? {
    guard case .map(let value) = payload else { return nil }
    return value
  }

  public var record: SpecRecord? {
    guard case .record(let value) = payload else { return nil }
    return value
  }

  /// The chosen alternative and its settings.
  public var choice: (name: String, settings: SpecRecord)? {
    guard case .choice(let name, let settings) = payload else { return nil }
    return (name, settings)
  }

  public var reference: StageReference? {
    guard case .reference(let value) = payload else { return nil }
    return value
  }

  /// The stage output or local file that this value names.
  public var source: InputSource? {
    switch payload {
    case .reference(let reference): .stage(reference)
    case .path(let path): .path(path)
    default: nil
    }
  }
}
