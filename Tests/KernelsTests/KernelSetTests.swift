import Kernels
import Testing

@Suite("The kernels of an instruction set")
struct KernelSetTests {
  @Test("are refused above what the machine offers")
  func available() throws {
    #expect(!InstructionSet.available.isEmpty)
    for level in InstructionSet.available { #expect(try KernelSet(level).instructionSet == level) }
  }
}
