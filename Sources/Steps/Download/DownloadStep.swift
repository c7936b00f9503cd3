internal import ContentAddressing
public import Pipeline
public import PipelineSpec

/// Fetches files, trying source after source until the payload is the one that the spec pins.
///
/// What is pinned is the payload after decompression, so that a repacked mirror still verifies. A file
/// that the store holds already is not fetched at all.
public struct DownloadStep: Step {
  public static let schema = StepSchema(
    kind: "download", version: 1,
    summary: "Fetch files, decompress them, and check size and SHA-256 of what came out.",
    fields: [
      Field(
        "files",
        .map(
          keys: .outputName,
          .record([
            Field(
              "urls", .list(.string(.url), atLeast: 1), role: .execution,
              summary: "Sources, tried in order; https, http and file URLs."),
            Field(
              "compression", .string(.oneOf(["gzip", "none"])), role: .execution,
              .defaults(to: "none"),
              summary:
                "Whether sources may be compressed; gzip is recognised by its first bytes, so that "
                + "a mirror with the bare file serves as well."),
            Field(
              "sha256", .string(.sha256), summary: "The SHA-256 of the payload, 64 hex digits."),
            Field(
              "bytes", .integer(0...(1 << 43)),
              summary: "The size of the payload in bytes; not one byte more is ever written."),
          ])), summary: "The files, by the names of the outputs they become.")
    ],
    outputs: .keys(of: "files"))

  public static let implementationVersion = 1

  /// One file of the spec.
  struct File: Sendable {
    let name: String
    let urls: [String]
    let isCompressed: Bool
    let content: Content
  }

  let files: [File]

  public init(_ parameters: SpecRecord) throws {
    files = try parameters.map("files").map { member in
      guard let file = member.value.record,
        let digest = Digest(hex: try file.string("sha256"))
      else {
        throw StepFailure(.invalidSpec, "the file “\(member.key)” has no SHA-256")
      }
      return File(
        name: member.key, urls: try file.list("urls").compactMap(\.string),
        isCompressed: try file.string("compression") == "gzip",
        content: Content(digest: digest, byteCount: try file.integer("bytes")))
    }
  }

  /// What is written at least: the payload of what is not there, beside the bytes as they came where
  /// these are not smaller.
  private func leastSpace(in context: StepContext) throws -> Int {
    try files.reduce(0) { sum, file in
      if try context.outputs.isThere(file.content) { return sum }
      return sum + file.content.byteCount * (file.isCompressed ? 1 : 2)
    }
  }

  public func run(in context: StepContext) throws -> StepResult {
    let total = max(1, files.reduce(0) { $0 + $1.content.byteCount })
    var done = 0
    try context.outputs.requireSpace(leastSpace(in: context))
    for file in files {
      try context.cancellation.check()
      let finished = done
      if try !context.outputs.reuse(file.name, file.content) {
        let download = FileDownload(file: file, context: context) { payloadBytes in
          context.progress.report(
            Double(finished + payloadBytes) / Double(total), "\(file.name)")
        }
        try download.run()
      }
      done += file.content.byteCount
    }
    return StepResult()
  }
}
