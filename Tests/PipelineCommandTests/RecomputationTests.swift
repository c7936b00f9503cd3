import Foundation
import Programs
import Testing

/// Programs in Python that compute what a training computes, without code of ours.
struct Recomputation {
  let python: String
  let script: String

  /// NumPy, to the bit; Debian's packages.
  static let independent = Recomputation(
    python: "/usr/bin/python3", script: "Tests/Independent/independent.py")

  /// PyTorch, in an environment that `make differential` makes.
  static let differential: Recomputation = {
    let variables = ProcessInfo.processInfo.environment
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    let environment = variables["DIFFERENTIAL_VENV"] ?? home + "/.cache/pipeline/differential"
    return Recomputation(
      python: environment + "/bin/python", script: "Tests/Differential/differential.py")
  }()

  /// Whether its Python has what it imports.
  func isPresent(_ modules: String) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    let result = try? Program(python, ["-c", "import \(modules)"], errors: .dropped).result()
    return result?.status == 0
  }

  /// Runs it on the program beside the tests.
  func result(_ arguments: [String] = []) throws -> ProgramResult {
    try Program(
      python, [script, CommandRun.program.path] + arguments, folder: DocumentationTests.root,
      errors: .withOutput
    ).result()
  }
}

@Suite("Numbers that others compute again")
struct RecomputationTests {
  @Test(
    "are the same bits in NumPy, written from the documents alone",
    .enabled(
      if: Recomputation.independent.isPresent("numpy, h5py, mpmath, yaml"),
      "NumPy, h5py, mpmath or PyYAML is missing: Scripts/setup test"))
  func sameBits() throws {
    let result = try Recomputation.independent.result()
    #expect(result.status == 0, "\(result.text)")
  }

  @Test(
    "are as near to float64 in twenty random networks as PyTorch's",
    .enabled(
      if: Recomputation.differential.isPresent("torch, h5py, yaml"),
      "PyTorch is missing: make differential"))
  func nearPyTorch() throws {
    let failures = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: failures) }
    // Net 30 has the windows whose input gradient was wrong once.
    let result = try Recomputation.differential.result([
      "--first", "30", "--count", "20", "--failures", failures.path,
    ])
    #expect(result.status == 0, "\(result.text)")
  }
}
