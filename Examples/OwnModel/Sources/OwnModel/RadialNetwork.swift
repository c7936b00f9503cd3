import Autograd
import Training

/// A custom module: radial units with learned centres, followed by a linear layer.
struct RadialNetwork: Module {
  private let centres: Parameter
  private let output: Linear

  /// Creates a network whose parameters follow from the seed and their names.
  init(units: Int, classes: Int, seed: UInt64) {
    centres = Parameter(name: "radial1.centres", shape: [units, RadialUnits.axes])
    // Uniform in ±1.
    centres.drawUniform(fanIn: 1, seed: seed)
    output = Linear(units, classes, name: "linear1", seed: seed)
  }

  var parameters: [Parameter] { [centres] + output.parameters }

  func callAsFunction(_ x: Tensor) -> Tensor {
    output(x.tape.apply(RadialUnits(width: 8), to: x, parameters: [centres]))
  }
}
