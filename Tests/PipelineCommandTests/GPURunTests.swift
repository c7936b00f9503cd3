import Foundation
import Programs
import Testing

@Suite(
  "A run on a machine with GPUs", .enabled(if: FakeDriver.compiler != nil, "needs a C compiler"))
struct GPURunTests {
  let workshop: Workshop
  let environment: [String: String]

  init() throws {
    workshop = try Workshop()
    let fake = try FakeDriver(in: workshop.folder)
    environment = ["LD_LIBRARY_PATH": fake.folder.path, "LD_PRELOAD": fake.gate]
    try workshop.write(
      Array(
        """
        version: 1
        name: waiting
        seed: 1
        stages:
          wait: {step: command, shell: "sleep 1.5; echo done > out", outputs: [out]}
          report: {step: report, title: Waiting}
        """.utf8), "waiting.yaml")
  }

  private func run(store: String, _ environment: [String: String] = [:]) throws -> CommandResult {
    let result = try workshop.run(
      ["run", "waiting.yaml", "--json"], store: store, environment: environment)
    #expect(result.status == 0, "\(result.errors)")
    return result
  }

  private func page() throws -> String {
    let result = try workshop.run(["report", "latest", "-o", "page.html"])
    #expect(result.status == 0, "\(result.errors)")
    return String(decoding: try workshop.bytes("page.html"), as: UTF8.self)
  }

  @Test("tells what they do while a silent program runs, and nothing of it reaches a result")
  func usage() throws {
    let with = try run(store: "store", environment)
    let without = try run(store: "other")
    #expect(!with.digests.isEmpty && with.digests == without.digests)
    let logs = try workshop.run(["logs", "latest", "--json", "--verbose"])
    let load = logs.events.filter { $0["event"] as? String == "load" }
    #expect(load.count >= 4)
    let usage = load.compactMap { $0["gpus"] as? [[String: Int]] }
    #expect(usage.count >= 2)
    for gpus in usage {
      #expect(
        gpus == [
          ["busy_percent": 37, "memory_bytes": 1_000_000_000],
          ["busy_percent": 47, "memory_bytes": 2_000_000_000],
        ])
    }
    let page = try page()
    for text in ["GPU (% busy)", "GPU memory (MB)", "Of the whole machine.", ">GPU 1<"] {
      #expect(page.contains(text), "\(text)")
    }
    if SchemaOracle.isPresent {
      var oracle = SchemaOracle()
      try oracle.add("run", logs, "logs of a run with GPUs")
      #expect(try oracle.complaints() == [])
    }
  }

  @Test("has a page of no great size whatever stands in the events of the run")
  func damagedEvents() throws {
    _ = try run(store: "store", environment)
    let runs = workshop.folder.appending(path: "store/runs")
    let walk = FileManager.default.enumerator(at: runs, includingPropertiesForKeys: nil)
    let files = try #require(walk).compactMap { $0 as? URL }
    let file = try #require(files.first { $0.lastPathComponent == "events.ndjson" })
    let line = { (seconds: Int, gpus: String) in
      #"{"cpu_seconds":1.5,"event":"load","gpus":\#(gpus),"memory_bytes":5,"#
        + #""schema":"pipeline.run/1","seconds":\#(seconds)}"# + "\n"
    }
    let gpu = #"{"busy_percent":50,"memory_bytes":7000000,"name":"<script>alert(7)</script>"}"#
    var text = line(50, "[" + Array(repeating: gpu, count: 10_000).joined(separator: ",") + "]")
    text += line(51, #"[{"busy_percent":250,"memory_bytes":99999999999999999999},7,null,[]]"#)
    text += line(52, #""<script>alert(7)</script>""#) + line(53, #"{"0":{}}"#)
    let events = try FileHandle(forWritingTo: file)
    try events.seekToEnd()
    try events.write(contentsOf: Data(text.utf8))
    try events.close()
    let page = try page()
    #expect(page.contains("16 of its 128 GPUs: the first that were used."))
    #expect(page.contains(">GPU 15<") && !page.contains("GPU 16"))
    #expect(!page.contains("<script>alert(7)") && page.utf8.count < 1_000_000)
  }
}
