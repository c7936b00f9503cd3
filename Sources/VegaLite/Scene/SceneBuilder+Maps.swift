extension SceneBuilder {
  /// The projection that layers of a panel share, fitted to all they show; `nil` where none is on a map.
  static func map(
    _ view: LayeredView, _ units: [PreparedUnit]
  ) throws(VegaLiteError) -> (projector: Projector, ratio: Double)? {
    let placed = units.filter(\.unit.isGeographic)
    guard !placed.isEmpty else { return nil }
    if let stranger = units.first(where: { !$0.unit.isGeographic && !$0.unit.fields.isEmpty }) {
      throw VegaLiteError(
        stranger.unit.place, "lies on axes, and the layers beside it on a map")
    }
    var all = Geometry()
    for unit in placed {
      if let column = unit.unit.shapes {
        for case .geometry(let shape) in try unit.table.column(column, unit.unit.place) {
          all = all + shape
        }
      }
      for (east, north) in [(Channel.longitude, Channel.latitude), (.longitude2, .latitude2)] {
        guard let east = unit.unit[east]?.field, let north = unit.unit[north]?.field else {
          continue
        }
        for (longitude, latitude) in zip(unit.column(east.column), unit.column(north.column))
        where longitude.measure.isFinite && latitude.measure.isFinite {
          all.points.append(Position(longitude.measure, latitude.measure))
        }
      }
    }
    var projector = Projector(placed.lazy.compactMap(\.unit.projection).first ?? .init())
    var size: (Double, Double)?
    if let width = view.width, let height = view.height { size = (width, height) }
    let ratio = projector.fit(all, size: size)
    return (projector, ratio)
  }
}
