/// A chart as marks in panels: places are parts of a panel's width and height, from the left and from below.
///
/// What it looks like is left to whoever draws it.
public struct Scene: Sendable, Hashable {
  public struct Panel: Sendable, Hashable {
    public var title: String?
    /// Below.
    public var x: Axis?
    /// To the left.
    public var y: Axis?
    /// To the right, where layers have scales of their own.
    public var right: Axis?
    public var marks: [Mark]
    /// In the unit of ``Mark/Form/arc``: a panel of arcs only has no axes.
    public var isRound: Bool
    /// The height of a map in parts of its width; none for what is no map.
    public var mapRatio: Double?
    /// Whether marks end where the panel ends.
    public var isClipped = false
    /// The selections of stretches that are made in it: ``Control/selection``.
    public var selections: [String] = []

    /// The revision that all of it belongs to.
    public var run: Int? {
      guard let first = marks.first?.run, marks.allSatisfy({ $0.run == first }) else { return nil }
      return first
    }
  }

  public struct Axis: Sendable, Hashable {
    public struct Tick: Sendable, Hashable {
      /// 0 … 1.
      public var part: Double
      public var label: String
    }

    public var title: String?
    public var ticks: [Tick]
    /// Whether each tick is a name; between numbers lie others.
    public var isDiscrete: Bool
    /// How many marks of a name stand beside each other.
    public var places = 1
  }

  public struct Legend: Sendable, Hashable {
    public enum Key: Sendable, Hashable {
      case colour(Colour)
      case shape(Int)
      case dash(Int)
      /// In square pixels.
      case size(Double)
      case opacity(Double)
    }

    public struct Entry: Sendable, Hashable {
      public var label: String
      /// All that it is known by.
      public var keys: [Key]
      /// The revision that it names, where several were given.
      public var run: Int?
    }

    public var title: String?
    public var entries: [Entry]
    /// Whether values between those of the entries are shown by what lies between.
    public var isContinuous: Bool
    /// Whether what it explains are lines.
    public var isLine: Bool
  }

  /// Rows behind marks, for those who would rather read.
  public struct Table: Sendable, Hashable {
    public var names: [String]
    public var isNumber: [Bool]
    public var rows: [[String]]
    public var rowCount: Int
  }

  public var title: String?
  public var panels: [Panel]
  /// How many panels stand beside each other where there is room.
  public var columns: Int
  public var legends: [Legend]
  public var tables: [Table]
  /// What is drawn, in words: `line of loss over epoch`.
  public var layers: [String]

  /// The most marks of one chart, a line counting as one.
  public static let mostMarks = 12_000

  static func tooMany(_ count: Int, _ place: String) -> VegaLiteError {
    VegaLiteError(
      place,
      "draws \(count) marks; a chart has at most \(mostMarks): aggregate, bin or sample its rows")
  }
}

/// A colour by its meaning, so that each theme has its own.
public enum Colour: Sendable, Hashable {
  /// One of the colours that tell groups apart.
  case palette(Int)
  /// From hardly anything at 0 to full at 1.
  case ramp(Double)
  /// From full of one at −1 over nothing to full of another at 1.
  case diverging(Double)
  case ink
  case muted
  case paper
}

/// Something to draw.
public struct Mark: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  public enum Form: Sendable, Hashable {
    /// Pieces of a line.
    case line([[Point]])
    /// Closed outlines.
    case area([[Point]])
    case rectangle(from: Point, to: Point)
    /// A shape of so many square pixels: 0 a circle, 1 a square, 2 a diamond, 3 a triangle, 4 a cross.
    case symbol(Point, shape: Int, size: Double)
    case rule(from: Point, to: Point)
    /// A short stroke of so many pixels.
    case tick(Point, isVertical: Bool, length: Double)
    /// `anchor` −1 begins at the point, 1 ends there; the shift is in pixels, down.
    case text(Point, String, anchor: Int, baseline: Int, shift: Point, size: Double?)
    /// A picture of so many pixels around a point, in a URL that holds it.
    case image(Point, width: Double, height: Double, url: String)
    /// A sector in turns from the top, clockwise, between parts of the radius.
    case arc(from: Double, to: Double, inner: Double, outer: Double)
  }

  public var form: Form
  public var colour: Colour
  public var opacity: Double
  public var isFilled: Bool
  /// Pixels; none for what is usual.
  public var width: Double?
  /// Which pattern of dashes, 0 for none.
  public var dash: Int
  /// What is said when it is pointed at.
  public var words: String?
  /// The colour of the revision that it belongs to, where several were given.
  public var run: Int?
  /// What is selected by pointing at it.
  public var pick: Pick?

  /// Values of columns that a mark stands for in a selection.
  public struct Pick: Sendable, Hashable {
    /// ``Control/selection``.
    public var selection: String
    var key: String
  }
}
