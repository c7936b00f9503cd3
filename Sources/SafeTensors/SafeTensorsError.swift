/// A failure to read a safetensors file.
public struct SafeTensorsError: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// Fewer than 8 bytes, or a header that does not fit into the file.
    case headerSize(UInt64)
    /// The header is longer than 100 MB.
    case headerTooLarge(UInt64)
    /// The header is not the JSON that the format demands.
    case syntax
    /// The header is not UTF-8.
    case encoding
    /// The same key twice in one object.
    case duplicateKey
    /// A key that the format does not have, or one of its keys missing.
    case key
    /// An element type that the format does not have.
    case elementType
    /// A shape whose product is beyond what an integer holds.
    case shape
    /// Offsets that do not fit the shape, leave a hole, overlap or run out of the file.
    case offsets
    /// Bytes after the last tensor.
    case trailingBytes
  }

  /// What went wrong.
  public let code: Code

  /// The place in the header, in bytes from its first brace, where that is known.
  public let offset: Int

  /// The tensor concerned, or empty.
  public let tensor: String

  init(_ code: Code, offset: Int = 0, tensor: String = "") {
    self.code = code
    self.offset = offset
    self.tensor = tensor
  }
}

extension SafeTensorsError: CustomStringConvertible {
  public var description: String {
    let subject = tensor.isEmpty ? "the safetensors file" : "tensor `\(tensor)`"
    return switch code {
    case .headerSize(0):
      "the file is too short for a safetensors file"
    case .headerSize(let size):
      "the safetensors file declares a header of \(size) bytes, which are missing; is it truncated?"
    case .headerTooLarge(let size):
      "the safetensors file declares a header of \(size) bytes, and 100000000 are allowed; is it one?"
    case .syntax: "the header of the safetensors file is malformed at byte \(offset)"
    case .encoding: "the header of the safetensors file is not UTF-8 near byte \(offset)"
    case .duplicateKey: "the header of the safetensors file repeats a key at byte \(offset)"
    case .key: "the header of the safetensors file has unknown or missing keys at byte \(offset)"
    case .elementType: "\(subject) has an element type that the format does not have"
    case .shape: "\(subject) has a shape too large to multiply"
    case .offsets: "\(subject) is not at the offset given by its shape and the tensors before it"
    case .trailingBytes: "bytes follow the last tensor of the safetensors file; refused"
    }
  }
}
