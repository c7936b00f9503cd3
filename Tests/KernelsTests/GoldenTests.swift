import Kernels
import Testing

/// A kernel run and its digest, the same on every machine since numerics version f32-1.
struct Golden: CustomTestStringConvertible, Sendable {
  var number: Int
  var name: String
  var digest: UInt64
  var testDescription: String { name }

  static let all: [Golden] = [
    Golden(number: 0, name: "product from zero", digest: 0x49ed_fcb4_ee36_5b30),
    Golden(number: 1, name: "product from the bias, relu, blocks of 64", digest: 0x3d00_7138_be93_c642),
    Golden(number: 2, name: "product accumulating, 10 columns, blocks of 7", digest: 0xf4ab_752a_12f6_3acd),
    Golden(number: 3, name: "weight gradient in panels", digest: 0x228c_3f2e_70bf_3c0c),
    Golden(number: 4, name: "single row", digest: 0x3b41_9d39_1b77_d156),
    Golden(number: 5, name: "copied blocks", digest: 0x9860_40ef_c771_47f1),
    Golden(number: 6, name: "transposed panels", digest: 0x50c9_bf3f_b441_13d2),
    Golden(number: 7, name: "packed and unpacked panels", digest: 0x6bd1_2ca8_3012_b91f),
    Golden(number: 8, name: "convolution 5×5, bias, relu", digest: 0x3939_07d8_6f79_0382),
    Golden(number: 9, name: "convolution 3×3, stride 2, 2 groups", digest: 0x2416_2632_1408_44d8),
    Golden(number: 10, name: "input gradient 3×3", digest: 0xa996_fe52_e6ee_9d3f),
    Golden(number: 11, name: "input gradient 2×3, dilation 2, 3 groups", digest: 0xaf96_b5b2_cf6d_51a5),
    Golden(number: 12, name: "weight gradient 3×3", digest: 0xf109_c75c_e55a_92d0),
    Golden(number: 13, name: "spread images, turned weights", digest: 0x9aff_6e26_5f48_6514),
    Golden(number: 14, name: "add, subtract, multiply, divide", digest: 0x4621_2c4e_c7f2_41cb),
    Golden(number: 15, name: "scale, add scalar, clamp, add scaled, blend", digest: 0x5ebc_324a_27a1_0374),
    Golden(number: 16, name: "square root", digest: 0x8e14_5360_fb1a_6ed8),
    Golden(number: 17, name: "add row vector", digest: 0x4615_67ac_e1cd_1ac2),
    Golden(number: 18, name: "relu", digest: 0x8c84_f640_54f1_054e),
    Golden(number: 19, name: "leaky relu", digest: 0x2ae4_86ed_b66a_affd),
    Golden(number: 20, name: "tanh", digest: 0x662f_807e_2bfb_77f7),
    Golden(number: 21, name: "sigmoid", digest: 0x99f0_7a6e_72fa_1e07),
    Golden(number: 22, name: "exp, log, erf", digest: 0x3e7a_26a6_4aef_c9b8),
    Golden(number: 23, name: "Adam", digest: 0x0660_c12a_b6a1_8e53),
    Golden(number: 24, name: "momentum, Nesterov", digest: 0x49c2_380b_f16a_a285),
    Golden(number: 25, name: "momentum, dampened", digest: 0x5931_1432_0d5b_0c79),
    Golden(number: 26, name: "gradient descent", digest: 0x803f_dbae_019c_b12b),
    Golden(number: 27, name: "dropout", digest: 0xc0cb_81a3_8036_8e00),
    Golden(number: 28, name: "interleave", digest: 0x7cef_576a_c9da_58bc),
    Golden(number: 29, name: "canonical NaN", digest: 0xfac1_0511_9fdd_3eec),
    Golden(number: 30, name: "short sums", digest: 0x5116_abfa_8dc9_ac95),
    Golden(number: 31, name: "long sums", digest: 0xe93b_b333_8d35_2040),
    Golden(number: 32, name: "sums of squares", digest: 0x2d4e_900a_1eef_692b),
    Golden(number: 33, name: "block sums", digest: 0x9825_2a45_7f74_2494),
    Golden(number: 34, name: "pairwise combination", digest: 0x7834_4691_d469_e018),
    Golden(number: 35, name: "column sums", digest: 0x86d8_8697_80d4_8018),
    Golden(number: 36, name: "row sums", digest: 0x484f_b971_fc1e_011c),
    Golden(number: 37, name: "argmax, row maxima", digest: 0x6f93_bc94_fb1e_b446),
    Golden(number: 38, name: "softmax", digest: 0xb871_22e0_8006_0514),
    Golden(number: 39, name: "log softmax", digest: 0x9e3c_2d0c_bfcf_ddb0),
    Golden(number: 40, name: "softmax gradient", digest: 0xeca9_ef37_b25b_c3c2),
    Golden(number: 41, name: "cross-entropy", digest: 0x822f_0057_3c33_6c07),
    Golden(number: 42, name: "cross-entropy, smoothed", digest: 0x5b0d_db86_13f9_11d6),
    Golden(number: 43, name: "squared error", digest: 0xa691_9743_2cd3_f092),
  ]
}

@Suite("The goldens of the kernels")
struct GoldenTests {
  @Test("are the published digests on every instruction set", arguments: allKernels, Golden.all)
  func published(kernels: KernelSet, golden: Golden) {
    #expect(kernels.goldenDigest(golden.number) == golden.digest)
  }

  @Test("are all published")
  func complete() {
    #expect(Golden.all.map(\.number) == Array(0..<KernelSet.goldenCount))
    #expect(Set(Golden.all.map(\.digest)).count == Golden.all.count)
  }

  @Test(
    "are the same on emulated processors without AVX, and without AVX-512",
    .enabled(if: Emulator.isPresent, "qemu-x86_64-static is not installed (qemu-user-static)"),
    arguments: [("Nehalem", ["v2"]), ("Haswell", ["v2", "v3"])])
  func emulated(processor: String, levels: [String]) throws {
    let lines = try Emulator.run(processor: processor, program: "KernelGoldens")
    let expected = levels.flatMap { level in
      Golden.all.map { "\(level) \($0.number) \(String($0.digest, radix: 16))" }
    }
    #expect(lines == expected)
  }
}
