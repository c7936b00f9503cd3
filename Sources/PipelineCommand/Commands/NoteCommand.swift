internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline

/// `pipeline note`: notes about runs, and tags.
struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note about a run, or tag it.",
    usage: "pipeline note [<options>] <run> [<text>]",
    discussion: """
      Notes appear in reports and in `runs`, `show` and `compare`. They do not affect results.

      EXAMPLES
        pipeline note latest "twice the width, no gain"
        pipeline note latest --tag best
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: ArgumentHelp("A run id, an id prefix, a tag, or latest.", valueName: "run"),
    completion: Completions.runs)
  var name: String

  @Argument(help: "The note, which replaces an earlier one; without it, the note is shown.")
  var text: String?

  @Flag(name: .long, help: "Append the text to the note.")
  var add = false

  @Flag(name: .long, help: "Delete the note.")
  var delete = false

  @Option(name: .long, help: ArgumentHelp("Add a tag to the run.", valueName: "tag"))
  var tag: [String] = []

  @Option(name: .long, help: ArgumentHelp("Remove a tag from the run.", valueName: "tag"))
  var untag: [String] = []

  func validate() throws {
    if delete, text != nil { throw ValidationError("--delete takes no text") }
    if add, text == nil { throw ValidationError("--add takes a text") }
  }

  func run() throws {
    for name in tag { try RunTag.check(name) }
    let location = StoreLocation(shared)
    let changes = text != nil || delete || !tag.isEmpty || !untag.isEmpty
    let store = try changes ? location.openExisting() : location.openForReading()
    let id = try RunCatalog(store: store).id(named: name)
    if changes { try change(id, in: store) }
    let remarks = RunRemarks(store: store)
    let (note, tags) = (try store.note(of: id), remarks.tags(of: id.description))
    if changes { try store.close() }
    let terminal = shared.terminal
    if shared.json {
      var members = remarks.members(of: id.description)
      members["schema"] = "pipeline.note/1"
      members["run"] = .string(id.description)
      return terminal.output(CanonicalValue.object(members).plainJSON())
    }
    if changes {
      guard !shared.quiet else { return }
      return terminal.message("run \(id): " + Self.words(note: note, tags: tags))
    }
    if let note {
      for line in note.split(separator: "\n", omittingEmptySubsequences: false) {
        terminal.output(String(line).shown)
      }
    } else {
      terminal.message("run \(id) has no note; write one: pipeline note \(id) \"…\"")
    }
  }

  private func change(_ id: RunID, in store: ArtifactStore) throws {
    for name in untag {
      guard try store.tag(name) == id else {
        let known = RunRemarks(store: store).tags(of: id.description)
        throw CommandError(
          .usage, UnknownName(kind: "tag of run \(id)", name: name, known: known).description)
      }
    }
    if let text {
      let earlier = add ? try store.note(of: id).map { $0 + "\n" } : nil
      let whole = (earlier ?? "") + text
      let isBlank = text.allSatisfy(\.isWhitespace)
      guard !isBlank, whole.utf8.count <= ArtifactStore.largestNote else {
        throw CommandError(
          .usage,
          isBlank
            ? "the note is empty; to delete it: pipeline note \(id) --delete"
            : "a note has at most \(ArtifactStore.largestNote) bytes, this one "
              + "\(whole.utf8.count); nothing was changed")
      }
      try store.setNote(whole, of: id)
    }
    if delete { try store.removeNote(of: id) }
    for name in tag { try store.setTag(name, to: id) }
    for name in untag where !tag.contains(name) { try store.removeTag(name) }
  }

  private static func words(note: String?, tags: [String]) -> String {
    let names = tags.isEmpty ? "no tag" : "tagged \(tags.joined(separator: ", "))"
    return "\(note == nil ? "no note" : "its note is kept"), \(names)"
  }
}
