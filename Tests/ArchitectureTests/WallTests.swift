import Foundation
import Testing

/// The house plan: what each target may import.
///
/// `Documentation/Design.md` says why.
private let plan: [String: Set<String>] = {
  let numerics: Set<String> = ["Kernels", "WorkerPool", "RandomStreams", "Synchronization"]
  let provenance: Set<String> = ["ContentAddressing", "SystemPackage"]
  return [
    "CHDF5": [], "CZlib": [], "CCurl": [], "CPNG": [], "CPosix": [], "CPrefetch": [],
    "PNG": ["CPNG", "SystemPackage"],
    "HDF5": ["CHDF5", "Synchronization"],
    "Compression": ["CZlib", "SystemPackage"],
    "Transfer": ["CCurl", "Synchronization"],
    "ContentAddressing": ["Crypto"],
    "KernelSources": ["CPrefetch"], "KernelsV2": ["CPrefetch"], "KernelsV3": ["CPrefetch"],
    "KernelsV4": ["CPrefetch"],
    "Kernels": ["KernelsV2", "KernelsV3", "KernelsV4", "CPosix"],
    "WorkerPool": ["CPosix", "Synchronization"],
    "ElementaryFunctions": [], "RandomStreams": ["ElementaryFunctions", "Kernels"],
    "Autograd": numerics,
    "Training": numerics.union(["Autograd"]),
    "SafeTensors": [],
    "Datasets": numerics.union(["HDF5", "Compression", "SafeTensors"]),
    "ArtifactStore": provenance.union(["CPosix", "Synchronization"]),
    "PipelineSpec": ["ContentAddressing", "Yams"],
    "Pipeline": provenance.union([
      "PipelineSpec", "ArtifactStore", "Dispatch", "Synchronization",
    ]),
    "Report": ["ContentAddressing", "Mustache"],
    "Steps": provenance.union(numerics).union([
      "Pipeline", "PipelineSpec", "Transfer", "Compression", "Datasets", "PNG", "SafeTensors",
      "HDF5",
      "ArtifactStore", "Autograd", "Dispatch", "FoundationEssentials", "Report", "Subprocess",
      "Training",
    ]),
    "PipelineCommand": provenance.union([
      "Steps", "Pipeline", "PipelineSpec", "ArtifactStore", "Report", "Kernels", "ArgumentParser",
      "CPosix", "Glibc", "Synchronization",
    ]),
  ]
}()

@Suite("The walls of the house")
struct WallTests {
  static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  /// Every source file with the folder of its target; a linked folder counts once.
  static let files: [(target: String, file: URL)] = {
    let manager = FileManager.default
    let targets = (try? manager.contentsOfDirectory(atPath: sources.path)) ?? []
    return targets.sorted().flatMap { target -> [(String, URL)] in
      let folder = sources.appending(path: target)
      let isLink = (try? manager.destinationOfSymbolicLink(atPath: folder.path)) != nil
      guard !isLink, let walk = manager.enumerator(at: folder, includingPropertiesForKeys: nil)
      else { return [] }
      return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        .map { (target, $0) }
    }
  }()

  /// The modules a file imports, whatever stands before `import`.
  static func imports(of file: URL) throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let words = line.prefix { $0 != "/" }.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({
          ["public", "package", "internal", "fileprivate", "private"].contains($0)
            || $0.hasPrefix("@")
        })
      else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
      let name =
        kinds.contains(words[place + 1]) && place + 2 < words.count
        ? words[place + 2] : words[place + 1]
      return name.split(separator: ".").first.map(String.init)
    }
  }

  @Test("each target is in the plan")
  func everyTargetIsPlanned() {
    #expect(Self.files.count > 50)
    for target in Set(Self.files.map(\.target)) {
      #expect(plan[target] != nil, "\(target) has no place in the house plan")
    }
  }

  @Test("no file imports what its target may not")
  func imports() throws {
    for (target, file) in Self.files {
      let allowed = plan[target] ?? []
      for module in try Self.imports(of: file) {
        #expect(
          allowed.contains(module),
          "\(file.lastPathComponent): \(target) may not import \(module)")
      }
    }
  }

  @Test("only the front door prints")
  func printing() throws {
    for (target, file) in Self.files where target != "PipelineCommand" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") where !line.trimmingPrefix(" ").hasPrefix("//") {
        #expect(
          line.firstMatch(of: /\b(print|debugPrint|dump)\(/) == nil,
          "\(file.lastPathComponent) prints: \(line)")
      }
    }
  }

  @Test("no library traps where it could throw")
  func trapping() throws {
    for (_, file) in Self.files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") where !line.trimmingPrefix(" ").hasPrefix("//") {
        #expect(
          line.firstMatch(of: /fatalError\(|try!|as!|nonisolated\(unsafe\)/) == nil,
          "\(file.lastPathComponent): \(line)")
      }
    }
  }
}
