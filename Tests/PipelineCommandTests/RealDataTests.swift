import Foundation
import Testing

/// Real MNIST, where it lies beside the project; never committed.
private let mnist: URL = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "../shared/datasets/mnist").standardizedFileURL

private let hasMNIST = FileManager.default.fileExists(
  atPath: mnist.appending(path: "train-images-idx3-ubyte.gz").path)

private let fashion = "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"

@Suite("The pipelines of the project", .serialized)
struct RealDataTests {
  private func run(_ spec: String, _ arguments: [String]) throws -> [CommandResult] {
    let workshop = try Workshop()
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let command = CommandRun(
      arguments: ["run", spec, "--json", "--offline", "--store", workshop.folder.path + "/s"]
        + arguments, folder: root)
    return [try command.result(), try command.result()]
  }

  private func accuracy(_ result: CommandResult) -> Double {
    (result.stages["evaluate"]?["metrics"] as? [String: Any])?["accuracy"] as? Double ?? 0
  }

  @Test(
    "MNIST reaches 97.5 %, and costs nothing the second time",
    .enabled(if: hasMNIST, "MNIST is not at ../shared/datasets/mnist"))
  func mnistPerceptron() throws {
    let results = try run("mnist", ["--mirror", mnist.path])
    #expect(results[0].status == 0, "\(results[0].errors)")
    #expect(accuracy(results[0]) >= 0.975)
    #expect(Set(results[1].states.values) == ["hit"])
    #expect(results[0].digests == results[1].digests)
  }

  @Test(
    "MNIST reaches 99 % in two epochs",
    .enabled(if: hasMNIST, "MNIST is not at ../shared/datasets/mnist"))
  func mnist99() throws {
    let results = try run("mnist-99", ["--mirror", mnist.path])
    #expect(results[0].status == 0, "\(results[0].errors)")
    #expect(accuracy(results[0]) >= 0.99)
    #expect(Set(results[1].states.values) == ["hit"])
  }

  @Test(
    "Fashion-MNIST reaches 88 %",
    .enabled(
      if: FileManager.default.fileExists(atPath: fashion),
      "Debian's dataset-fashion-mnist is not installed"))
  func fashionPerceptron() throws {
    let results = try run("fashion-mnist", [])
    #expect(results[0].status == 0, "\(results[0].errors)")
    #expect(accuracy(results[0]) >= 0.88)
    #expect(Set(results[1].states.values) == ["hit"])
  }
}
