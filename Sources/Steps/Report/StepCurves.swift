internal import Report

/// What each step of a training measured, as curves.
enum StepCurves {
  static func curves(of training: StageResults) -> [Curve] {
    guard let trace = training.decoded("trace.csv", TraceFile.init(bytes:)), trace.losses.count > 1
    else { return [] }
    return [
      Curve(
        name: "loss of a batch", axis: "step", goal: .minimize,
        series: [CurveSeries(name: "loss", values: trace.losses)]),
      Curve(
        name: "gradient norm", axis: "step", goal: .none,
        series: [CurveSeries(name: "gradient norm", values: trace.gradientNorms)]),
    ]
  }
}

/// The content of `trace.csv` as a reader sees it: what its columns of bits say.
struct TraceFile {
  private(set) var losses: [Double] = []
  private(set) var gradientNorms: [Double] = []

  /// The bytes are no trace.
  struct Damage: Error {}

  init(bytes: [UInt8]) throws {
    var fields: [UInt32] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
      fields.removeAll(keepingCapacity: true)
      // Only the last two columns are read: they are the numbers, the others show them to people.
      for column in line.split(separator: UInt8(ascii: ",")).suffix(2) {
        guard let bits = Self.number(hexadecimal: column) else { throw Damage() }
        fields.append(bits)
      }
      guard fields.count == 2 else { throw Damage() }
      losses.append(Double(Float(bitPattern: fields[0])))
      gradientNorms.append(Double(Float(bitPattern: fields[1])))
    }
  }

  private static func number(hexadecimal digits: ArraySlice<UInt8>) -> UInt32? {
    guard digits.count == 8 else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(digit - 87)
      default: return nil
      }
    }
    return value
  }
}
