import Foundation
import Programs
import Testing

@Suite("Stages side by side")
struct JobsTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func write(_ stages: String) throws {
    try workshop.write(
      Array("version: 1\nname: jobs\nseed: 1\nstages:\n\(stages)".utf8), "jobs.yaml")
  }

  @Test("run at the same time where none reads from the other")
  func together() throws {
    // Each waits for the other, through a folder that both see: one after the other they never end.
    let meeting = workshop.folder.appending(path: "meeting")
    try FileManager.default.createDirectory(at: meeting, withIntermediateDirectories: true)
    func stage(_ one: String, _ other: String) -> String {
      "  \(one): {step: command, timeout: 100, outputs: [x], shell: \"touch x \(meeting.path)/\(one);"
        + " until [ -e \(meeting.path)/\(other) ]; do sleep 0.05; done\"}\n"
    }
    try write(stage("a", "b") + stage("b", "a"))
    let result = try workshop.run(["run", "jobs.yaml", "--json", "--jobs", "2"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.states == ["a": "ran", "b": "ran"])
  }

  @Test("give the digests, the states and the order of a run without them", arguments: [2, 4])
  func sameResults(jobs: Int) throws {
    let extra = """
        other:
          step: train
          data: prepare/dataset.h5
          model: [flatten, {linear: 3}]
          optimizer: {adam: {learning_rate: 0.01}}
          epochs: 3
          batch_size: 16
        third: {step: evaluate, model: other/model.safetensors, data: prepare/dataset.h5}

      """
    try workshop.write(Array(workshop.spec(epochs: 4, extra: extra).utf8), "spec.yaml")
    let one = try workshop.runPipeline(store: "one")
    #expect(one.status == 0, "\(one.errors)")
    let many = try workshop.runPipeline(["--jobs", "\(jobs)"], store: "many")
    #expect(many.status == 0, "\(many.errors)")
    #expect(one.digests == many.digests && one.digests.count == 18)
    func order(_ result: CommandResult) -> [String] {
      (result.events.last?["stages"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }
    #expect(order(one) == order(many))
    let again = try workshop.runPipeline(["--jobs", "\(jobs)"], store: "many")
    #expect(Set(again.states.values) == ["hit"])
  }

  @Test("let what runs end, and begin nothing, when one fails")
  func failure() throws {
    try write(
      """
        slow: {step: command, shell: "sleep 1; touch x", outputs: [x]}
        bad: {step: command, shell: "exit 3", outputs: [x]}
        after: {step: command, shell: "touch y", inputs: {x: slow/x}, outputs: [y]}

      """)
    let result = try workshop.run(["run", "jobs.yaml", "--json", "--jobs", "2"])
    #expect(result.status == 1 && result.errors.contains("exit code 3"))
    #expect(result.states == ["slow": "ran", "bad": "failed", "after": "skipped"])
  }

  @Test("all end at an interruption")
  func interruption() throws {
    try write(
      """
        a: {step: command, shell: "echo go; sleep 600", outputs: [x]}
        b: {step: command, shell: "echo go; sleep 600", outputs: [x], environment: {B: b}}

      """)
    var count = 0
    let result = try workshop.run(["run", "jobs.yaml", "--json", "--jobs", "2"]) { process, line in
      guard line.contains(#""event":"output""#) else { return }
      count += 1
      if count == 2 { process.send(SIGINT) }
    }
    #expect(result.status == 130)
    #expect(Set(result.states.values) == ["failed"])
  }

  @Test("that read a report run after it, and the report does not read them")
  func afterReport() throws {
    let extra = """
        mail: {step: command, shell: "wc -c < page > size", inputs: {page: report/report.html}, outputs: [size]}

      """
    try workshop.write(Array(workshop.spec(epochs: 2, extra: extra).utf8), "spec.yaml")
    let result = try workshop.runPipeline(["--jobs", "3"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.states["report"] == "ran" && result.states["mail"] == "ran")
  }
}
