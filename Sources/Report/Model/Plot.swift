/// A chart that the user asked for, over an output of any stage.
public struct Plot: Sendable, Hashable {
  /// What is drawn.
  public enum Content: Sendable, Hashable {
    /// Lines over numbers.
    case lines(Curve)
    case points(PointCloud)
    case bars(BarGroups)
    /// The number of values in each of several equal bins between the least and the greatest value.
    case histogram(column: String, values: [Double], bins: Int)
    case confusion(ConfusionMatrix)
    case table(PlainTable)
    case image(PlotImage)
  }

  public var title: String
  /// The output that it shows: `fit/history.csv`.
  public var source: String
  public var content: Content

  public init(title: String, source: String, content: Content) {
    self.title = title
    self.source = source
    self.content = content
  }
}

/// Points over two quantities, in one group or several.
public struct PointCloud: Sendable, Hashable {
  public struct Group: Sendable, Hashable {
    public var name: String
    public var x: [Double]
    public var y: [Double]

    /// Creates a group of points.
    ///
    /// - Precondition: `x` and `y` have the same count.
    public init(name: String, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "two coordinates for each point")
      self.name = name
      self.x = x
      self.y = y
    }
  }

  public var xName: String
  public var yName: String
  public var groups: [Group]

  public init(xName: String, yName: String, groups: [Group]) {
    self.xName = xName
    self.yName = yName
    self.groups = groups
  }
}

/// Numbers by name, one series or several side by side.
public struct BarGroups: Sendable, Hashable {
  public struct Series: Sendable, Hashable {
    public var name: String
    /// One value a category; one that is not finite has no bar.
    public var values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the categories are.
  public var axis: String
  public var categories: [String]
  public var series: [Series]

  /// Creates bars.
  ///
  /// - Precondition: Each series has a value for each category.
  public init(axis: String, categories: [String], series: [Series]) {
    precondition(
      series.allSatisfy { $0.values.count == categories.count }, "a value for each category")
    self.axis = axis
    self.categories = categories
    self.series = series
  }
}

/// Rows of texts under names.
public struct PlainTable: Sendable, Hashable {
  public var columns: [String]
  public var rows: [[String]]
  /// How many rows there are where not all are given.
  public var rowCount: Int

  public init(columns: [String], rows: [[String]], rowCount: Int) {
    self.columns = columns
    self.rows = rows
    self.rowCount = rowCount
  }
}
