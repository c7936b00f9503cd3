internal import ArgumentParser
internal import Pipeline
internal import PipelineSpec
internal import Steps
internal import SystemPackage

/// A spec given on the command line.
struct SpecFile {
  /// The path that messages show.
  let path: String
  let bytes: [UInt8]

  /// Reads a spec: the path as given, then `pipelines/` for a bare name, with or without `.yaml`.
  ///
  /// - Throws: ``CommandError`` if there is none, naming the places that were tried.
  init(_ name: String) throws(CommandError) {
    var candidates = [name]
    if !name.contains("/") { candidates.append("pipelines/\(name)") }
    if !Self.isSpec(name) { candidates += candidates.map { $0 + ".yaml" } }
    for candidate in candidates {
      do {
        bytes = try Self.read(candidate)
        path = candidate
        return
      } catch Errno.noSuchFileOrDirectory {
        continue
      } catch Errno.isDirectory {
        continue
      } catch {
        throw CommandError(.inputOutput, "cannot read the spec \(candidate.shown): \(error)")
      }
    }
    throw CommandError(.invalidSpec, Self.absence(of: name, candidates))
  }

  /// Suggestions if no spec was given: existing specs, or how to create one.
  static var examples: String {
    let names = (Folder.names(in: ".") + Folder.names(in: "pipelines")).filter(isSpec)
    guard !names.isEmpty else { return "; `pipeline init` writes one" }
    return ": \(names.prefix(4).map(\.shown).joined(separator: ", "))"
      + (names.count > 4 ? ", …" : "")
  }

  /// Whether a name is that of a YAML file.
  private static func isSpec(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The message for a missing spec: the one that was probably meant, or the paths that were searched.
  private static func absence(of name: String, _ candidates: [String]) -> String {
    if Folder.exists(name) {
      let specs = Folder.names(in: name).filter(isSpec).prefix(3).map { Folder.joined(name, $0) }
      return "\(name.shown) is a folder; name a spec"
        + (specs.isEmpty ? "" : ", for example \(specs.map(\.shown).joined(separator: ", "))")
    }
    for candidate in candidates {
      if let meant = Folder.nearest(to: candidate, where: isSpec) {
        return "there is no spec \(name.shown); did you mean \(meant.shown)?"
      }
    }
    return
      "there is no spec \(name.shown) (looked for \(candidates.map(\.shown).joined(separator: ", "))); "
      + "`pipeline init` writes one to start from"
  }

  /// The bytes of a file, of at most the size a spec may have and one more.
  private static func read(_ path: String) throws(Errno) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= SpecLimits.bytes {
          // SAFETY: the buffer is the array's own storage, writable for the call.
          let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          if count == 0 { break }
          bytes += chunk[..<count]
        }
        return bytes
      }
    } catch let error as Errno {
      throw error
    } catch {
      throw Errno.ioError
    }
  }

  /// Parses the spec with the steps of this command.
  ///
  /// - Throws: ``SpecError`` with all mistakes.
  func parse(overrides: [String]) throws(SpecError) -> PipelineSpec {
    try SpecParser(catalog: StepLibrary.catalog.schemas).parse(
      bytes, file: path, overrides: overrides)
  }
}
