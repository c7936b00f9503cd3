internal import CHDF5

/// A type whose values can be read and written.
///
/// Only conversions that change no value are made: an element of the file is refused if the Swift type
/// cannot hold every value of the file's type.
public protocol HDF5Element: BitwiseCopyable, ExpressibleByIntegerLiteral, Sendable {
  /// The type's name for the library.
  static var elementType: HDF5ElementType { get }
}

extension UInt8: HDF5Element {
  public static var elementType: HDF5ElementType { .uint8 }
}

extension Int64: HDF5Element {
  public static var elementType: HDF5ElementType { .int64 }
}

extension Float: HDF5Element {
  public static var elementType: HDF5ElementType { .float32 }
}

extension Double: HDF5Element {
  public static var elementType: HDF5ElementType { .float64 }
}

/// What the elements of a dataset are.
public enum HDF5ElementType: Hashable, Sendable {
  case uint8
  case int64
  case float32
  case float64
  /// Another integer that an `Int64` can hold.
  case otherInteger
  /// Something that is not read here.
  case other

  /// Whether every value of this type is one of `type`.
  func converts(to type: HDF5ElementType) -> Bool {
    switch (self, type) {
    case (.other, _): false
    case (let own, let other) where own == other: true
    case (.uint8, .int64), (.otherInteger, .int64), (.float32, .float64): true
    default: false
    }
  }

  /// The type of one of the library's identifiers.
  init(of type: hid_t) {
    let size = HDF5Library.ask { H5Tget_size(type) }
    switch HDF5Library.ask({ H5Tget_class(type) }) {
    case H5T_INTEGER:
      let isSigned = HDF5Library.ask { H5Tget_sign(type) } == H5T_SGN_2
      if size == 1 && !isSigned {
        self = .uint8
      } else if size == 8 && isSigned {
        self = .int64
      } else {
        self = size < 8 ? .otherInteger : .other
      }
    case H5T_FLOAT:
      self = size == 4 ? .float32 : size == 8 ? .float64 : .other
    default:
      self = .other
    }
  }
}

extension HDF5Element {
  /// The library's type for the file: little-endian, whatever the machine.
  static var fileType: hid_t {
    switch elementType {
    case .uint8: chdf5_file_uint8()
    case .float32: chdf5_file_float32()
    case .float64: chdf5_file_float64()
    case .int64, .otherInteger, .other: chdf5_file_int64()
    }
  }

  /// The library's type for memory.
  static var memoryType: hid_t {
    switch elementType {
    case .uint8: chdf5_native_uint8()
    case .float32: chdf5_native_float32()
    case .float64: chdf5_native_float64()
    case .int64, .otherInteger, .other: chdf5_native_int64()
    }
  }
}
