internal import CPosix

/// What the pool asks the processor and the kernel.
enum Processor {
  /// The number of processors this thread may run on, at least 1.
  static var availableCores: Int { max(1, Int(cposix_available_cores())) }

  /// Whether this thread rounds to nearest and keeps subnormals.
  static var hasDefaultFloatEnvironment: Bool { cposix_float_environment_is_default() != 0 }
}
