/// What a setting can do to a result.
public enum FieldRole: Hashable, Sendable {
  /// It may change bits of the result, so it enters the key.
  case result
  /// It can change no bit of the result, so it never enters the key.
  case execution
}
