/// A small named value on a group or dataset.
///
/// Text is written with a fixed length, padded with zeros, in UTF-8; text of variable length is read
/// as well. No attribute of more than 1 MiB is read.
public enum HDF5Attribute: Hashable, Sendable {
  case string(String)
  case strings([String])
  case integer(Int)
  case integers([Int])
  case float(Float)
  case floats([Float])
  case double(Double)
  case doubles([Double])

  /// The text, if it is one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The texts, if they are some.
  public var strings: [String]? { if case .strings(let value) = self { value } else { nil } }

  /// The integer, if it is one.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  /// The integers, if they are some.
  public var integers: [Int]? { if case .integers(let value) = self { value } else { nil } }

  /// The numbers of single precision, if they are some.
  public var floats: [Float]? { if case .floats(let value) = self { value } else { nil } }

  /// The numbers of double precision, if they are some.
  public var doubles: [Double]? { if case .doubles(let value) = self { value } else { nil } }
}
