internal import ContentAddressing
public import Pipeline
public import PipelineSpec
public import Settings

/// Fetches files, trying source after source until the payload is the one that the spec pins.
///
/// The payload after decompression is pinned, so that a repacked mirror still verifies. A file
/// that the store already has is not fetched.
public struct DownloadStep: Step, Described {
  public static let word = "download"
  public static let summary =
    "Fetch files, decompress them, and check the size and SHA-256 of the result."
  public static let settings = [
    Setting<Self>(
      "files", \.sources, .map(keys: .outputName, .record()), isRequired: true,
      "The files, by output name.")
  ]

  public static let schema = StepSchema(of: Self.self, version: 1, outputs: .keys(of: "files"))

  public static let implementationVersion = 1

  var sources: [NamedValue<Source>] = []

  public init() {}

  public func complaints() -> [Complaint] {
    sources.isEmpty ? [Complaint("files", "`files` names no file to download")] : []
  }

  /// One file as the spec declares it.
  struct Source: SettingRecord, Hashable {
    enum Compression: String, CaseIterable { case gzip, none }

    static let settings = [
      Setting<Self>(
        "urls", \.urls, .list(.text(.url), atLeast: 1), role: .execution, isRequired: true,
        "Sources, tried in order; https, http and file URLs."),
      Setting(
        "compression", \.compression, .word, role: .execution,
        "Whether sources may be compressed; gzip is detected by its first bytes, so a mirror with the "
          + "uncompressed file works as well."),
      Setting(
        "sha256", \.sha256, .text(.sha256), isRequired: true,
        "The SHA-256 of the payload, 64 hex digits."),
      Setting(
        "bytes", \.byteCount, .integer(0...(1 << 43)), isRequired: true,
        "The size of the payload in bytes; a longer file is refused."),
    ]

    var urls: [String] = []
    var compression = Compression.none
    var sha256 = ""
    var byteCount = 0
  }

  /// One file to fetch.
  struct File: Sendable {
    let name: String
    let urls: [String]
    let isCompressed: Bool
    let content: Content
  }

  private func files() throws(StepFailure) -> [File] {
    try sources.map { (source) throws(StepFailure) in
      guard let digest = Digest(hex: source.value.sha256) else {
        throw StepFailure(.invalidSpec, "the file “\(source.name)” has no SHA-256")
      }
      return File(
        name: source.name, urls: source.value.urls,
        isCompressed: source.value.compression == .gzip,
        content: Content(digest: digest, byteCount: source.value.byteCount))
    }
  }

  /// The least number of bytes to write: the missing payloads, plus the received bytes if
  /// these are not smaller.
  private func leastSpace(_ files: [File], _ context: StepContext) throws -> Int {
    try files.reduce(0) { sum, file in
      if try context.outputs.isThere(file.content) { return sum }
      return sum + file.content.byteCount * (file.isCompressed ? 1 : 2)
    }
  }

  public func run(in context: StepContext) throws -> StepResult {
    let files = try files()
    let total = max(1, files.reduce(0) { $0 + $1.content.byteCount })
    var done = 0
    try context.outputs.requireSpace(leastSpace(files, context))
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
