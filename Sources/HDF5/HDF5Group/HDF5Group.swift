internal import CHDF5

/// An open group, closed exactly once.
public struct HDF5Group: ~Copyable {
  /// The path inside the file.
  public let name: String

  let group: Identifier

  init(name: String, group: consuming Identifier) {
    self.name = name
    self.group = group
  }

  /// Opens the root of a file.
  init(rootOf file: borrowing Identifier, _ path: String) throws(HDF5Error) {
    let file = file.raw
    let group = try Identifier(.openObject, path) {
      // SAFETY: the name is terminated and read during the call only.
      unsafe H5Gopen2(file, "/", chdf5_default())
    }
    self.init(name: "/", group: group)
  }

  /// The path inside the file of a member.
  func path(of member: String) -> String { name == "/" ? "/" + member : name + "/" + member }

  /// Creates a group in this one.
  public func createGroup(_ member: String) throws(HDF5Error) -> HDF5Group {
    let path = path(of: member)
    let creation = try CreationProperties.group(path)
    let group = group.raw
    return HDF5Group(
      name: path,
      group: try Identifier(.createObject, path) {
        // SAFETY: the name is terminated and read during the call only.
        unsafe H5Gcreate2(group, member, chdf5_default(), creation.raw, chdf5_default())
      })
  }

  /// Opens a group in this one.
  public func group(_ member: String) throws(HDF5Error) -> HDF5Group {
    let path = path(of: member)
    let group = group.raw
    return HDF5Group(
      name: path,
      group: try Identifier(.openObject, path) {
        // SAFETY: the name is terminated and read during the call only.
        unsafe H5Gopen2(group, member, chdf5_default())
      })
  }

  /// The names of the members, sorted bytewise.
  public func members() throws(HDF5Error) -> [String] {
    let raw = group.raw
    var info = H5G_info_t()
    // SAFETY: a structure to write to.
    _ = try HDF5Library.call(.openObject, name) { unsafe H5Gget_info(raw, &info) }
    var names: [String] = []
    for index in 0..<info.nlinks { names.append(try member(at: index)) }
    return names
  }

  /// The name of the member at a place in the order of names.
  private func member(at index: hsize_t) throws(HDF5Error) -> String {
    let raw = group.raw
    // SAFETY: the first call writes nothing; the second writes at most `count` bytes, the last 0.
    let count = try HDF5Library.call(.openObject, name) {
      unsafe H5Lget_name_by_idx(
        raw, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, chdf5_default())
    }
    var text = [CChar](repeating: 0, count: count + 1)
    _ = try HDF5Library.call(.openObject, name) {
      unsafe H5Lget_name_by_idx(
        raw, ".", H5_INDEX_NAME, H5_ITER_INC, index, &text, text.count, chdf5_default())
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
