extension RunSurface {
  func svg() -> Markup {
    let description =
      "\(HTMLText.visible(tint.name)) as colour over \(HTMLText.visible(across.name)) across and "
      + "\(HTMLText.visible(up.name)) up: one point for each of \(letters.count) runs, and a plane over "
      + "each of \(Text.counted(triangulation.triangles.count, "triangle")) of neighbours. "
      + "The table below holds the values."
    var writer = MarkupWriter()
    writer.plot(
      "plot unlabelled surfaced", id: "surface", height: RunScatter.height,
      title: "A surface between the runs", description: description
    ) { group in
      across.write(isAcross: true, to: &group)
      up.write(isAcross: false, to: &group)
      writeStrip(to: &group)
      group.element("g", ["class": "points"]) { points in
        bands.write(to: &points)
        for run in letters.indices { writeDot(run, to: &points) }
        for run in letters.indices { writeLabel(run, to: &points) }
      }
    }
    return writer.markup
  }

  /// The shades from the least to the greatest value, in the corner.
  private func writeStrip(to svg: inout MarkupWriter) {
    let (least, greatest) = (words(range.lowerBound), words(range.upperBound))
    // There is no measuring of text: seven pixels are the width of a digit and a little more.
    let room = 6 + 7 * greatest.count
    let width = 9 * (Self.levels + 1)
    svg.element("svg", ["class": "strip", "x": "100%", "y": "-26"]) { strip in
      strip.element("text", ["x": "\(-room - width - 6)", "y": "16"], text: least)
      for shade in 0...Self.levels {
        strip.element(
          "rect",
          [
            "class": "band t\(shade)", "x": "\(-room - width + 9 * shade)", "y": "7", "width": "9",
            "height": "10",
          ])
      }
      strip.element("text", ["class": "after", "x": "\(6 - room)", "y": "16"], text: greatest)
    }
  }

  /// Where a run stands, as the classes and the words of its point need it.
  private func spot(of run: Int) -> (x: Double, y: Double, shade: String)? {
    guard let x = across.place(ofRun: run), let y = up.place(ofRun: run) else { return nil }
    let level = Self.level(ofRun: run, on: tint)
    return (x, y, level.map { "t\(Int($0.rounded()))" } ?? "t-none")
  }

  private func writeDot(_ run: Int, to points: inout MarkupWriter) {
    guard let spot = spot(of: run) else { return }
    points.element(
      "circle",
      [
        "class": "run-dot \(spot.shade)", "r": "9", "cx": PlotPlace.across(spot.x),
        "cy": RunScatter.pixels(spot.y),
      ])
  }

  /// The letter and the value; where several runs stand at one place, one label is enough for all.
  private func writeLabel(_ run: Int, to points: inout MarkupWriter) {
    guard let spot = spot(of: run) else { return }
    var letter = letters[run]
    var value = " " + (tint.values[run].map(words) ?? "–")
    if let place = places.first(where: { $0.runs.contains(run) }), place.runs.count > 1 {
      guard place.runs.first == run else { return }
      let values = place.runs.compactMap { tint.values[$0] }
      letter =
        values.count > 3
        ? "\(values.count) runs" : place.runs.map { letters[$0] }.joined(separator: " ")
      value = ", " + words(values.reduce(0, +) / Double(values.count))
    }
    let isBefore = spot.x > 0.7
    points.element(
      "text",
      [
        "class": spot.shade + (isBefore ? " before" : ""), "x": PlotPlace.across(spot.x),
        "y": RunScatter.pixels(spot.y), "dx": isBefore ? "-13" : "13", "dy": "0.32em",
      ]
    ) { label in
      label.element("tspan", text: letter)
      label.element("tspan", ["class": "measured"], text: value)
    }
  }
}
