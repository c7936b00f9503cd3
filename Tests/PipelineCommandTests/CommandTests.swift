import ContentAddressing
import Foundation
import Programs
import Testing

@Suite("The commands around a run")
struct CommandTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test("check gives mistakes as data, with place and hint")
  func checkJSON() throws {
    let spec = try workshop.spec().replacingOccurrences(of: "epochs: 6", with: "epocs: 6")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("epocs") }) + 1
    let result = try workshop.run(["check", "spec.yaml", "--json"])
    #expect(result.status == 78)
    let value = try #require(result.events.last)
    #expect(value["schema"] as? String == "pipeline.check/1")
    #expect(value["valid"] as? Bool == false)
    let diagnostics = try #require(value["diagnostics"] as? [[String: Any]])
    let wrong = diagnostics.first { ($0["message"] as? String)?.contains("epocs") == true }
    #expect(wrong?["line"] as? Int == line && wrong?["file"] as? String == "spec.yaml")
    #expect((wrong?["hint"] as? String)?.contains("epochs") == true)
  }

  @Test("doctor tells what the machine can do, and leaves nothing behind")
  func doctor() throws {
    let result = try workshop.run(["doctor", "--json"])
    #expect(result.status == 0, "\(result.output)")
    let value = try #require(result.events.last)
    #expect(value["schema"] as? String == "pipeline.doctor/1")
    #expect((value["instruction_sets"] as? [String])?.contains("v2") == true)
    let store = try #require(value["store"] as? [String: Any])
    let abilities = try #require(store["abilities"] as? [[String: Any]])
    #expect(
      Set(abilities.compactMap { $0["name"] as? String }).isSuperset(of: ["fsync", "reflink"]))
    let optional = try #require(value["optional"] as? [[String: Any]])
    #expect(
      optional.allSatisfy { ($0["install"] as? String)?.hasPrefix("apt-get install ") == true })
    let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
    #expect(!names.contains("store") && !names.contains { $0.contains("doctor") })
    let missing = try workshop.run(["doctor", "--json"], store: "/proc/store")
    #expect(missing.status == 1)
  }

  @Test("init writes a valid spec and a .gitignore, and overwrites nothing")
  func initializing() throws {
    let first = try workshop.run(["init", "digits"])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output == "digits.yaml\n.gitignore\n")
    #expect(try workshop.run(["check", "digits.yaml"]).status == 0)
    let written = try workshop.bytes("digits.yaml")
    #expect(try workshop.run(["init", "digits"]).status == 73)
    #expect(try workshop.bytes("digits.yaml") == written)
    let second = try workshop.run(["init", "letters", "--json"])
    #expect(second.events.last?["files"] as? [String] == ["letters.yaml"])
    #expect(try workshop.run(["init", "../digits"]).status == 64)
  }

  @Test("what init writes trains on IDX files of one's own")
  func ownFiles() throws {
    _ = try workshop.run(["init", "own"])
    let folder = workshop.folder
    try FileManager.default.moveItem(
      at: folder.appending(path: "mirror"), to: folder.appending(path: "data"))
    for (old, new) in [
      ("train-images", "train-images-idx3-ubyte"), ("train-labels", "train-labels-idx1-ubyte"),
      ("test-images", "t10k-images-idx3-ubyte"), ("test-labels", "t10k-labels-idx1-ubyte"),
    ] {
      try FileManager.default.moveItem(
        at: folder.appending(path: "data/\(old)"), to: folder.appending(path: "data/\(new)"))
    }
    let result = try workshop.run(
      ["run", "own.yaml", "--json", "--set", "train.model=[flatten, {linear: 3}]"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.states["evaluate"] == "ran")
  }

  @Test("dag draws the same graph in four ways")
  func graph() throws {
    let value = try #require(try workshop.run(["dag", "spec.yaml", "--json"]).events.last)
    let edges = try #require(value["edges"] as? [[String: Any]])
    let pairs = edges.map { "\($0["from"] ?? "")>\($0["to"] ?? "")" }
    #expect(pairs.contains("download>prepare") && pairs.contains("train>evaluate"))
    let dot = try workshop.run(["dag", "spec.yaml", "--dot"]).output
    #expect(dot.hasPrefix("digraph \"tiny\" {") && dot.contains("\"train\" -> \"evaluate\""))
    #expect(dot.split(separator: "\n").count { $0.contains("->") } == edges.count)
    let mermaid = try workshop.run(["dag", "spec.yaml", "--mermaid"]).output
    #expect(mermaid.hasPrefix("flowchart LR\n"))
    #expect(mermaid.split(separator: "\n").count { $0.contains("-->") } == edges.count)
    #expect(try workshop.run(["dag", "spec.yaml"]).output.contains("← prepare/dataset.h5"))
    #expect(try workshop.run(["dag", "spec.yaml", "--dot", "--mermaid"]).status == 64)
  }

  @Test("logs shows the events of a run, all or those of a stage")
  func logs() throws {
    let run = try workshop.runPipeline()
    let all = try workshop.run(["logs", "latest", "--json"])
    #expect(all.events.count == run.events.count)
    let train = try workshop.run(["logs", "latest", "--stage", "train", "--json"])
    #expect(train.events.allSatisfy { $0["stage"] as? String == "train" })
    #expect(train.events.count { $0["event"] as? String == "epoch" } == 6)
    let text = try workshop.run(["logs", "latest", "--stage", "train"]).output
    #expect(text.contains("epoch 6: loss"))
    let wrong = try workshop.run(["logs", "latest", "--stage", "trian"])
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean “train”"))
    #expect(try workshop.run(["logs", "absent"]).status == 64)
  }

  @Test("a note is written, shown wherever runs are, and changes no result")
  func note() throws {
    _ = try workshop.runPipeline()
    let hostile = "no <b>gain</b>\u{1b}[2J\nsecond line"
    let none = try workshop.run(["note", "latest"])
    #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("has no note"))
    #expect(
      try workshop.run(["note", "latest", hostile, "--tag", "best", "--tag", "b2"]).status == 0)
    let shown = try workshop.run(["note", "best"]).output
    #expect(shown.hasPrefix("no <b>gain</b>") && shown.contains("second line"))
    #expect(!shown.contains("\u{1b}"))
    let listed = try workshop.run(["runs"]).output
    #expect(listed.contains("b2, best · no <b>gain</b>") && !listed.contains("second line"))
    let about = try workshop.run(["show", "best"]).output
    #expect(about.contains("tags  b2, best") && about.contains("        second line"))
    let value = try workshop.run(["show", "best", "--json"]).events.last
    #expect(value?["note"] as? String == hostile && value?["tags"] as? [String] == ["b2", "best"])
    _ = try workshop.run(["report", "best", "-o", "page.html"])
    let page = String(decoding: try workshop.bytes("page.html"), as: UTF8.self)
    #expect(page.contains("no &lt;b&gt;gain&lt;/b&gt;") && page.contains("id=\"run-times\""))
    _ = try workshop.run(["report", "--index", "-o", "index.html"])
    let index = String(decoding: try workshop.bytes("index.html"), as: UTF8.self)
    #expect(index.contains("no &lt;b&gt;gain&lt;/b&gt;"))
    // When it began, and what became of its stages.
    #expect(index.contains(#/<td class="nowrap">20\d\d-\d\d-\d\d /#) && index.contains("5 ran"))
    let compared = try workshop.run(["compare", "best", "best", "--md"]).output
    #expect(compared.contains("no &lt;b&gt;gain"))
    // No artifact knows of it, nor of times.
    _ = try workshop.run(["export", "best", "report/report.html", "-o", "artifact.html"])
    let artifact = String(decoding: try workshop.bytes("artifact.html"), as: UTF8.self)
    #expect(!artifact.contains("&lt;b&gt;gain") && !artifact.contains("id=\"run-times\""))
    let again = try workshop.runPipeline()
    #expect(again.stages.values.allSatisfy { $0["state"] as? String == "hit" })
    #expect(try workshop.run(["note", "best", "--add", "third"]).status == 0)
    #expect(try workshop.run(["note", "best"]).output.hasSuffix("third\n"))
    #expect(try workshop.run(["note", "best", "--delete", "--untag", "b2"]).status == 0)
    #expect(try workshop.run(["note", "best"]).output.isEmpty)
    #expect(try workshop.run(["note", "b2"]).status == 64)
    for wrong in [
      ["best", " \n"], ["best", String(repeating: "x", count: 16_385)], ["best", "x", "--delete"],
      ["best", "--add"], ["best", "x", "--tag", "latest"], ["best", "--untag", "absent"], [],
    ] {
      #expect(try workshop.run(["note"] + wrong).status == 64, "\(wrong.first ?? "")")
    }
    #expect(try workshop.run(["note", "best"]).output.isEmpty)
    #expect(try workshop.run(["fsck"]).status == 0)
  }

  @Test("export copies what the digests say, and overwrites only by force")
  func export() throws {
    let run = try workshop.runPipeline()
    let path = "copy.safetensors"
    let first = try workshop.run(["export", "latest", "train/model.safetensors", "-o", path])
    #expect(first.status == 0, "\(first.errors)")
    let digest = Content(of: try workshop.bytes(path)).digest
    #expect(run.digests["train/model.safetensors"]?.hasSuffix(digest.hex) == true)
    try workshop.write([1], path)
    #expect(try workshop.run(["export", "latest", "model.safetensors", "-o", path]).status == 73)
    #expect(try workshop.bytes(path) == [1])
    let forced = try workshop.run(["export", "latest", "model.safetensors", "-o", path, "--force"])
    #expect(forced.status == 0)
    #expect(Content(of: try workshop.bytes(path)).digest == digest)
    let all = try workshop.run(["export", "latest", "--all", "-o", "out", "--json"])
    #expect((all.events.last?["files"] as? [String])?.count == 12 + 4)
    #expect(try workshop.bytes("out/spec.yaml") == workshop.bytes("spec.yaml"))
    #expect(try workshop.run(["export", "latest", "--all", "-o", "out"]).status == 73)
    let wrong = try workshop.run(["export", "latest", "train/modle.safetensors", "-o", "x"])
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean"))
  }

  @Test("predict gives the classes that evaluate found")
  func predict() throws {
    let run = try workshop.runPipeline()
    let metrics = run.stages["evaluate"]?["metrics"] as? [String: Any]
    let accuracy = try #require(metrics?["accuracy"] as? Double)
    let result = try workshop.run(["predict", "latest", "mirror/test-images", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let predictions = try #require(result.events.last?["predictions"] as? [[String: Any]])
    #expect(predictions.count == 60)
    let right = predictions.enumerated().count { $0.element["class"] as? Int == $0.offset % 3 }
    #expect(abs(Double(right) / 60 - accuracy) < 1e-6)
    for prediction in predictions {
      let sum = (prediction["probabilities"] as? [Double] ?? []).reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
    let text = try workshop.run(["predict", "latest", "mirror/test-images"]).output
    #expect(text.contains("mirror/test-images[0]  left "))
    #expect(try workshop.run(["predict", "latest", "spec.yaml"]).status == 65)
    #expect(try workshop.run(["predict", "spec.yaml", "mirror/test-images"]).status == 65)
  }

  @Test("predict answers for a PNG image as for the same pixels in an IDX file")
  func predictPNG() throws {
    _ = try workshop.runPipeline()
    let images = try workshop.bytes("mirror/test-images").dropFirst(16)
    for index in 0..<3 {
      try workshop.write(
        Self.png(Array(images.dropFirst(index * 36).prefix(36)), width: 6), "image\(index).png")
    }
    let one = try workshop.run(["predict", "latest", "mirror/test-images", "--json"])
    let all = one.events.last?["predictions"] as? [[String: Any]] ?? []
    let two = try workshop.run(
      ["predict", "latest", "image0.png", "image1.png", "image2.png", "--json"])
    #expect(two.status == 0, "\(two.errors)")
    let some = two.events.last?["predictions"] as? [[String: Any]] ?? []
    #expect(some.count == 3)
    for (answer, expected) in zip(some, all) {
      #expect(answer["probabilities"] as? [Double] == expected["probabilities"] as? [Double])
      #expect(answer["index"] as? Int == 0)
    }
    let text = try workshop.run(["predict", "latest", "image1.png"]).output
    #expect(text.hasPrefix("image1.png  middle "), "\(text)")
    try workshop.write(Self.png([UInt8](repeating: 0, count: 35), width: 5), "narrow.png")
    let narrow = try workshop.run(["predict", "latest", "narrow.png"])
    #expect(
      narrow.status == 65 && narrow.errors.contains("1×7×5") && narrow.errors.contains("1×6×6"))
    try workshop.write(
      Array(Self.png([UInt8](repeating: 0, count: 36), width: 6).dropLast(30)), "cut.png")
    let cut = try workshop.run(["predict", "latest", "cut.png"])
    #expect(cut.status == 65 && cut.errors.contains("cut.png: the PNG image is damaged"))
  }

  /// Grey pixels as a PNG file, by Python's zlib.
  private static func png(_ pixels: [UInt8], width: Int) throws -> [UInt8] {
    let script = """
      import zlib,struct,sys
      p=bytes(\(pixels)); w=\(width); h=len(p)//w
      def ch(n,d): return struct.pack('>I',len(d))+n+d+struct.pack('>I',zlib.crc32(n+d))
      sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n'+ch(b'IHDR',struct.pack('>IIBBBBB',w,h,8,0,0,0,0))
        +ch(b'IDAT',zlib.compress(b''.join(b'\\0'+p[i*w:i*w+w] for i in range(h))))+ch(b'IEND',b''))
      """
    return [UInt8](try Program("/usr/bin/python3", ["-c", script]).result().output)
  }

  @Test("a misspelt run or tag is answered with the one that was meant")
  func misspeltRun() throws {
    let run = try workshop.run(
      ["run", "spec.yaml", "--offline", "--mirror", "mirror", "--tag", "baseline", "--json"])
    let id = try #require(run.events.last?["run"] as? String)
    for (name, meant) in [
      ("basline", "baseline"), ("latset", "latest"), (String(id.prefix(11)) + "~", id),
      (id.dropLast(2) + String(id.suffix(2).reversed()), id),
    ] where name != meant {
      for command in ["show", "logs", "report"] {
        let result = try workshop.run([command, name])
        #expect(result.status == 64)
        #expect(result.errors.contains("did you mean “\(meant)”?"), "\(name): \(result.errors)")
      }
    }
    let unlike = try workshop.run(["show", "zzzzzz"])
    #expect(unlike.status == 64 && unlike.errors.contains("pipeline runs"))
  }

  @Test("a misspelt command is answered with the one that was meant")
  func misspelt() throws {
    let result = try CommandRun(arguments: ["explian", "spec.yaml"]).result()
    #expect(result.status == 64 && result.errors.contains("did you mean “explain”"))
  }

  @Test("the help fits one screen of 24 lines and 80 columns")
  func help() throws {
    let lines = try CommandRun(arguments: ["--help"]).result().output.split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast()
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(
    "completion scripts are accepted by their shell, and know stages and runs",
    arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let result = try CommandRun(arguments: ["completions", shell]).result()
    #expect(result.status == 0 && result.output.contains("explain"))
    guard shell == "bash" else { return }
    try workshop.write(Array(result.output.utf8), "completion.bash")
    let bash = Program("/bin/bash", ["-n", "completion.bash"], folder: workshop.folder)
    #expect(try bash.result().status == 0)
  }
}
