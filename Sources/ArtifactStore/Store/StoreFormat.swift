internal import ContentAddressing
internal import SystemPackage

/// The format of stores that this version writes, as `Documentation/StoreFormat.md` describes it.
public enum StoreFormat {
  /// Raised when an older program could no longer read, check or safely write a store.
  public static let version = 1

  /// The text of the file `FORMAT`: what makes a folder a store.
  static let text = "pipeline-store\nformat: \(version)\nhash: sha256\n"

  /// Judges the text of a `FORMAT` file.
  static func check(_ bytes: [UInt8], at path: FilePath) throws(StoreError) {
    if bytes == Array(text.utf8) { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 2, lines[0] == "pipeline-store", lines[1].hasPrefix("format: "),
      let found = Int(lines[1].dropFirst("format: ".count)), found > version
    else { throw StoreError(.damagedRecord(reason: "it does not name a store format"), path) }
    throw StoreError(.newerFormat("\(found)"), path.parent)
  }
}
