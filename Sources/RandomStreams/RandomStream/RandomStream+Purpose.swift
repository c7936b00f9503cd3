extension RandomStream {
  /// What draws are for: the last word of the counter.
  ///
  /// Two purposes never share a draw. The numbers belong to the numerics version and are never used again for
  /// something else; a program of one's own takes numbers from 2³¹ on.
  public struct Purpose: RawRepresentable, Hashable, Sendable {
    /// The last word of the counter.
    public let rawValue: UInt32

    /// A purpose of one's own (from 2³¹ on), or a known one by its number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Keys from names; see ``StreamKey``.
    public static let derivation = Purpose(rawValue: 0)
    /// Initial values of parameters; element 0, step 0, the key of the parameter's name.
    public static let initialization = Purpose(rawValue: 1)
    /// The order of the samples in an epoch (step).
    public static let shuffle = Purpose(rawValue: 2)
    /// The division of a data set.
    public static let split = Purpose(rawValue: 3)
    /// Masks; element is the sample, step the training step, the key of the layer's name.
    public static let dropout = Purpose(rawValue: 4)
    /// Changes of inputs; element is the sample, step the epoch.
    public static let augmentation = Purpose(rawValue: 5)
    /// Pairs and weights of mixed samples; step is the training step.
    public static let mixing = Purpose(rawValue: 6)
    /// Weighted drawing of samples; step is the epoch.
    public static let sampling = Purpose(rawValue: 7)
  }
}
