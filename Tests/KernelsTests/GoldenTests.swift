import GoldenRuns
import Kernels
import Testing
import Thoroughness

extension KernelGolden: CustomTestStringConvertible {
  public var testDescription: String { name }
}

/// The digests are published in Documentation/Goldens.md; `make prove-bits` renews them.
@Suite("The goldens of the kernels")
struct GoldenTests {
  @Test(
    "are the published digests on every instruction set", arguments: InstructionSet.available,
    KernelGolden.all)
  func published(isa: InstructionSet, golden: KernelGolden) throws {
    #expect(
      try golden.digest(KernelSet(isa)) == (try PublishedGoldens.read("kernels"))[golden.name])
  }

  @Test("are all published, and all different")
  func complete() throws {
    let published = try PublishedGoldens.read("kernels")
    let count = try KernelSet().goldenCount
    #expect(KernelGolden.all.count == count)
    #expect(Set(published.keys) == Set(KernelGolden.all.map(\.name)))
    #expect(Set(published.values).count == published.count)
  }

  @Test(
    "are the same on emulated processors without AVX, and without AVX-512",
    .enabled(if: Emulator.isPresent, "qemu-x86_64-static is not installed (qemu-user-static)"),
    arguments: [("Nehalem", ["v2"]), ("Haswell", ["v2", "v3"])])
  func emulated(processor: String, levels: [String]) throws {
    let published = try PublishedGoldens.read("kernels")
    // The kernels are the same machine code in both builds: that of an optimized one emulates them all.
    let every = Thoroughness.isFull ? 1 : 3
    let lines = try Emulator.run(
      processor: processor, program: "KernelGoldens", ["--every", "\(every)"])
    let expected = levels.flatMap { level in
      KernelGolden.all.enumerated().filter { $0.offset.isMultiple(of: every) }
        .map { "\(level) 1 kernels \(published[$0.element.name] ?? "?") \($0.element.name)" }
    }
    #expect(lines.count > 20)
    #expect(lines == expected)
  }
}
