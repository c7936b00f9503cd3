internal import Kernels

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
    guard count > 0 else {
      destination.fill(0)
      return
    }
    let block = max(1, 4096 / max(1, positions))
    if shards == 1 && count <= block {
      body(0..<count, destination)
      return
    }
    let occupied = (0..<shards).count { !shard($0, of: count).isEmpty }
    withScratch(occupied * destination.count) { partials in
      var index = 0
      for number in 0..<shards {
        let samples = shard(number, of: count)
        guard !samples.isEmpty else { continue }
        let sum = partials[index * destination.count..<(index + 1) * destination.count]
        sumOverShard(samples, positions: positions, into: sum, body)
        index += 1
      }
      combine(occupied, of: partials, into: destination)
    }
  }

  /// Calls `body` once for each block of a shard's samples and combines what it writes, as ``sumOverSamples(_:positions:into:_:)``.
  package func sumOverShard(
    _ samples: Range<Int>, positions: Int, into destination: FloatSlice,
    _ body: (_ samples: Range<Int>, _ sum: FloatSlice) -> Void
  ) {
    let block = max(1, 4096 / max(1, positions))
    combine((samples.count + block - 1) / block, into: destination) { part, slice in
      let start = samples.lowerBound + part * block
      body(start..<min(start + block, samples.upperBound), slice)
    }
  }

  /// The samples of one shard of a batch.
  package func shard(_ number: Int, of count: Int) -> Range<Int> {
    (number * count + shards - 1) / shards..<((number + 1) * count + shards - 1) / shards
  }

  /// Lets `body` write `count` summands and leaves their pairwise sum in `destination`.
  private func combine(
    _ count: Int, into destination: FloatSlice, _ body: (Int, FloatSlice) -> Void
  ) {
    guard count > 1 else {
      body(0, destination)
      return
    }
    withScratch(count * destination.count) { parts in
      // More than one block means thousands of rows: worth a thread. A body takes no scratch memory.
      parallel(count, work: .max) { range in
        for part in range {
          body(part, parts[part * destination.count..<(part + 1) * destination.count])
        }
      }
      combine(count, of: parts, into: destination)
    }
  }

  private func combine(_ count: Int, of parts: FloatSlice, into destination: FloatSlice) {
    // SAFETY: `parts` holds `count` summands of `destination.count` floats.
    unsafe kernels.combinePairwise(
      parts.base, stride: destination.count, count: count, elements: destination.count)
    destination.assign(parts[0..<destination.count])
  }
}
