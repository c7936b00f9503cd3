internal import PipelineSpec
internal import SafeTensors

/// Where two versions of the outputs of a step first differ, as sentences.
///
/// Knows the files of the steps of ``StepLibrary``: a model names the tensor and the element, a trace the
/// step, a history the epoch; of any other file it is the line or the byte.
public enum DifferencePlace {
  /// The places where the outputs `names` differ.
  ///
  /// - Parameters:
  ///   - kind: The kind of the step.
  ///   - names: The outputs whose digests differ.
  ///   - recorded: Reads a recorded output; `nil` if it is absent or damaged.
  ///   - computed: Reads an output as it came out now.
  /// - Returns: Sentences by output name.
  public static func find(
    kind: String, names: [String], recorded: (String) -> [UInt8]?, computed: (String) -> [UInt8]?
  ) -> [String: [String]] {
    var places: [String: [String]] = [:]
    for name in names {
      guard let new = computed(name) else {
        places[name] = ["this output was not produced"]
        continue
      }
      guard let old = recorded(name) else {
        places[name] = [
          "the recorded bytes are not in the store, or damaged: only the digests can be compared"
        ]
        continue
      }
      places[name] = [place(in: name, recorded: old, computed: new)]
    }
    if kind == TrainStep.schema.kind, names.contains("model.safetensors"),
      !names.contains("trace.csv"), !names.contains("history.json")
    {
      places["model.safetensors", default: []].append(
        "every step of the trace and the state after every epoch match the record: the recorded "
          + "weights are not those that this training ended with")
    }
    return places
  }

  /// Where one file differs.
  static func place(in name: String, recorded: [UInt8], computed: [UInt8]) -> String {
    if name.hasSuffix(".safetensors"),
      let old = try? TensorFile(bytes: recorded), let new = try? TensorFile(bytes: computed),
      let place = TensorPlace(recorded: old, computed: new)
    {
      return place.description
    }
    if name == "trace.csv", let place = TracePlace(recorded: recorded, computed: computed) {
      return place.description
    }
    if name == "history.json", let place = HistoryPlace(recorded: recorded, computed: computed) {
      return place.description
    }
    return BytePlace(recorded: recorded, computed: computed).description
  }
}

/// The first line, or byte, in which two files differ.
struct BytePlace: CustomStringConvertible {
  let description: String

  init(recorded: [UInt8], computed: [UInt8]) {
    let offset =
      zip(recorded, computed).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(recorded.count, computed.count)
    var text = "byte \(offset)"
    if Self.isText(recorded), Self.isText(computed) {
      let line = recorded[..<offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
      text = "line \(line) (byte \(offset))"
    }
    if recorded.count != computed.count {
      text += "; recorded \(recorded.count) bytes, computed \(computed.count)"
    }
    description = "the first difference is in \(text)"
  }

  /// Whether the beginning looks like text: no byte below a tabulator.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.prefix(4096).contains { $0 < 9 }
  }
}
