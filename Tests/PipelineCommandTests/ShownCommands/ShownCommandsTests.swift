import Foundation
import Testing
import Thoroughness

/// Every command that README.md and Documentation/*.md show is carried out, or says here why not.
@Suite("The commands that the documentation shows")
struct ShownCommandsTests {
  /// Commands that are not carried out, each with its reason; one that no page shows any more is a failure.
  static let exceptions: [String: String] = [
    "make run": "builds in release mode, and installs packages",
    "make test": "is what runs this test",
    "make install PREFIX=~/.local":
      "builds in release mode; what it installs has a test of its own",
  ]

  /// Commands in whose place another one is carried out, which has to print the same.
  static let substitutes: [String: String] = [
    // Built by the manifest of the whole project, from the same sources and without access to what is not public.
    "swift run -c release --package-path Examples/OwnModel":
      CommandRun.program.deletingLastPathComponent().appending(path: "OwnModelExample").path
  ]

  static let pages: [ShownPage] = {
    let root = DocumentationTests.root
    let folder = root.appending(path: "Documentation")
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
    return (["README.md"] + names).compactMap { path in
      (try? String(contentsOf: root.appending(path: path), encoding: .utf8))
        .map { ShownPage(path: path, text: $0) }
    }
  }()

  static let pagesWithCommands = pages.filter { !$0.commands.isEmpty && isCarriedOut($0) }

  /// Whether this build carries out a page: an optimized one does so with all.
  ///
  /// What is printed does not depend on the build, but trainings take fifty times as long in a debug build,
  /// which leaves out the pages that go on from another and those with large data.
  private static func isCarriedOut(_ page: ShownPage) -> Bool {
    Thoroughness.isFull
      || page.predecessor == nil && !page.commands.contains { $0.text.contains("mnist") }
  }

  @Test("do what the page says", arguments: pagesWithCommands)
  func page(_ page: ShownPage) throws {
    let session: PageSession
    if let name = page.predecessor {
      #expect(name == "GettingStarted.md", "\(page): only one page can come before another so far")
      session = try PageSession(copying: Self.started.get())
    } else {
      session = try PageSession(withPipelines: page.commands.contains { $0.text.contains("mnist") })
    }
    try Self.carryOut(page, in: session, isPreparation: false)
  }

  /// What the page that the others go on from leaves behind, made once.
  private static let started: Result<PageSession, any Error> = Result {
    let page = try #require(pages.first { $0.path == "Documentation/GettingStarted.md" })
    let session = try PageSession(withPipelines: false)
    try carryOut(page, in: session, isPreparation: true)
    atexit { try? ShownCommandsTests.started.get().remove() }
    return session
  }

  /// Puts what was printed in place of what is shown; what is to be left out is then left out by hand.
  private static func update(
    _ page: ShownPage, _ printed: [(command: ShownCommand, lines: [String])]
  )
    throws
  {
    let file = DocumentationTests.root.appending(path: page.path)
    var lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (command, new) in printed.reversed() {
      let start = command.lastLine
      let old = command.output?.count ?? 0
      lines.replaceSubrange(
        start..<start + old, with: (command.isInterrupted ? ["^C"] : []) + new)
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
  }

  /// Does what a page shows, until something fails: what follows would only fail after it.
  private static func carryOut(
    _ page: ShownPage, in session: PageSession, isPreparation: Bool
  ) throws {
    var corrections: [(command: ShownCommand, lines: [String])] = []
    let isUpdating = ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil
    defer { if isUpdating { try? update(page, corrections) } }
    for (index, act) in page.acts.enumerated() {
      switch act {
      case .write(let file, let text) where file.hasSuffix(".swift"):
        let source = try String(
          contentsOf: DocumentationTests.root.appending(path: file), encoding: .utf8)
        #expect(source.contains(text), "\(page): what it quotes of \(file) is not there")
      case .write(let file, let text): try session.write(text, to: file)
      case .change(let file, let difference):
        let wrong = try session.change(file, by: difference)
        try #require(wrong == nil, "\(page): \(wrong ?? "")")
      case .run(let command):
        guard exceptions[command.text] == nil else { continue }
        let asksNext =
          page.acts.dropFirst(index + 1).first { _ in true }
          .map { if case .run(let next) = $0 { next.asksForStatus } else { false } } ?? false
        let (status, printed) = try session.run(
          command, insteadOf: substitutes[command.text])
        let place = "\(page.path):\(command.line): \(command.text)"
        try #require(
          status == 0 || asksNext || command.showsFailure || isUpdating,
          "\(place) ended with \(status)\n\(printed.joined(separator: "\n"))")
        guard command.output != nil, !isPreparation else { continue }
        let difference = ShownOutput.difference(shown: command.expected, printed: printed)
        if difference != nil { corrections.append((command, printed)) }
        #expect(difference == nil, "\(place)\n\(difference ?? "")")
      }
    }
  }

