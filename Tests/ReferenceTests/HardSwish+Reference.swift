import ReferenceInterpreter
import Training

extension HardSwish: ReferencedActivation {
  var reference: ReferenceActivation { .hardSwish }
}
