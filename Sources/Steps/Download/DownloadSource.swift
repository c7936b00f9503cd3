internal import Pipeline
internal import Transfer

/// One place that a file may come from.
struct DownloadSource: Hashable {
  let url: String

  /// Where to look for a file, in order: the mirrors of the command line, then the URLs of the spec.
  ///
  /// A mirror contains files under the last path component of their URLs. Offline, only folders and
  /// `file:` URLs remain; the URLs that were skipped are returned for the error message.
  static func sources(
    for urls: [String], resources: StepResources
  ) -> (allowed: [DownloadSource], refused: [String]) {
    var names: [String] = []
    for name in urls.compactMap(fileName) where !names.contains(name) { names.append(name) }
    let mirrored = resources.mirrors.flatMap { mirror in
      names.map { name in join(mirror, name) }
    }
    let all = mirrored + urls
    let isAllowed = { (url: String) in !resources.isOffline || url.lowercased().hasPrefix("file:") }
    // A mirror that is a base URL was given on the command line, so it is used offline as well.
    let allowed = mirrored + urls.filter(isAllowed)
    return (
      allowed.map(DownloadSource.init), all.filter { !allowed.contains($0) }
    )
  }

  /// The last path component of a URL, without query and fragment.
  static func fileName(of url: String) -> String? {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    guard let name = path.split(separator: "/").last, path.contains("/"), !name.contains(":")
    else { return nil }
    return String(name)
  }

  /// The URL of `name` in a mirror, which is a URL base or an absolute path of a folder.
  private static func join(_ mirror: String, _ name: String) -> String {
    let base = mirror.hasSuffix("/") ? String(mirror.dropLast()) : mirror
    if mirror.contains("://") { return "\(base)/\(name)" }
    // The name is a URL's component already; only the folder needs escapes.
    return TransferRequest.fileURL(forPath: base.isEmpty ? "/" : base) + "/" + name
  }
}
