internal import ContentAddressing

/// A chart with its words and its data.
struct ChartView {
  struct LegendEntry {
    var label: String
    var swatch: Swatch
  }

  var title: String
  var note: String?
  /// CSS classes of the room around the drawing.
  var frame = ""
  var svg: Markup
  /// For the page's script; without it the chart stays as drawn.
  var data: CanonicalValue?
  var legend: [LegendEntry] = []
  var table: TableView

  func write(to page: inout MarkupWriter) {
    page.element("figure", ["class": "figure", "data-chart": data == nil ? "" : "yes"]) { figure in
      figure.caption(title, note: note)
      if !legend.isEmpty {
        figure.element("ul", ["class": "legend"]) { list in
          for entry in legend {
            list.element("li") { item in
              item.append(entry.swatch.svg())
              item.write(entry.label)
            }
          }
        }
      }
      figure.element("div", ["class": frame.isEmpty ? "frame" : "frame \(frame)"]) {
        $0.append(svg)
      }
      if let data { figure.json(data) }
      figure.element("details") { details in
        details.element("summary", text: "Data: \(title)")
        table.write(to: &details)
      }
    }
  }
}

extension MarkupWriter {
  /// Writes the words over a figure.
  mutating func caption(_ title: String, note: String?) {
    element("figcaption") { caption in
      caption.element("h3", text: title)
      if let note, !note.isEmpty { caption.element("p", ["class": "note"], text: note) }
    }
  }

  /// Writes figures side by side.
  mutating func charts(_ charts: [ChartView], look: String = "") {
    element("div", ["class": look.isEmpty ? "pair" : "pair \(look)"]) { pair in
      for chart in charts { chart.write(to: &pair) }
    }
  }
}
