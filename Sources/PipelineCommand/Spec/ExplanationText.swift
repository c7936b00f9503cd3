internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// An explanation as text for people.
struct ExplanationText {
  let explanation: StageExplanation
  let spec: PipelineSpec

  /// The spec as the user named it.
  let name: String
  let file: SpecFile
  let overrides: [String]
  let style: Style

  /// The width that lists are folded at, or `nil` for none.
  let columns: Int?

  var lines: [String] {
    let plan = explanation.plan
    var lines = [style.bold("\(plan.name.shown) \(verdict)")]
    if let nearest = explanation.nearest {
      let run = nearest.run.map { "run \($0)" } ?? "a run without a record"
      let time = nearest.record.map { " (\(Clock.text($0.started).prefix(16)))" } ?? ""
      let key = nearest.run == nil || columns == nil ? " · key \(short(nearest.key))" : ""
      lines.append(
        labelled(
          plan.state == .hit ? "result" : "nearest", "\(run)\(time)\(key)"))
    } else {
      lines.append(
        labelled("nearest", "this store has no earlier result of the step \(plan.kind)"))
    }
    let width = (explanation.changed + explanation.causes).map { shownPath($0).count }.max() ?? 0
    for (label, changes) in [("changed", explanation.changed), ("because", explanation.causes)] {
      for (index, change) in changes.enumerated() {
        lines.append(labelled(index == 0 ? label : "", line(change, width: width)))
      }
    }
    if !same.isEmpty { lines.append(labelled("same", folded(same))) }
    let unkeyed = explanation.unkeyed.map { "\($0.name) \($0.old) → \($0.new)".shown }
    if !unkeyed.isEmpty {
      lines.append(
        labelled("harmless", folded(unkeyed + [style.dim("(not in the key)")])))
    }
    if plan.state != .hit, !explanation.cached.isEmpty {
      lines.append(labelled("cached", list(explanation.cached) + " (will not run)"))
    }
    if !explanation.downstream.isEmpty {
      let depend = explanation.downstream.count == 1 ? "depends" : "depend"
      lines.append(
        labelled("downstream", "\(list(explanation.downstream)) \(depend) on the outcome"))
    }
    if let command { lines.append(labelled("old result", command)) }
    return lines
  }

  private var verdict: String {
    let plan = explanation.plan
    return switch plan.state {
    case .hit: "is a HIT: the store has its result"
    case .run: "would RUN: \(plan.reason == "new" ? "its key is new" : plan.reason.shown)"
    case .resume: "would RESUME from \(EventText.position(plan.checkpoint))"
    case .depends: "DEPENDS \(plan.reason.shown)"
    }
  }

  private func labelled(_ label: String, _ text: String) -> String {
    "  \(style.dim(label.padded(to: 10)))  \(text)"
  }

  /// The parts with dots between them, in as many lines as the terminal needs.
  private func folded(_ parts: [String]) -> String {
    parts.folded(separator: " · ", to: columns, indentation: 14)
  }

  private func list(_ names: [String]) -> String { names.map(\.shown).joined(separator: ", ") }

  private func short(_ key: Digest) -> String { key.description.prefix(19) + "…" }

  private func shownPath(_ change: StageChange) -> String {
    let isOwn = change.stage == explanation.plan.name && change.path.hasPrefix(change.stage + ".")
    return (isOwn ? String(change.path.dropFirst(change.stage.count + 1)) : change.path).shown
  }

  private func line(_ change: StageChange, width: Int) -> String {
    let values = "\(StageChange.text(of: change.old)) → \(StageChange.text(of: change.new))".shown
    let place = change.shortPlace.isEmpty ? "" : "   " + style.dim(change.shortPlace.shown)
    return "\(shownPath(change).padded(to: min(width, 40)))  \(style.yellow(values))\(place)"
  }

  private var same: [String] {
    let same = explanation.same
    guard explanation.nearest != nil, explanation.plan.state != .hit || !explanation.changed.isEmpty
    else { return [] }
    let settings = same.settings == 1 ? "setting" : "settings"
    var parts = ["\(same.settings) \(explanation.changed.isEmpty ? "" : "other ")\(settings)"]
    if same.inputs > 0 { parts.append("\(same.inputs) \(same.inputs == 1 ? "input" : "inputs")") }
    if let seed = same.seed { parts.append("seed \(seed)") }
    if let version = same.implementation {
      parts.append("\(explanation.plan.kind) version \(version)")
    }
    return parts + same.dependencies
  }

  /// The command that restores the earlier result.
  private var command: String? {
    guard !explanation.changed.isEmpty else { return nil }
    guard let restoring = explanation.restoring, !restoring.isEmpty else {
      let run = explanation.nearest?.run.map { "; it is kept: pipeline show \($0)" } ?? ""
      return "this cannot be undone with --set\(run)"
    }
    let back = WayBack(file: file, overrides: overrides, restoring: restoring).overrides
    return CommandLineText(["pipeline", "run", name] + back.flatMap { ["--set", $0] }).description
  }
}

extension Explainer {
  /// An explainer for a parsed spec with the overrides of the command line.
  init(_ spec: PipelineSpec, of file: SpecFile, overrides: [String], store: ArtifactStore?) {
    self.init(
      spec: spec, written: overrides.isEmpty ? spec : try? file.parse(overrides: []),
      overrides: overrides, store: store, catalog: StepLibrary.catalog)
  }
}
