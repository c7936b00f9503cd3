/// An object in space, as the template `object` shows it.
struct ObjectView {
  struct EntryView {
    var className: String
    var classColour: String
  }

  var objectTitle: String
  var objectNote: String
  /// What only the picture leaves out that stands there without a script.
  var stillNote: String?
  var classEntries: [EntryView]
  var hasClasses: Bool
  var objectPicture: String
  var objectData: String

  /// The size of what is in the page, in bytes.
  var byteCount: Int { objectPicture.utf8.count + objectData.utf8.count }

  init(_ object: Object3D, id: String, title: String, note: String) {
    let chart = ObjectChart(id: id, title: title, object: object)
    objectTitle = title
    objectNote = [chart.size, chart.remark, note].compactMap { $0 }.filter { !$0.isEmpty }
      .joined(separator: " ")
    stillNote = chart.stillRemark
    objectPicture = chart.svg().text
    objectData = ObjectData(chart: chart).json
    if case .classes(let names, _) = object.geometry.tint {
      classEntries = names.enumerated().map { number, name in
        EntryView(
          className: name.isEmpty ? "(none)" : HTMLText.visible(name, limit: 60),
          classColour: "c\(number)")
      }
    } else {
      classEntries = []
    }
    hasClasses = !classEntries.isEmpty
  }
}
