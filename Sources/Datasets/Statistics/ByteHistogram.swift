/// How often each byte occurs in a channel: everything about it follows, exactly.
struct ByteHistogram {
  /// 256 counts.
  let counts: [Int]

  /// Counts one channel of some samples.
  init(_ bytes: [UInt8], shape: ImageShape, channel: Int, indices: [Int]) {
    // Four tables, because neighbouring bytes are often equal and one counter would wait for itself.
    var tables = [UInt32](repeating: 0, count: 4 * 256)
    var counts = [Int](repeating: 0, count: 256)
    var pending = 0
    func flush() {
      for index in tables.indices {
        counts[index & 255] += Int(tables[index])
        tables[index] = 0
      }
      pending = 0
    }
    for index in indices {
      let start = index * shape.count + channel * shape.area
      // A 32-bit counter must not run over.
      if pending > Int(UInt32.max) - shape.area { flush() }
      pending += shape.area
      Self.count(bytes.span.extracting(start..<start + shape.area), in: &tables)
    }
    flush()
    self.counts = counts
  }

  private static func count(_ bytes: Span<UInt8>, in tables: inout [UInt32]) {
    var table = tables.mutableSpan
    for index in bytes.indices { table[(index & 3) << 8 | Int(bytes[index])] &+= 1 }
  }

  private var total: Int { counts.reduce(0, +) }

  /// Σ x, exact.
  private var sum: Int { counts.indices.reduce(0) { $0 + $1 * counts[$1] } }

  /// Σ x², exact.
  private var squareSum: Int { counts.indices.reduce(0) { $0 + $1 * $1 * counts[$1] } }

  /// The mean in parts of full scale.
  var mean: Double { Double(sum) / (255 * Double(total)) }

  /// The population's standard deviation in parts of full scale: √(n Σx² − (Σx)²) / (255 n), where the
  /// difference is an exact integer.
  var standardDeviation: Double {
    let numerator = Int128(total) * Int128(squareSum) - Int128(sum) * Int128(sum)
    return Double(numerator).squareRoot() / (255 * Double(total))
  }

  /// The least byte that occurs, in parts of full scale.
  var minimum: Double { Double(counts.firstIndex { $0 > 0 } ?? 0) / 255 }

  /// The greatest byte that occurs, in parts of full scale.
  var maximum: Double { Double(counts.lastIndex { $0 > 0 } ?? 0) / 255 }
}
