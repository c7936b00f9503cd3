/// The worst-classified samples.
struct SamplesView {
  let classification: Classification
  private let shown: ArraySlice<ClassifiedSample>

  /// More pictures than anybody looks at would only make the file large.
  private static let limit = 64
  /// The number of samples shown open: two rows of a wide page.
  private static let open = 24

  /// `nil` if there are none.
  init?(_ classification: Classification) {
    guard !classification.worstSamples.isEmpty else { return nil }
    self.classification = classification
    shown = classification.worstSamples.prefix(Self.limit)
  }

  var section: PageSection {
    PageSection(
      "samples", entry: "Samples", heading: "Worst-classified samples",
      note: "The \(Text.counted(shown.count, "\(classification.split) sample")) with the greatest "
        + "loss: the true class and the predicted class, each with its probability.",
      tools: Self.writeTools
    ) { section in
      section.element("ul", ["class": "gallery"]) { list in
        for (index, sample) in shown.prefix(Self.open).enumerated() {
          write(sample, at: index, to: &list)
        }
      }
      let rest = shown.dropFirst(Self.open)
      guard !rest.isEmpty else { return }
      section.element("details", ["class": "more-samples"]) { details in
        details.element("summary", text: Text.counted(rest.count, "more sample"))
        details.element("ul", ["class": "gallery"]) { list in
          for (index, sample) in rest.enumerated() {
            write(sample, at: Self.open + index, to: &list)
          }
        }
      }
    }
  }

  private static func writeTools(to header: inout MarkupWriter) {
    header.element(
      "div", ["class": "tools", "data-samples-tools": "yes", "hidden": "hidden"]
    ) { tools in
      tools.element("span", ["data-samples-filter": "yes"], text: "")
      tools.element("button", ["type": "button", "data-act": "all-samples"], text: "Show all")
    }
  }

  private func write(_ sample: ClassifiedSample, at index: Int, to list: inout MarkupWriter) {
    let (truth, guess) = (name(sample.trueClass), name(sample.predictedClass))
    list.element(
      "li", ["id": Self.anchor(index), "data-pair": Self.pair(sample), "tabindex": "-1"]
    ) { item in
      if let image = sample.image {
        item.element(
          "img",
          [
            "src": PNGImage.dataURL(image),
            "alt":
              "\(classification.split) sample \(sample.index): \(truth), predicted as \(guess)",
            "width": "\(image.width)", "height": "\(image.height)",
          ])
      }
      let isRight = sample.trueClass == sample.predictedClass
      let lines = [
        ("was", truth, sample.trueProbability.map(Self.probability) ?? ""),
        ("wrong", isRight ? "right" : "→ \(guess)", sample.probability.map(Self.probability) ?? ""),
      ]
      for (look, name, probability) in lines {
        item.element("span", ["class": look], text: name)
        item.write(" ")
        item.element("span", ["class": "index"], text: probability)
        item.element("br")
      }
      item.element("span", ["class": "index"], text: "#\(sample.index)")
    }
  }

  /// The first of the worst samples of each pair of classes, by its anchor.
  static func links(_ samples: [ClassifiedSample]) -> [String: String] {
    var links: [String: String] = [:]
    for (index, sample) in samples.prefix(limit).enumerated() {
      let pair = pair(sample)
      if links[pair] == nil { links[pair] = "#" + anchor(index) }
    }
    return links
  }

  private static func anchor(_ index: Int) -> String { "sample-\(index)" }

  private static func pair(_ sample: ClassifiedSample) -> String {
    "\(sample.trueClass)-\(sample.predictedClass)"
  }

  private func name(_ index: Int) -> String {
    let names = classification.confusion.classNames
    return names.indices.contains(index) ? names[index] : "class \(index)"
  }

  private static func probability(_ value: Double) -> String {
    value > 0 && value < 0.0005 ? "<0.1%" : NumberText.percent(value, decimals: 1)
  }
}
