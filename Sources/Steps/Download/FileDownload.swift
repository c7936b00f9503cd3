internal import ArtifactStore
internal import Compression
internal import ContentAddressing
internal import Pipeline
internal import Transfer

/// The download of one file: source after source, until one gives the payload.
struct FileDownload {
  let file: DownloadStep.File
  let context: StepContext
  /// Called with the number of received bytes of the payload.
  let onPayload: (Int) -> Void

  /// Why a source did not give the payload.
  struct Refusal {
    let url: String
    let reason: String
    /// Whether the received bytes were wrong, as opposed to missing.
    let isWrongContent: Bool
  }

  /// Gets the file, or throws why no source could give it.
  func run() throws {
    let (sources, refused) = DownloadSource.sources(for: file.urls, resources: context.resources)
    var refusals: [Refusal] = []
    for (index, source) in sources.enumerated() {
      guard let refusal = try attempt(source, index: index) else { return }
      refusals.append(refusal)
      if index + 1 < sources.count {
        context.progress.note("\(refusal.reason); trying \(sources[index + 1].url)")
      }
    }
    throw failure(refusals, refused: refused)
  }

  /// Tries one source; returns `nil` once the output is there.
  private func attempt(_ source: DownloadSource, index: Int) throws -> Refusal? {
    let part = try PartialFile(folder: context.partialFolder, name: "\(index)-\(file.name)")
    if try finish(from: part) { return nil }
    let kept = part.byteCount
    do {
      let refusal = try attempt(source, part: part, resumesAt: kept)
      // The kept part may be damaged, not the source: request the whole file once more.
      guard let refusal, refusal.isWrongContent, kept > 0 else { return refusal }
    } catch let error as TransferError where error.category == .notResumable {}
    try part.clear()
    return try attempt(source, part: part, resumesAt: 0)
  }

  /// Makes the output from the kept part of an interrupted run, if it is already complete.
  ///
  /// A process may end between the last byte and the output; then nothing is left to request.
  private func finish(from part: PartialFile) throws -> Bool {
    let kept = part.byteCount
    guard kept > 0, file.isCompressed || kept >= file.content.byteCount else { return false }
    var payload = try Payload(
      file: file, writer: context.outputs.writer(expecting: file.content.byteCount))
    do {
      try part.forEachChunk { chunk in try payload.push(chunk) }
      try payload.finish()
    } catch is CompressionError {
      // Incomplete, or another file: the source decides.
      payload.abandon()
      if kept >= file.largestTransfer { try part.clear() }
      return false
    } catch {
      payload.abandon()
      throw error
    }
    guard payload.content == file.content else {
      payload.abandon()
      try part.clear()
      return false
    }
    try context.outputs.put(file.name, from: payload.writer)
    try part.clear()
    return true
  }

  private func attempt(
    _ source: DownloadSource, part: PartialFile, resumesAt offset: Int
  ) throws -> Refusal? {
    var payload = try Payload(
      file: file, writer: context.outputs.writer(expecting: file.content.byteCount))
    var request = TransferRequest(
      url: source.url, resumeOffset: offset, byteLimit: file.largestTransfer)
    request.userAgent = "pipeline"
    do {
      try fetch(
        request, isCancelled: { context.cancellation.isRequested },
        begin: { response in
          if response.offset == 0 { try part.clear() }
          try part.forEachChunk { chunk in try payload.push(chunk) }
        },
        sink: { bytes in
          try part.append(bytes)
          try payload.push(bytes)
          onPayload(payload.byteCount)
        })
      try payload.finish()
    } catch let error as TransferError {
      payload.abandon()
      if error.category == .cancelled { throw StepFailure(.cancelled, "interrupted") }
      if error.category == .notResumable { throw error }
      if error.category == .wrongContent { try part.clear() }
      return Refusal(
        url: source.url, reason: "\(error)", isWrongContent: error.category == .wrongContent)
    } catch let error as CompressionError {
      payload.abandon()
      try part.clear()
      return Refusal(url: source.url, reason: "\(source.url): \(error)", isWrongContent: true)
    } catch {
      payload.abandon()
      throw error
    }
    let found = payload.content
    guard found == file.content else {
      payload.abandon()
      try part.clear()
      return Refusal(
        url: source.url, reason: mismatch(source.url, found: found), isWrongContent: true)
    }
    try context.outputs.put(file.name, from: payload.writer)
    try part.clear()
    return nil
  }

  private func mismatch(_ url: String, found: Content) -> String {
    if found.byteCount != file.content.byteCount {
      return "\(url): \(found.byteCount) bytes, expected \(file.content.byteCount)"
    }
    return "\(url): found \(found.digest), expected \(file.content.digest)"
  }

  /// The error after the last source, with the result of each.
  private func failure(_ refusals: [Refusal], refused: [String]) -> StepFailure {
    let isWrong = refusals.contains { $0.isWrongContent }
    var lines = [
      "“\(file.name)” could not be downloaded (expected \(file.content.digest), "
        + "\(file.content.byteCount) bytes):"
    ]
    lines += refusals.map { "  \($0.reason)" }
    lines += refused.map { "  \($0): skipped, because of --offline" }
    lines.append(
      isWrong
        ? "The sources do not match the spec: check `sha256` and `bytes`, or the mirror."
        : "Check the network, or give a folder with the files: --mirror DIR.")
    return StepFailure(isWrong ? .malformedData : .unavailable, lines.joined(separator: "\n"))
  }
}

extension DownloadStep.File {
  /// The most bytes a source may send: deflate adds at most 5 bytes to 16 kB, and gzip a header.
  var largestTransfer: Int {
    isCompressed ? content.byteCount + content.byteCount / 1000 + (1 << 16) : content.byteCount
  }
}
