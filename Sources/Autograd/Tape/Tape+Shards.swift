package import KernelInterface

/// Sums over the samples of a batch (Numerics rule 2).
extension Tape {
  /// Calls `body` once for each block of samples and combines what it writes.
  ///
  /// A batch is cut into `shards` contiguous shards, sample i of n in shard ⌊i · shards / n⌋, and a shard into blocks of
  /// max(1, ⌊4096 / positions⌋) samples. Blocks, then shards, are combined pairwise, an odd one carried up; shards
  /// without samples are left out.
  ///
  /// - Parameters:
  ///   - count: The samples in the batch.
  ///   - positions: The positions of a sample that are summed over as well; 1 for a linear layer.
  ///   - destination: Where the sum goes.
  ///   - body: Writes the sum over a block's samples.
  package func sumOverSamples(
    _ count: Int, positions: Int, into destination: FloatSlice,
    _ body: (_ samples: Range<Int>, _ sum: FloatSlice) -> Void
  ) {
    sumOverSamples(count, positions: positions, into: destination, and: destination[0..<0]) {
      samples, _, sum, _ in body(samples, sum)
    }
  }

  /// Writes a piece of two sums over some samples.
  package typealias TwoSums = (
    _ samples: Range<Int>, _ piece: Int, _ sum: FloatSlice, _ companion: FloatSlice
  ) -> Void

  /// Makes two sums over the samples of a batch in one go, such as a weight's and its bias's gradient, which read the same memory.
  ///
  /// - Parameters:
  ///   - count: The samples in the batch.
  ///   - positions: The positions of a sample that are summed over as well.
  ///   - destination: Where the first sum goes.
  ///   - companion: Where the second sum goes; it may be empty.
  ///   - pieces: Into how many parts the work on a block may be split: `body` is called for each, on any thread.
  ///   - body: Writes a piece of both sums over a block's samples.
  package func sumOverSamples(
    _ count: Int, positions: Int, into destination: FloatSlice, and companion: FloatSlice,
    pieces: Int = 1,
    _ body: TwoSums
  ) {
    guard count > 0 else {
      destination.fill(0)
      companion.fill(0)
      return
    }
    let block = max(1, 4096 / max(1, positions))
    if shards == 1 {
      return combine(
        0..<count, block: block, work: .max, into: destination, and: companion, pieces: pieces,
        body)
    }
    let occupied = (0..<shards).count { !shard($0, of: count).isEmpty }
    withScratch(occupied * destination.count) { sums in
      withScratch(occupied * companion.count) { companions in
        var index = 0
        for number in 0..<shards {
          let samples = shard(number, of: count)
          guard !samples.isEmpty else { continue }
          combine(
            samples, block: block, work: .max, into: sums.part(index, of: destination.count),
            and: companions.part(index, of: companion.count), pieces: pieces, body)
          index += 1
        }
        combine(occupied, of: sums, into: destination)
        combine(occupied, of: companions, into: companion)
      }
    }
  }

  /// Sums a statistic over rows (sample, position), and splits them over threads.
  ///
  /// The kernels sum blocks of 64 rows, counted from the first row, and combine them pairwise; a block may end inside a sample. Here
  /// 64 blocks at a time go to a thread, and their sums are combined pairwise: the same tree.
  ///
  /// - Parameters:
  ///   - rows: The rows of a shard.
  ///   - destination: Where the sums go: one float, or a few, for each channel.
  ///   - body: Writes the sums over some rows, on any thread.
  package func sumOverRows(
    _ rows: Range<Int>, into destination: FloatSlice,
    _ body: (_ rows: Range<Int>, _ sum: FloatSlice) -> Void
  ) {
    combine(
      rows, block: 64 * 64, work: rows.count * destination.count, into: destination,
      and: destination[0..<0], pieces: 1
    ) { rows, _, sum, _ in body(rows, sum) }
  }

  /// The samples of one shard of a batch.
  package func shard(_ number: Int, of count: Int) -> Range<Int> {
    (number * count + shards - 1) / shards..<((number + 1) * count + shards - 1) / shards
  }

  /// Lets `body` write the sums over the blocks of some samples or rows, and leaves their pairwise sums in the destinations.
  ///
  /// `work` is about the number of float operations of all blocks. A body takes no scratch memory.
  private func combine(
    _ samples: Range<Int>, block: Int, work: Int, into destination: FloatSlice,
    and companion: FloatSlice, pieces: Int,
    _ body: TwoSums
  ) {
    let count = (samples.count + block - 1) / block
    guard count > 1 else {
      for piece in 0..<pieces { body(samples, piece, destination, companion) }
      return
    }
    withScratch(count * destination.count) { sums in
      withScratch(count * companion.count) { companions in
        parallel(count * pieces, work: work, partsPerThread: 64) { range in
          for index in range {
            let (part, piece) = index.quotientAndRemainder(dividingBy: pieces)
            let start = samples.lowerBound + part * block
            body(
              start..<min(start + block, samples.upperBound), piece,
              sums.part(part, of: destination.count), companions.part(part, of: companion.count))
          }
        }
        combine(count, of: sums, into: destination)
        combine(count, of: companions, into: companion)
      }
    }
  }

  private func combine(_ count: Int, of parts: FloatSlice, into destination: FloatSlice) {
    guard destination.count > 0 else { return }
    kernels.combinePairwise(
      parts, stride: destination.count, count: count, elements: destination.count)
    destination.assign(parts[0..<destination.count])
  }
}
