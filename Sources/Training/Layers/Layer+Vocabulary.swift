public import Settings

extension Layer {
  /// All kinds of layers.
  public static let layers = Vocabulary(
    "layer",
    [
      Flatten.self,
      LinearLayer.self,
      DropoutLayer.self,
      ReLU.self,
      LeakyReLU.self,
      Tanh.self,
      Sigmoid.self,
      GELU.self,
      SiLU.self,
      ELU.self,
      SELU.self,
      Softplus.self,
      Mish.self,
      HardSwish.self,
      Softmax.self,
      Conv2dLayer.self,
      MaxPool2d.self,
      AveragePool2d.self,
      GlobalAveragePool.self,
      BatchNormLayer.self,
      LayerNormLayer.self,
      GroupNormLayer.self,
      ResidualLayer.self,
    ] as [any LayerKind.Type], describe: { (kind: any LayerKind) in kind })
}
