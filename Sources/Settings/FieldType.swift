/// What a value may be.
///
/// The type of a value is determined by the schema and its text, never guessed by YAML: `no` in a string field
/// is the text “no”, and a digest that is all digits is a digest.
public indirect enum FieldType: Sendable {
  /// `true` or `false`.
  case boolean
  /// A whole number in the range, which lies within ±(2^53−1).
  case integer(ClosedRange<Int>)
  /// A finite double in the range.
  case number(NumberRange)
  /// A text.
  case string(StringRule)
  /// A list with a number of elements.
  case list(FieldType, count: ClosedRange<Int>)
  /// User-defined names with values of one type; the order of the file is kept but does not enter the key.
  case map(keys: StringRule, FieldType)
  /// Settings with fixed names.
  case record([Field])
  /// One of several alternatives: `relu`, `{linear: 128}` or `{adam: {learning_rate: 0.001}}`.
  case choice([Choice])
  /// A choice registered in the catalog under this name, for types that contain themselves.
  case named(String)
  /// An output of another stage, `stage/output`.
  case reference
  /// An output of another stage, or the path of a local file whose content enters the key.
  case referenceOrPath
  /// The first of these types that matches the form of the value.
  case union([FieldType])
}

extension FieldType {
  /// A whole number of at least `lowest`.
  public static func integer(atLeast lowest: Int) -> FieldType {
    .integer(lowest...FieldType.largestInteger)
  }

  /// A list of at least `lowest` elements.
  public static func list(_ element: FieldType, atLeast lowest: Int = 0) -> FieldType {
    .list(element, count: lowest...FieldType.largestCount)
  }

  /// The largest integer a spec may hold: 2^53−1.
  public static let largestInteger = (1 << 53) - 1

  /// The largest count of a list: no spec has more values.
  public static let largestCount = 50_000
}
