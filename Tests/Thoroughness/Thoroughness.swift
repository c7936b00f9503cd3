/// How much of a large test this build carries out.
///
/// An optimized build tries every case. A debug build runs the same program several times slower, or the same machine code, and
/// samples where a suite says so.
public enum Thoroughness {
  /// Whether this build tries every case.
  public static var isFull: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  /// `count`, or where this build samples the `part`-th part of it, rounded up.
  public static func count(_ count: Int, sampledBy part: Int) -> Int {
    isFull ? count : (count + part - 1) / part
  }
}
