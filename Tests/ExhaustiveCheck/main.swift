// Checks a correctly rounded function for all 2³² floats on every instruction set of this machine.
//
//     swift run -c release exhaustive-check [function …] [--isa v2,v3,v4] [--part I/N] [--sixteenth I]
//
// --part I/N takes the I-th of N ranges; --sixteenth I takes the I-th of every sixteen floats (0 … 15), which meets every binade.
// Without functions all five are checked. The expected results come from the oracle of the tests: long double with a
// proven bound, MPFR where that leaves the rounding open. Exit code 1 if a single result is wrong.

import COracle
@preconcurrency import Glibc
import KernelInterface
import Kernels

/// Which of the floats are checked.
struct Choice {
  var part = 0
  var parts = 1
  var stride = 1
  var phase = 0

  var isPossible: Bool { (0..<parts).contains(part) && (0..<stride).contains(phase) }

  /// Said beside counts.
  var text: String {
    (parts > 1 ? ", part \(part + 1) of \(parts)" : "") + (stride > 1 ? ", sixteenth \(phase)" : "")
  }
}

/// A function under test.
struct Candidate {
  let name: String
  let oracle: oracle_function
  let evaluate: (any KernelFunctions, FloatSlice, FloatSlice) -> Void
}

let candidates = [
  Candidate(name: "exp", oracle: oracle_exponential) { $0.exponential($1, $2) },
  Candidate(name: "log", oracle: oracle_logarithm) { $0.logarithm($1, $2) },
  Candidate(name: "tanh", oracle: oracle_tanh) { $0.hyperbolicTangent($1, $2) },
  Candidate(name: "sigmoid", oracle: oracle_sigmoid) { $0.sigmoid($1, $2) },
  Candidate(name: "erf", oracle: oracle_erf) { $0.errorFunction($1, $2) },
]

var chosen = candidates
var levels = InstructionSet.available
var choice = Choice()
var names: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--isa":
    let names = (arguments.popFirst() ?? "").split(separator: ",")
    levels = names.compactMap { InstructionSet(rawValue: String($0)) }
  case "--part":
    let numbers = (arguments.popFirst() ?? "").split(separator: "/").compactMap { Int($0) }
    if numbers.count == 2 { (choice.part, choice.parts) = (numbers[0] - 1, numbers[1]) }
  case "--sixteenth":
    (choice.stride, choice.phase) = (16, Int(arguments.popFirst() ?? "") ?? 0)
  default: names.append(argument)
  }
}
if !names.isEmpty { chosen = candidates.filter { names.contains($0.name) } }

if oracle_is_available() == 0 {
  print("GNU MPFR is not installed: run make setup")
} else if chosen.isEmpty || levels.isEmpty || !choice.isPossible {
  print(
    "usage: exhaustive-check [exp|log|tanh|sigmoid|erf …] [--isa v2,v3,v4] [--part I/N] [--sixteenth I]"
  )
} else {
  let areRight = try chosen.map { try check($0, levels, choice) }
  if !areRight.contains(false) { exit(0) }
}
exit(1)

/// Checks one function and prints what was found.
func check(
  _ candidate: Candidate, _ levels: [InstructionSet], _ choice: Choice
) throws -> Bool {
  let kernels = try levels.map { try KernelSet($0).functions }
  let chunk = 1 << 16
  var x = [Float](repeating: 0, count: chunk)
  var expected = x
  let (argument, result) = (FloatStorage(count: chunk), FloatStorage(count: chunk))
  var undecided = 0
  var wrong = [Int](repeating: 0, count: levels.count)
  let clock = ContinuousClock()
  let start = clock.now
  let chunks = (1 << 16) / choice.stride
  let first = chunks * choice.part / choice.parts
  let last = chunks * (choice.part + 1) / choice.parts
  for number in first..<last {
    for lane in 0..<chunk {
      x[lane] = Float(bitPattern: UInt32((number * chunk + lane) * choice.stride + choice.phase))
    }
    undecided += oracle_floats_proven(candidate.oracle, &expected, x, chunk)
    for (index, kernel) in kernels.enumerated() {
      argument.all.assign(x)
      candidate.evaluate(kernel, result.all, argument.all)
      let actual = result.all.array
      var place = 0
      let differences = oracle_differences(actual, expected, chunk, &place)
      if differences > 0 {
        wrong[index] += differences
        print(
          "\(candidate.name) by \(levels[index]): f(\(x[place])) is \(actual[place]), not",
          "\(expected[place]); \(differences) wrong among \(chunk) floats")
      }
    }
  }
  let seconds = (clock.now - start).components.seconds
  let count = (last - first) * chunk
  for (level, wrong) in zip(levels, wrong) {
    print("\(candidate.name) by \(level): \(count) floats\(choice.text), \(wrong) wrong")
  }
  print("\(candidate.name): \(undecided) decided by MPFR; \(seconds) s")
  fflush(stdout)
  return !wrong.contains { $0 > 0 }
}
