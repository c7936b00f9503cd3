internal import ArtifactStore
public import ContentAddressing
public import SystemPackage

/// The inputs of a step, verified before they are used.
public struct StepInputs: Sendable {
  private let store: ArtifactStore
  private let contents: [String: Content]

  init(store: ArtifactStore, contents: [String: Content]) {
    self.store = store
    self.contents = contents
  }

  /// The names of all inputs, sorted: field paths, or `stage/output` for a step that reads all stages.
  public var names: [String] { contents.keys.sorted() }

  /// Whether there is an input of that name; an optional field that was omitted has none.
  public func contains(_ name: String) -> Bool { contents[name] != nil }

  /// The identity of an input.
  ///
  /// - Throws: ``StepFailure`` with `failed` if the stage has no input of that name: a bug in the
  ///   step.
  public func content(_ name: String) throws(StepFailure) -> Content {
    guard let content = contents[name] else {
      throw StepFailure(
        .failed,
        "the step asks for the input `\(name)`, which this stage does not have: a bug in the step, "
          + "not in the spec; please report it")
    }
    return content
  }

  /// The path of a read-only file that holds the input, its bytes verified.
  ///
  /// - Throws: ``StoreError`` if the object is missing or damaged.
  public func path(_ name: String) throws -> FilePath {
    try store.verifiedPath(of: try content(name))
  }

  /// Lets a library read the file of an input, and once more if that fails.
  ///
  /// The bytes were verified a moment ago, so the cause may be the disk or a limit of the process
  /// rather than the file. They are then hashed again, which detects an unreadable disk; an error
  /// that occurs twice concerns the file.
  ///
  /// - Throws: ``StoreError``, or what `body` throws the second time.
  public func reading<Value>(_ name: String, _ body: (FilePath) throws -> Value) throws -> Value {
    let first = try path(name)
    do {
      return try body(first)
    } catch {
      return try body(path(name))
    }
  }

  /// Copies an input to a new file in the step's scratch area, its bytes verified on the way.
  ///
  /// An interrupted step runs again with new copies, so these are not made durable.
  ///
  /// - Throws: ``StoreError`` if the object is missing or damaged, or the file cannot be made.
  public func copy(_ name: String, to path: FilePath) throws {
    try store.export(try content(name), to: path, isDurable: false)
  }

  /// The bytes of an input, verified.
  ///
  /// - Throws: ``StoreError`` if the object is missing or damaged.
  /// - Complexity: O(*n*), all in memory: for small files.
  public func bytes(_ name: String) throws -> [UInt8] { try store.read(try content(name)) }
}
