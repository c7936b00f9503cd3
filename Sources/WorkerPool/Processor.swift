internal import CPosix

/// What the pool asks the processor and the kernel.
enum Processor {
  /// The number of processors this thread may run on, at least 1.
  static var availableCores: Int { max(1, Int(cposix_available_cores())) }

  /// The core this thread runs on at the moment; .max if the kernel does not tell.
  static var currentCore: UInt32 { UInt32(bitPattern: cposix_current_core()) }

  /// Keeps this thread off a core, as long as the process may use another.
  static func leave(_ core: UInt32) { cposix_leave_core(Int32(bitPattern: core)) }

  /// Whether this thread rounds to nearest and keeps subnormals.
  static var hasDefaultFloatEnvironment: Bool { cposix_float_environment_is_default() != 0 }
}
