import GoldenRuns
import Kernels
import Testing

extension TrainingGolden: CustomTestStringConvertible {
  public var testDescription: String { name }
}

/// Whole trainings, and two steps around each operation, whose weights never change without a new numerics version.
///
/// The digests are published in Documentation/Goldens.md; `make prove-bits` renews them.
@Suite("Golden trainings")
struct GoldenTests {
  @Test(
    "end in the published weights for 1, 2, 3 and 7 threads",
    arguments: [("trainings", TrainingGolden.all), ("operations", TrainingGolden.operations)]
      .flatMap { group, goldens in goldens.map { (group, $0) } }, InstructionSet.available)
  func weights(_ run: (String, TrainingGolden), isa: InstructionSet) throws {
    let (group, golden) = run
    let published = try PublishedGoldens.read(group)[golden.name]
    for threads in [1, 2, 3, 7] {
      let digest = try golden.digest(threads: threads, kernels: KernelSet(isa))
      #expect(digest == published, "\(threads) threads")
    }
  }

  @Test("are all published")
  func complete() throws {
    #expect(Set(try PublishedGoldens.read("trainings").keys) == Set(TrainingGolden.all.map(\.name)))
    #expect(
      Set(try PublishedGoldens.read("operations").keys)
        == Set(TrainingGolden.operations.map(\.name)))
  }
}
