// Prints the goldens, one a line: level, threads, group, digest, name.
//
//     KernelGoldens [kernels] [operations] [trainings] [--isa v2,v3] [--threads 1,2,3,7] [--every 8]
//
// Without groups: the kernels, on every instruction set that the processor has. Run it under an emulator of an older processor to
// see the same digests. `--every` samples the kernels.
import GoldenRuns
import Kernels

var groups: [String] = []
var levels = InstructionSet.available
var threads = [1]
var every = 1
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--isa":
    let names = (arguments.popFirst() ?? "").split(separator: ",").map(String.init)
    levels = levels.filter { names.contains($0.rawValue) }
  case "--threads":
    threads = (arguments.popFirst() ?? "").split(separator: ",").compactMap { Int($0) }
  case "--every": every = max(1, Int(arguments.popFirst() ?? "") ?? 1)
  default: groups.append(argument)
  }
}
for level in levels {
  let kernels = try KernelSet(level)
  for group in groups.isEmpty ? ["kernels"] : groups {
    if group == "kernels" {
      for (index, golden) in KernelGolden.all.enumerated() where index.isMultiple(of: every) {
        print(level.rawValue, 1, group, golden.digest(kernels), golden.name)
      }
    } else {
      for golden in group == "trainings" ? TrainingGolden.all : TrainingGolden.operations {
        for count in threads {
          let digest = try golden.digest(threads: count, kernels: kernels)
          print(level.rawValue, count, group, digest, golden.name)
        }
      }
    }
  }
}
