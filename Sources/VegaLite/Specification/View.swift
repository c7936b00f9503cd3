/// What a specification describes: one panel, the same panel for parts of the data, or several beside each other.
indirect enum View: Sendable {
  case layered(LayeredView)
  case facet(FacetView)
  case concat([View], columns: Int, title: String?)
}

/// Marks over one another in one panel.
struct LayeredView: Sendable {
  var title: String?
  var units: [UnitView]
  /// Channels of which each layer has its own scale.
  var independent: Set<Channel> = []
  /// In pixels, where it is said: what constants in pixels are parts of.
  var width: Double?
  var height: Double?
}

/// A panel for each part of the rows.
struct FacetView: Sendable {
  var title: String?
  /// Rows of its own, in the place of those of the whole.
  var table: DataTable?
  var transforms: [any Transform]
  var row: FieldDefinition?
  var column: FieldDefinition?
  /// Parts in reading order.
  var wrapped: FieldDefinition?
  var columns: Int?
  var panel: LayeredView
  var independent: Set<Channel>
}
