internal import SystemPackage

extension ArtifactStore {
  /// The roll as it is now; empty where it was lost.
  func roll() -> Roll { Roll((try? files.contents(of: rollPath, limit: .max)) ?? []) }

  /// Adds a durable record to the roll, and strikes off those that are about to go since it replaces them.
  ///
  /// One write for all, so that whoever finds the new one on the roll knows of the others.
  func enroll(_ path: FilePath, striking old: [FilePath] = []) {
    write(old.map { (.removed, $0) } + [(.published, path)])
  }

  /// Notes that a record is about to be taken away on purpose, or that its loss is known.
  func strike(_ path: FilePath) { write([(.removed, path)]) }

  /// Drops from a long roll what is not there any more, after a step whose many checkpoints are gone.
  ///
  /// What another process writes meanwhile is lost: it would then not be missed.
  func shortenRoll() {
    guard let status = try? files.status(rollPath), status.size > Self.longRoll else { return }
    let roll = roll()
    let lines = roll.expected.filter { (try? files.status(layout.folder($0))) != nil }
      .map { "\n" + Roll.line(.published, $0) }
    try? writeUnsynced(Array(lines.joined().utf8), to: rollPath)
  }

  /// The size in bytes above which a roll is shortened at an opportunity.
  private static let longRoll = 1 << 20

  private func write(_ words: [(Roll.Word, FilePath)]) {
    guard mode != .readOnly, let file = try? files.open(rollPath, .appending) else { return }
    // The newline comes first: behind a line that was torn, this one is whole all the same.
    let lines = words.compactMap { word, path in
      layout.inside(path).map { "\n" + Roll.line(word, $0) }
    }
    try? files.write(Array(lines.joined().utf8), to: file)
    files.closeQuietly(file)
  }

  private var rollPath: FilePath { layout.folder("cache").appending("roll") }
}
