/// A spec as data, which can be written as YAML in many ways that mean the same.
indirect enum SpecTree {
  /// A text that needs no quotes.
  case word(String)
  /// A text that may be quoted, because a text is meant.
  case text(String)
  case list([SpecTree])
  case map([(String, SpecTree)])
}

extension SpecTree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .word("\(value)") }
  init(arrayLiteral elements: SpecTree...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SpecTree)...) { self = .map(elements) }
}

extension SpecTree {
  /// The tree with the entries of its maps in another order; a spec's stages keep theirs on request.
  func shuffled(using random: inout SeededGenerator) -> SpecTree {
    switch self {
    case .word, .text: self
    case .list(let elements): .list(elements.map { $0.shuffled(using: &random) })
    case .map(let pairs):
      .map(pairs.map { ($0.0, $0.1.shuffled(using: &random)) }.shuffled(using: &random))
    }
  }
}

/// Writes trees as YAML in a style drawn at random: block or flow, quotes, comments, blanks, anchors.
struct SpecWriter {
  var random: SeededGenerator
  private var anchors = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func write(_ tree: SpecTree) -> String {
    guard case .map(let pairs) = tree else { return flow(tree) }
    var text = Bool.random(using: &random) ? "# a spec\n---\n" : ""
    text += block(pairs, indentation: 0)
    if Bool.random(using: &random) { text += "# the end" }
    let ending = Int.random(in: 0..<4, using: &random)
    if ending == 0 {
      text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
    return (ending == 1 ? "\u{feff}" : "") + text
  }

  private mutating func block(_ pairs: [(String, SpecTree)], indentation: Int) -> String {
    var text = ""
    let blanks = String(repeating: " ", count: indentation)
    for (key, value) in pairs {
      if chance(6) { text += "\(chance(2) ? "" : blanks)# about \(key): {not: read}\n" }
      if chance(8) { text += "\n" }
      text += blanks + scalar(key, mayQuote: true) + (chance(6) ? " :" : ":")
      text += anchor() + self.value(value, indentation: indentation)
    }
    return text
  }

  /// A value behind its key or dash, to the end of its last line.
  private mutating func value(_ tree: SpecTree, indentation: Int) -> String {
    let depth = indentation + Int.random(in: 1...4, using: &random)
    let blanks = String(repeating: " ", count: depth)
    switch tree {
    case .map(let pairs) where !pairs.isEmpty && !chance(3):
      return comment() + "\n" + block(pairs, indentation: depth)
    case .list(let elements) where !elements.isEmpty && !chance(3):
      var text = comment() + "\n"
      for element in elements {
        text += blanks + "-" + anchor() + value(element, indentation: depth)
      }
      return text
    default: return String(repeating: " ", count: chance(4) ? 3 : 1) + flow(tree) + comment() + "\n"
    }
  }

  private mutating func flow(_ tree: SpecTree) -> String {
    let space = chance(4) ? "  " : ""
    switch tree {
    case .word(let text): return scalar(text, mayQuote: false)
    case .text(let text): return scalar(text, mayQuote: true)
    case .list(let elements):
      var parts: [String] = []
      for element in elements { parts.append(flow(element)) }
      return "[" + space + parts.joined(separator: ", " + space) + space + "]"
    case .map(let pairs):
      var parts: [String] = []
      for (key, value) in pairs { parts.append(scalar(key, mayQuote: true) + ": " + flow(value)) }
      return "{" + space + parts.joined(separator: ", " + space) + space + "}"
    }
  }

  private mutating func scalar(_ text: String, mayQuote: Bool) -> String {
    let needsQuotes =
      text.isEmpty || text.contains(": ") || text.contains(" #") || text.contains(",")
      || text.contains("*") || text.hasPrefix("#") || text == "null"
    guard needsQuotes || mayQuote && chance(4) else { return text }
    guard chance(2) else { return "'" + text.replacing("'", with: "''") + "'" }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private mutating func comment() -> String { chance(5) ? "   # so" : "" }

  /// A mark that nothing refers to.
  private mutating func anchor() -> String {
    guard chance(10) else { return "" }
    anchors += 1
    return " &mark\(anchors)"
  }

  private mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }
}

extension SpecTree {
  private static let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  private static func file(_ number: Int) -> SpecTree {
    [
      "urls": [.text("https://example.org/\(number).gz"), .text("file:///data/\(number)")],
      "compression": "gzip", "sha256": .text(digest), "bytes": .word("\(1000 + number)"),
    ]
  }

  /// A spec that uses most of what the catalog has.
  static let rich: SpecTree = [
    "version": 1, "name": "rich", "seed": 42,
    "stages": [
      "download": [
        "step": "download",
        "files": ["images.idx": file(1), "labels.idx": file(2)],
      ],
      "prepare": [
        "step": "prepare", "format": "idx", "seed": 7,
        "train": ["images": "download/images.idx", "labels": "download/labels.idx"],
        "test": ["images": "./test: images.idx", "labels": "../labels*.idx"],
        "validation": ["count": 5000, "stratified": .word("true")],
        "normalize": ["scale": [.word("-1"), .word("1.0")]],
        "class_names": ["no", "yes", "null", "010", "1e3", "# seven", "it's, \"so\""],
      ],
      "train": [
        "step": "train", "data": "prepare/dataset.h5",
        "model": [
          ["conv2d": ["channels": 8, "kernel": 3, "padding": .word("1")]], "relu",
          ["max_pool": 2], ["residual": ["relu", ["leaky_relu": .word("0.2")]]], "flatten",
          ["linear": ["features": 64, "name": "wide", "bias": .word("false")]], "tanh",
          ["dropout": .word(".25")], ["linear": 10],
        ],
        "loss": ["cross_entropy": ["label_smoothing": .word("1e-1")]],
        "optimizer": ["adamw": ["learning_rate": .word("1e-3"), "beta1": .word("0.8")]],
        "schedule": ["cosine": ["final": .word("0.01"), "warmup_epochs": 1]],
        "clip_gradients": ["norm": .word("5")], "epochs": 3, "batch_size": 32, "shards": 2,
        "checkpoint": ["every_steps": 100, "keep": 3],
        "augment": ["crop_padding": 2, "border": "zero"],
      ],
      "evaluate": [
        "step": "evaluate", "model": "train/model.safetensors", "data": "prepare/dataset.h5",
        "split": "validation", "batch_size": 100,
      ],
      "count": [
        "step": "command", "argv": ["wc", "-l", "a b", "*"], "inputs": ["x": "report/report.html"],
        "outputs": ["count.txt"], "timeout": .word("6.5e1"),
      ],
      "report": ["step": "report", "title": "no: title"],
    ],
  ]
}
