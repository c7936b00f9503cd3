/// The contents of a safetensors file: named tensors and a few texts about them.
///
/// Writing is reproducible: the bytes depend on the contents only, not on the order in which they were
/// given. Reading is strict: whatever the format does not say is refused.
public struct TensorFile: Hashable, Sendable {
  /// Texts by name.
  public let metadata: [String: String]

  /// The tensors, ordered by the bytes of their names.
  public let tensors: [NamedTensor]

  /// Creates a file.
  ///
  /// - Precondition: No name occurs twice, and none is `__metadata__`.
  public init(tensors: [NamedTensor], metadata: [String: String] = [:]) {
    self.metadata = metadata
    self.tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    precondition(!tensors.contains { $0.name == Header.metadataKey })
    for (left, right) in zip(self.tensors, self.tensors.dropFirst()) {
      precondition(!left.name.utf8.elementsEqual(right.name.utf8), "a tensor's name is unique")
    }
  }

  /// The tensor with a name.
  ///
  /// - Complexity: O(*n*) in the number of tensors.
  public subscript(name: String) -> NamedTensor? {
    tensors.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
