internal import ArgumentParser
internal import ContentAddressing
internal import PipelineSpec

/// `pipeline dag`: the graph of the stages.
struct DagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dag", abstract: "Show which stage reads from which.",
    usage: "pipeline dag [<options>] <spec>",
    discussion: """
      EXAMPLES
        pipeline dag mnist.yaml
        pipeline dag mnist.yaml --dot | dot -Tsvg -o dag.svg
      """)

  @OptionGroup var shared: SharedOptions

  @OptionGroup var input: SpecOptions

  @Flag(name: .long, help: "Print Graphviz DOT.")
  var dot = false

  @Flag(name: .long, help: "Print Mermaid.")
  var mermaid = false

  func validate() throws {
    guard [dot, mermaid, shared.json].count(where: { $0 }) <= 1 else {
      throw ValidationError("give one of --dot, --mermaid and --json")
    }
  }

  func run() throws {
    let graph = StageGraph(try SpecFile(input.spec).parse(overrides: input.set))
    let terminal = shared.terminal
    let lines =
      if dot { graph.dot } else if mermaid { graph.mermaid } else if shared.json {
        [graph.value.plainJSON()]
      } else { graph.text(style: terminal.outputStyle, columns: terminal.outputColumns) }
    for line in lines { terminal.output(line) }
  }
}

/// The stages of a spec and what each reads, in the order of a run.
struct StageGraph {
  private let spec: PipelineSpec

  /// An edge with the outputs that pass along it.
  private struct Edge {
    let from: String
    let to: String
    var outputs: [String]
  }

  init(_ spec: PipelineSpec) { self.spec = spec }

  private var edges: [Edge] {
    var edges: [Edge] = []
    for stage in spec.topologicalOrder {
      for input in stage.inputs {
        guard case .stage(let reference) = input.source else { continue }
        if let index = edges.firstIndex(where: { $0.from == reference.stage && $0.to == stage.name }
        ) {
          if !edges[index].outputs.contains(reference.output) {
            edges[index].outputs.append(reference.output)
          }
        } else {
          edges.append(Edge(from: reference.stage, to: stage.name, outputs: [reference.output]))
        }
      }
    }
    return edges
  }

  /// One line per stage: its step, and what it reads from which stage.
  ///
  /// - Parameters:
  ///   - style: Whether names are bold.
  ///   - columns: The width that lists are folded at, or `nil` for none.
  /// - Returns: The lines.
  func text(style: Style, columns: Int?) -> [String] {
    let edges = self.edges
    let width = spec.stages.map(\.name.count).max() ?? 8
    let kinds = spec.stages.map(\.kind.count).max() ?? 8
    return spec.topologicalOrder.map { stage in
      let sources = edges.filter { $0.to == stage.name }.map { edge in
        edge.outputs.count == 1
          ? "\(edge.from)/\(edge.outputs[0])" : "\(edge.from) (\(edge.outputs.count) files)"
      }
      let files = stage.inputs.compactMap { input -> String? in
        guard case .path(let path) = input.source else { return nil }
        return path
      }
      let reads = sources + files
      return "  \(style.bold(stage.name.shown.padded(to: width)))  \(stage.kind.padded(to: kinds))"
        + (reads.isEmpty
          ? ""
          : "  ← "
            + reads.joined(separator: ", ").shown
            .folded(to: columns, indentation: width + kinds + 8))
    }
  }

  var dot: [String] {
    ["digraph \(Self.quoted(spec.name)) {", "  rankdir=LR; node [shape=box];"]
      + spec.topologicalOrder.map {
        "  \(Self.quoted($0.name)) [label=\(Self.quoted($0.name == $0.kind ? $0.name : "\($0.name)\n\($0.kind)"))];"
      }
      + edges.map {
        "  \(Self.quoted($0.from)) -> \(Self.quoted($0.to)) [label=\(Self.quoted(Self.label($0)))];"
      } + ["}"]
  }

  var mermaid: [String] {
    let order = spec.topologicalOrder
    let numbers = Dictionary(
      uniqueKeysWithValues: order.enumerated().map { ($0.element.name, $0.offset) })
    return ["flowchart LR"]
      + order.enumerated().map { "  s\($0.offset)[\"\(Self.plain($0.element.name))\"]" }
      + edges.compactMap { edge in
        guard let from = numbers[edge.from], let to = numbers[edge.to] else { return nil }
        return "  s\(from) -->|\"\(Self.plain(Self.label(edge)))\"| s\(to)"
      }
  }

  var value: CanonicalValue {
    [
      "schema": "pipeline.dag/1", "name": .string(spec.name), "file": .string(spec.file),
      "stages": .array(
        spec.topologicalOrder.map { stage in
          [
            "name": .string(stage.name), "step": .string(stage.kind),
            "outputs": .array(stage.outputs.map { .string($0) }),
          ]
        }),
      "edges": .array(
        edges.map { edge in
          [
            "from": .string(edge.from), "to": .string(edge.to),
            "outputs": .array(edge.outputs.map { .string($0) }),
          ]
        }),
    ]
  }

  private static func label(_ edge: Edge) -> String {
    edge.outputs.count <= 2 ? edge.outputs.joined(separator: "\n") : "\(edge.outputs.count) files"
  }

  /// A text as a quoted identifier of the dot language.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.shown {
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result + "\""
  }

  /// A text with the markup of Mermaid escaped.
  private static func plain(_ text: String) -> String {
    var result = ""
    for character in text.shown {
      switch character {
      case "\"", "<", ">", "&", "#": result += "#\(character.unicodeScalars.first?.value ?? 63);"
      case "\n": result += ", "
      default: result.append(character)
      }
    }
    return result
  }
}
