internal import CHDF5

/// An identifier of the library, given back exactly once.
struct Identifier: ~Copyable {
  /// The library's number: never negative.
  let raw: hid_t

  /// Takes over what `body` returns.
  init(
    _ code: HDF5Error.Code, _ name: String, _ body: () -> hid_t
  ) throws(HDF5Error) {
    raw = try HDF5Library.call(code, name, body)
  }

  deinit {
    _ = HDF5Library.ask { [raw] in H5Idec_ref(raw) }
  }

  /// Gives the identifier back and reports a failure that `deinit` could only drop.
  consuming func close(_ code: HDF5Error.Code, _ name: String) throws(HDF5Error) {
    let raw = raw
    discard self
    _ = try HDF5Library.call(code, name, isRepeatable: false) { H5Idec_ref(raw) }
  }
}
