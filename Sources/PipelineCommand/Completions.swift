internal import ArgumentParser
internal import ArtifactStore
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// Completions for a shell: names of stages and runs, from the spec and the store.
///
/// A completion never fails and never writes; if something cannot be read, it offers nothing.
enum Completions {
  /// Specs: YAML files.
  static let specs = CompletionKind.file(extensions: ["yaml", "yml"])

  /// The stages of the spec given earlier on the line.
  static let stages = CompletionKind.custom { words, _, _ in
    for word in words.dropFirst() where !word.isEmpty && !word.hasPrefix("-") {
      guard let file = try? SpecFile(word), let spec = try? file.parse(overrides: []) else {
        continue
      }
      return spec.topologicalOrder.map(\.name)
    }
    return []
  }

  /// The tags and ids of the store's runs, newest first.
  static let runs = CompletionKind.custom { words, _, _ in
    var path = ProcessEnvironment.value("PIPELINE_STORE") ?? "artifacts"
    if let option = words.firstIndex(of: "--store"), option + 1 < words.count {
      path = words[option + 1]
    }
    guard let store = try? StoreLocation(path).openForReading() else { return [] }
    let tags = (try? store.tags().map(\.name)) ?? []
    let ids = (try? store.runIDs().prefix(30).map(\.description)) ?? []
    return ["latest"] + tags + ids
  }
}