  @Test("are met by every exception")
  func exceptions() {
    let shown = Set(Self.pages.flatMap { $0.commands.map(\.text) })
    for command in Self.exceptions.keys.sorted() + Self.substitutes.keys {
      #expect(shown.contains(command), "no page shows “\(command)” any more")
    }
  }

  @Test("stand in fences that are carried out: no page hides one in another")
  func fences() {
    for page in Self.pages {
      let text =
        (try? String(
          contentsOf: DocumentationTests.root.appending(path: page.path), encoding: .utf8)) ?? ""
      for language in ["bash", "shell", "shell-session", "zsh"] {
        #expect(!text.contains("```\(language)\n"), "\(page): use sh or console, not \(language)")
      }
    }
  }
}

@Suite("What a page shows")
struct ShownPageTests {
  @Test("is read as commands with their outputs, files and changes")
  func reading() throws {
    let page = ShownPage(
      path: "p",
      text: """
        ```console
        $ one --two \\
            three   # a comment
        out

        $ echo $?
        1
        ```
        ```sh
        # nothing
        four
        ```
        ```yaml a.yaml
        key: 1
        ```
        ```yaml
        not: written
        ```
        ```diff a.yaml
        -key: 1
        +key: 2
        ```
        <!-- after: Q.md -->
        """)
    #expect(page.predecessor == "Q.md")
    #expect(page.commands.map(\.text) == ["one --two three", "echo $?", "four"])
    #expect(page.commands.map(\.line) == [2, 6, 11])
    #expect(page.commands.map(\.output) == [["out"], ["1"], nil])
    #expect(page.acts.count == 5)
  }

  @Test(
    "fits what is printed up to what it leaves out",
    arguments: [
      (["a … c"], ["a b c"], true), (["a … c"], ["a b d"], false), (["…"], [], true),
      (["…", "z"], ["x", "y", "z"], true), (["…", "z"], ["x", "z", "y"], false),
      (["a", "…", "z"], ["a", "z", "b", "z"], true), (["a"], ["a", "b"], false),
      (["a", "b"], ["a"], false), (["ran 3.2 s  x"], ["ran     15 ms  x"], true),
      (["run 01M8270DNQR9JHZEW9WJZD50C6"], ["run 01M828KZSRA37510EBRPQ9NR8Z"], true),
      (["5 ran · 1 min 23 s"], ["5 ran · 4.87 s"], true), (["9 …", "…"], ["9 lives"], true),
    ] as [([String], [String], Bool)])
  func fitting(shown: [String], printed: [String], fits: Bool) {
    #expect((ShownOutput.difference(shown: shown, printed: printed) == nil) == fits)
  }

  @Test("is compared without the progress that a terminal draws over")
  func progress() {
    #expect(ShownOutput.withoutProgress("a\n  > train: new\nb\n\n") == ["a", "b"])
  }
}
