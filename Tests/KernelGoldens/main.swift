// Prints the goldens of the kernels, one digest a line, for every instruction set that this processor has, or for the one named by
// the first argument. Run it under an emulator of an older processor to see the same digests.
import Kernels

let levels = InstructionSet.available.filter {
  CommandLine.arguments.count < 2 || $0.rawValue == CommandLine.arguments[1]
}
for level in levels {
  let kernels = try KernelSet(level)
  for number in 0..<KernelSet.goldenCount {
    print(level.rawValue, number, String(kernels.goldenDigest(number), radix: 16))
  }
}
