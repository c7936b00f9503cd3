import Foundation
import Testing

@Suite("The reference")
struct OperationListTests {
  /// Where each operation of the product is compared.
  static let compared: [String: String] = [
    "AbsoluteErrorOperation": "TrainingTests", "ActivationOperation": "ActivationTests",
    "AddOperation": "ElementwiseTests",
    "AveragePoolOperation": "PoolingTests", "BatchNormalizationOperation": "NormalizationTests",
    "ConvolutionOperation": "ConvolutionTests", "CrossEntropyOperation": "LossTests",
    "DropoutOperation": "ElementwiseTests", "FlattenOperation": "ElementwiseTests",
    "GroupNormalizationOperation": "NormalizationTests",
    "LayerNormalizationOperation": "NormalizationTests", "LinearOperation": "MatrixTests",
    "MatrixProductOperation": "MatrixTests", "MaxPoolOperation": "PoolingTests",
    "MeanSquaredErrorOperation": "LossTests", "MultiplyOperation": "ElementwiseTests",
    "ScaleOperation": "ElementwiseTests", "SoftmaxOperation": "LossTests",
    "SumOperation": "ElementwiseTests",
    // The program of a user: there is nothing to compare.
    "RecordedCustomOperation": "",
  ]

  @Test("knows every operation of the product")
  func all() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var found: Set<String> = []
    for name in ["Autograd", "Training"] {
      let folder = root.appendingPathComponent("Sources/\(name)")
      let files = try #require(FileManager.default.enumerator(atPath: folder.path))
      for case let file as String in files where file.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        for match in text.matches(of: /class (\w+Operation)\b[^\n{]*: *\w*Operation\b/) {
          found.insert(String(match.1))
        }
      }
    }
    #expect(found == Set(Self.compared.keys))
  }

  @Test("has no code of the product")
  func imports() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("ReferenceInterpreter")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let imports = text.matches(of: /import +(\w+)/).map { String($0.1) }
      #expect(imports.allSatisfy { $0 == "COracle" }, "\(file) imports \(imports)")
    }
  }
}
