internal import HDF5
internal import Settings

extension DatasetPreparation {
  /// The least bytes of a full chunk: just more than the library's chunk cache, so that a reader's
  /// bytes go straight to its memory.
  private static let chunkByteCount = (1 << 20) + 1

  /// Writes the HDF5 file.
  ///
  /// Its bytes depend on this value and the library's version only.
  ///
  /// - Parameters:
  ///   - path: The file to create, or to replace.
  ///   - progress: Told how many samples of how many are written.
  ///   - isCancelled: Asked between chunks; `true` ends the work with `CancellationError`.
  /// - Returns: What was written.
  /// - Throws: ``DatasetError``, or `CancellationError`.
  /// - Complexity: O(*n*) in the number of values; one chunk of normalized values is held in memory.
  @discardableResult
  public func write(
    to path: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    isCancelled: () -> Bool = { false }
  ) throws -> PreparedDataset {
    let plan = try plan()
    let splits: [(name: SplitName, set: ImageSet, indices: [Int])] = [
      (.train, training, plan.trainingIndices),
      (.validation, training, plan.validationIndices),
      (.test, test ?? training, Array(0..<(test?.count ?? 0))),
    ]
    let total = splits.reduce(0) { $0 + $1.indices.count }
    var done = 0
    do {
      let file = try HDF5File(creating: path)
      try writeDescription(plan, to: try file.root())
      for split in splits {
        let group = try file.root().createGroup(split.name.rawValue)
        try writeImages(split.set, split.indices, plan.transform, to: group) { count in
          done += count
          progress(done, total)
          if isCancelled() { throw CancellationError() }
        }
        try writeNumbers(split.indices.map { Int64(split.set.labels[$0]) }, "labels", to: group)
        try writeNumbers(split.indices.map { Int64($0) }, "indices", to: group)
      }
      try file.close()
    } catch let error as HDF5Error {
      throw DatasetError(.hdf5(error), source: path)
    }
    return PreparedDataset(
      counts: Dictionary(uniqueKeysWithValues: splits.map { ($0.name, $0.indices.count) }),
      shape: training.shape, classNames: plan.classNames, statistics: plan.statistics,
      transform: plan.transform)
  }

  private func writeImages(
    _ set: ImageSet, _ indices: [Int], _ transform: ChannelTransform,
    to group: borrowing HDF5Group, progress: (Int) throws -> Void
  ) throws {
    let shape = set.shape
    let sampleByteCount = 4 * shape.count
    let chunk = (Self.chunkByteCount + sampleByteCount - 1) / sampleByteCount
    let dataset = try group.createDataset(
      "images", shape: [indices.count, shape.channels, shape.height, shape.width],
      of: Float.self, chunkRowCount: chunk)
    let normalizer = SampleNormalizer(set: set, transform: transform)
    var buffer = [Float](repeating: 0, count: min(chunk, max(1, indices.count)) * shape.count)
    for start in stride(from: 0, to: indices.count, by: chunk) {
      let rows = indices[start..<min(start + chunk, indices.count)].map { UInt32($0) }
      var values = buffer.mutableSpan
      normalizer.write(rows.span, to: &values)
      try dataset.writeChunk(
        buffer.span.extracting(first: rows.count * shape.count), firstRow: start)
      try progress(rows.count)
    }
    try dataset.close()
  }

  private func writeNumbers(
    _ numbers: [Int64], _ name: String, to group: borrowing HDF5Group
  ) throws(HDF5Error) {
    let chunk = Self.chunkByteCount / 8
    let dataset = try group.createDataset(
      name, shape: [numbers.count], of: Int64.self, chunkRowCount: chunk)
    for start in stride(from: 0, to: numbers.count, by: chunk) {
      let end = min(start + chunk, numbers.count)
      try dataset.writeChunk(numbers.span.extracting(start..<end), firstRow: start)
    }
    try dataset.close()
  }

  /// Writes the attributes of the root group, always in this order.
  private func writeDescription(
    _ plan: Plan, to root: borrowing HDF5Group
  ) throws(HDF5Error) {
    let statistics = plan.statistics
    try root.setAttribute("format", .string(DatasetFile.format))
    try root.setAttribute("format_version", .integer(DatasetFile.formatVersion))
    try root.setAttribute("numerics_version", .string(numericsVersion))
    try root.setAttribute("class_names", .strings(plan.classNames))
    try root.setAttribute(
      "source_type", .string(training.samples.isBytes ? "uint8" : "float32"))
    try root.setAttribute("full_scale", .double(training.samples.isBytes ? 255 : 1))
    try root.setAttribute("mean", .doubles(statistics.mean))
    try root.setAttribute("std", .doubles(statistics.standardDeviation))
    try root.setAttribute("minimum", .doubles(statistics.minimum))
    try root.setAttribute("maximum", .doubles(statistics.maximum))
    try root.setAttribute("normalization", .string(type(of: normalization).word))
    try root.setAttribute("scale", .floats(plan.transform.scale))
    try root.setAttribute("offset", .floats(plan.transform.offset))
    try root.setAttribute(
      "description",
      .string(
        "image = fma(value, scale, offset) a channel, in float32. mean, std, minimum, maximum: of the "
          + "training split before normalization, value / full_scale; std divides by n."))
    guard !sources.isEmpty else { return }
    try root.setAttribute("source_names", .strings(sources.map(\.name)))
    try root.setAttribute("source_digests", .strings(sources.map(\.digest)))
  }
}
