extension LineChart {
  func writeGrid(to svg: inout MarkupWriter, _ xScale: AxisScale, _ yScale: AxisScale) {
    svg.element("g", ["class": "axis y"]) { axis in
      for tick in yScale.ticks {
        let y = down(yScale.position(of: tick.value))
        axis.element("line", ["x1": "0", "x2": "100%", "y1": y, "y2": y])
        axis.element("text", ["x": "-8", "y": y, "dy": "0.32em"], text: tick.label)
      }
    }
    svg.element("g", ["class": "axis x"]) { axis in
      axis.element(
        "line", ["class": "base", "x1": "0", "x2": "100%", "y1": "\(height)", "y2": "\(height)"])
      for tick in xScale.ticks {
        let x = across(xScale.position(of: tick.value))
        axis.element("line", ["x1": x, "x2": x, "y1": "\(height)", "y2": "\(height + 4)"])
        axis.element("text", ["x": x, "y": "\(height + 18)"], text: tick.label)
      }
      axis.element(
        "text", ["class": "name", "x": "100%", "y": "\(height + 34)"], text: xLabel)
    }
  }

  func writeShade(to svg: inout MarkupWriter, _ xScale: AxisScale) {
    guard let shade else { return }
    let part = min(max(xScale.position(of: shade.from), 0), 1)
    svg.element(
      "rect",
      [
        "class": "shade", "data-x": NumberText.exact(shade.from), "x": across(part), "y": "0",
        "width": across(1 - part),
        "height": "\(height)",
      ])
  }

  func writeMarks(to svg: inout MarkupWriter, _ xScale: AxisScale) {
    for mark in marks {
      let part = xScale.position(of: mark.x)
      guard part >= 0, part <= 1 else { continue }
      let x = across(part)
      svg.element("g", ["class": "mark \(mark.kind)", "data-x": NumberText.exact(mark.x)]) {
        group in
        group.element("line", ["x1": x, "x2": x, "y1": "-4", "y2": "\(height)"])
        // A resume is less important than the best epoch and often near it, so its label is below.
        let isLow = mark.kind == "resume"
        let anchor = part > 0.8 ? "end" : part < 0.2 || isLow ? "start" : "middle"
        group.element(
          "text",
          [
            "x": x, "y": isLow ? "\(height - 7)" : "-9", "text-anchor": anchor,
            "dx": isLow ? (anchor == "end" ? "-5" : "5") : "",
          ], text: mark.label)
      }
    }
    if let shade, !shade.label.isEmpty {
      svg.element(
        "text", ["class": "shade-label", "x": "100%", "y": "12", "dx": "-6"], text: shade.label)
    }
  }

  func writeLines(to svg: inout MarkupWriter, _ xScale: AxisScale, _ yScale: AxisScale) {
    let (width, height) = (4000, 1000)
    svg.element(
      "svg",
      [
        "class": "lines", "viewBox": "0 0 \(width) \(height)", "preserveAspectRatio": "none",
        "width": "100%", "height": "\(self.height)",
      ]
    ) { field in
      if diagonal != nil {
        field.element("path", ["class": "diagonal", "d": "M0 \(height)L\(width) 0"])
      }
      for line in lines {
        let path = { (data: LineData) in
          data.reduced.path(x: xScale, y: yScale, width: width, height: height)
        }
        if smoothing > 0 {
          field.element(
            "path", ["class": "raw \(LineStyle.colour(line.style))", "d": path(line.data)])
        }
        field.element(
          "path",
          [
            "class": "line \(LineStyle.classes(line.style))", "data-run": "\(line.style)",
            "d": path(line.data.smoothed(weight: smoothing)),
          ])
      }
    }
  }

  func writeDots(to svg: inout MarkupWriter, _ xScale: AxisScale, _ yScale: AxisScale) {
    for dot in dots where dot.x.isFinite && dot.y.isFinite {
      svg.element(
        "circle",
        [
          "class": "dot \(LineStyle.colour(dot.style))", "r": "4.5",
          "data-x": NumberText.exact(dot.x), "data-v": NumberText.exact(dot.y),
          "data-style": "\(dot.style)",
          "cx": across(xScale.position(of: dot.x)), "cy": down(yScale.position(of: dot.y)),
        ])
    }
  }

  /// Writes the lines' names at their ends, moved apart where they would touch.
  func writeEndLabels(to svg: inout MarkupWriter, _ yScale: AxisScale) {
    let wanted = lines.enumerated().compactMap { index, line -> EndLabels.Label? in
      guard let last = line.data.smoothed(weight: smoothing).y.last(where: \.isFinite) else {
        return nil
      }
      let y = (1 - yScale.position(of: last)) * Double(height)
      return EndLabels.Label(
        text: line.label, style: line.style, y: min(max(y, 0), Double(height)),
        isImportant: line.isImportant, line: index)
    }
    svg.element("g", ["class": "ends"]) { group in
      for label in EndLabels.arrange(wanted, height: Double(height)) {
        group.element(
          "text",
          [
            "class": LineStyle.colour(label.style), "data-line": "\(label.line)", "x": "100%",
            "dx": "8", "dy": "0.32em",
            "y": NumberText.significant((label.y * 10).rounded() / 10, 6),
          ], text: label.text)
      }
    }
  }
}
