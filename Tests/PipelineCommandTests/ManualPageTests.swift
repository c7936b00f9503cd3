import Foundation
import Programs
import Testing

@Suite("The manual pages")
struct ManualPageTests {
  static let man = "/usr/bin/man"

  /// All pages, by their file names.
  private func pages() throws -> (folder: URL, names: [String]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "man-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let result = try CommandRun(arguments: ["reference", "--man", folder.path]).result()
    #expect(result.status == 0, "\(result.errors)")
    return (folder, try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
  }

  @Test("describe every command that the help lists, with every option of its help")
  func completeness() throws {
    let (folder, names) = try pages()
    defer { try? FileManager.default.removeItem(at: folder) }
    let help = try CommandRun(arguments: ["--help"]).result().output
    let commands = names.compactMap { name in
      name.wholeMatch(of: /pipeline-(.+)\.1/).map { String($0.1) }
    }
    #expect(names.contains("pipeline.1") && commands.count == names.count - 1)
    #expect(commands.count >= 17)
    for line in help.split(separator: "\n").dropFirst(2).dropLast() {
      guard let match = line.wholeMatch(of: /(?:Run|Look|Store|     ) +([a-z]+) .*/) else {
        continue
      }
      #expect(commands.contains(String(match.1)), "no page for \(match.1)")
    }
    for command in commands {
      let page = try String(
        contentsOf: folder.appending(path: "pipeline-\(command).1"), encoding: .utf8
      )
      .replacingOccurrences(of: "\\-", with: "-")
      let shown = try CommandRun(arguments: ["help", command]).result().output
      let options = Set(shown.matches(of: /--[a-z][a-z-]+/).map { String($0.0) })
      #expect(options.contains("--help"))
      for option in options { #expect(page.contains(option), "\(command) has \(option)") }
      for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS"] {
        #expect(page.contains(".SH \(section)\n"), "\(command) has no \(section)")
      }
    }
  }

  @Test(
    "are set by man without a warning",
    .enabled(if: FileManager.default.isExecutableFile(atPath: man), "man-db is not installed"))
  func warnings() throws {
    let (folder, names) = try pages()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in names {
      let result = try Program(
        Self.man, ["--warnings", "-l", folder.appending(path: name).path],
        environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": "/usr/bin:/bin"], errors: .read
      ).result()
      let text = result.text
      #expect(result.status == 0 && result.errors.isEmpty, "\(name): \(result.errors)")
      // What man prints holds the sentence of the help: nothing was taken for a command of groff.
      #expect(
        text.contains("SYNOPSIS") && text.contains("pipeline"), "\(name): \(text.prefix(500))")
    }
  }

  @Test("are installed beside the command and its completions")
  func installation() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "prefix \(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let make = Program(
      "/usr/bin/make",
      [
        "-C", DocumentationTests.root.path, "install-files", "PREFIX=\(root.path)",
        "PIPELINE=\(CommandRun.program.path)",
      ], output: .dropped)
    #expect(try make.result().status == 0)
    for path in [
      "bin/pipeline", "share/man/man1/pipeline.1", "share/man/man1/pipeline-run.1",
      "share/bash-completion/completions/pipeline", "share/zsh/site-functions/_pipeline",
      "share/fish/vendor_completions.d/pipeline.fish",
    ] {
      let file = root.appending(path: path)
      let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
      #expect(size > 200, "\(path)")
    }
  }
}
