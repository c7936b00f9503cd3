internal import SafeTensors

/// The first tensor and element in which two safetensors files differ.
struct TensorPlace: CustomStringConvertible {
  let description: String

  /// `nil` if all tensors and all metadata are the same.
  init?(recorded: TensorFile, computed: TensorFile) {
    let names = recorded.tensors.map(\.name)
    for name in names + computed.tensors.map(\.name).filter({ !names.contains($0) }) {
      guard let old = recorded[name], let new = computed[name] else {
        description =
          "the tensor \(name) is in the \(recorded[name] == nil ? "computed" : "recorded") file only"
        return
      }
      guard old.elementType == new.elementType, old.shape == new.shape else {
        description =
          "the tensor \(name) is \(old.elementType.rawValue) \(old.shape), computed "
          + "\(new.elementType.rawValue) \(new.shape)"
        return
      }
      if old.bytes != new.bytes {
        description = Self.describe(old, new)
        return
      }
    }
    for key in Set(recorded.metadata.keys).union(computed.metadata.keys).sorted()
    where recorded.metadata[key] != computed.metadata[key] {
      description = "all tensors are the same; the metadata “\(key)” differs"
      return
    }
    return nil
  }

  private static func describe(_ old: NamedTensor, _ new: NamedTensor) -> String {
    let size = old.elementType.size
    let different = (0..<old.count).filter {
      old.bytes[$0 * size..<($0 + 1) * size] != new.bytes[$0 * size..<($0 + 1) * size]
    }
    let first = different.first ?? 0
    return "tensor \(old.name)\(index(first, in: old.shape)): recorded \(value(first, of: old)), "
      + "computed \(value(first, of: new)); \(different.count) of its \(old.count) elements "
      + "\(different.count == 1 ? "differs" : "differ")"
  }

  /// A place in row-major order as `[3, 17]`.
  private static func index(_ place: Int, in shape: [Int]) -> [Int] {
    var rest = place
    var indices: [Int] = []
    for extent in shape.reversed() {
      indices.insert(rest % max(1, extent), at: 0)
      rest /= max(1, extent)
    }
    return indices
  }

  /// An element as number and bits.
  private static func value(_ place: Int, of tensor: NamedTensor) -> String {
    let size = tensor.elementType.size
    let bits = tensor.bytes[place * size..<(place + 1) * size].reversed()
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    guard let floats = tensor.floats else { return "0x\(bits)" }
    return "\(floats[place]) (0x\(bits))"
  }
}
