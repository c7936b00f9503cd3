public import ContentAddressing
internal import PipelineSpec

/// One field in which the key of a stage differs from that of an earlier result.
public struct StageChange: Hashable, Sendable {
  /// What kind of field it is: `parameter`, `input`, `seed`, `implementation`, `schema`, `dependency`,
  /// `outputs` or `stage`.
  public let kind: String

  /// The stage whose field it is.
  public let stage: String

  /// The whole path: for a setting what `--set` takes, for example
  /// `train.optimizer.adam.learning_rate`.
  public let path: String

  /// The value in the earlier result, or `nil` if there was none.
  public let old: CanonicalValue?

  /// The value now, or `nil` if there is none.
  public let new: CanonicalValue?

  /// The file and line of the field, or of the nearest enclosing one.
  public let file: String?
  public let line: Int?

  /// The option of the command line that gives the new value, for example `--set train.epochs=3`.
  public let option: String?
}

extension StageChange {
  /// The name of the field without its path: `learning_rate`, `model.3`.
  public var name: String {
    let words = path.split(separator: ".").map(String.init)
    guard let last = words.last, kind == "parameter" || kind == "seed" else {
      return String(path.dropFirst(stage.count + 1))
    }
    return Int(last) == nil ? last : words.suffix(2).joined(separator: ".")
  }

  /// A value in at most some forty characters; of a content the digest's beginning.
  public static func text(of value: CanonicalValue?) -> String {
    if let content = value?.content { return shortened("\(content.digest)", to: 15) }
    if let digest = value?.digest { return shortened("\(digest)", to: 15) }
    // A script has several lines, a change only one.
    let lines = CanonicalDifference.text(of: value).split(separator: "\n")
    return shortened(lines.joined(separator: "⏎ "), to: 40)
  }

  private static func shortened(_ text: String, to count: Int) -> String {
    text.count > count ? text.prefix(count) + "…" : text
  }

  /// `mnist.yaml:31`, with the option that overrides this line, or empty.
  public var place: String {
    let written = file.map { file in line.map { "\(file):\($0)" } ?? file }
    return [option, written].compactMap { $0 }.joined(separator: ", ")
  }

  /// `mnist.yaml:31`, after `--set` if an option overrides this line, or empty.
  public var shortPlace: String {
    option == nil ? place : line.map { "--set; \(file ?? ""):\($0)" } ?? "--set"
  }

  /// The change in one line: `learning_rate 0.001 → 0.01 (mnist.yaml:31)`.
  public var summary: String {
    "\(name) \(Self.text(of: old)) → \(Self.text(of: new))"
      + (shortPlace.isEmpty ? "" : " (\(shortPlace))")
  }

  /// The change in JSON, a contract: `path`, `old`, `new`, `file` and `line`, and more.
  public var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "path": .string(path), "stage": .string(stage), "kind": .string(kind), "old": old ?? .null,
      "new": new ?? .null, "file": file.map { .string($0) } ?? .null,
      "line": line.map { .integer($0) } ?? .null,
    ]
    if let option { members["option"] = .string(option) }
    return .object(members)
  }
}
