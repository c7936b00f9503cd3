internal import CHDF5

/// Walks through a file before it is used and refuses what could read other files, run code or
/// exhaust memory.
///
/// Each link is judged before it is followed, and each object before its data is touched. An object
/// that several hard links lead to is judged once, so that cycles end.
struct Gate {
  let limits: HDF5Limits
  private var objectCount = 0
  private var seen: Set<UInt> = []

  private init(_ limits: HDF5Limits) {
    self.limits = limits
  }

  /// Checks everything that can be reached from a root.
  static func check(_ root: borrowing HDF5Group, _ limits: HDF5Limits) throws(HDF5Error) {
    var gate = Gate(limits)
    let object = try gate.describe(".", in: root, name: "/")
    guard object.attributes <= limits.attributeCount else {
      throw HDF5Error(.refused(.attributeCount), name: "/")
    }
    gate.seen.insert(object.address)
    try gate.check(root, depth: 1)
  }

  private mutating func check(_ group: borrowing HDF5Group, depth: Int) throws(HDF5Error) {
    guard depth <= limits.depth else { throw HDF5Error(.refused(.depth), name: group.name) }
    let raw = group.group.raw
    var info = H5G_info_t()
    // SAFETY: a structure to write to.
    _ = try HDF5Library.call(.openObject, group.name) { unsafe H5Gget_info(raw, &info) }
    guard info.nlinks <= limits.objectCount - objectCount else {
      throw HDF5Error(.refused(.objectCount), name: group.name)
    }
    objectCount += Int(info.nlinks)
    for member in try group.members() {
      try check(member, of: group, depth: depth)
    }
  }

  private mutating func check(
    _ member: String, of group: borrowing HDF5Group, depth: Int
  ) throws(HDF5Error) {
    let path = group.path(of: member)
    try checkLink(member, of: group, path)
    let object = try describe(member, in: group, name: path)
    guard object.attributes <= limits.attributeCount else {
      throw HDF5Error(.refused(.attributeCount), name: path)
    }
    guard seen.insert(object.address).inserted else { return }
    switch H5O_type_t(rawValue: object.kind) {
    case H5O_TYPE_GROUP: try check(try group.group(member), depth: depth + 1)
    case H5O_TYPE_DATASET: try DatasetGate(limits: limits).check(member, of: group)
    default: throw HDF5Error(.refused(.objectKind), name: path)
    }
  }

  /// Lets hard links through.
  private func checkLink(
    _ member: String, of group: borrowing HDF5Group, _ path: String
  ) throws(HDF5Error) {
    let raw = group.group.raw
    // SAFETY: the name is terminated and read during the call only.
    let kind = try HDF5Library.call(.openObject, path) { unsafe chdf5_link_kind(raw, member) }
    switch H5L_type_t(rawValue: kind) {
    case H5L_TYPE_HARD: return
    case H5L_TYPE_SOFT: throw HDF5Error(.refused(.softLink), name: path)
    case H5L_TYPE_EXTERNAL: throw HDF5Error(.refused(.externalLink), name: path)
    default: throw HDF5Error(.refused(.userDefinedLink), name: path)
    }
  }

  /// What an object is, without opening it.
  private func describe(
    _ member: String, in group: borrowing HDF5Group, name: String
  ) throws(HDF5Error) -> chdf5_object {
    let raw = group.group.raw
    var object = chdf5_object()
    // SAFETY: the name is terminated; a structure to write to.
    _ = try HDF5Library.call(.openObject, name) { unsafe chdf5_object_info(raw, member, &object) }
    return object
  }
}
