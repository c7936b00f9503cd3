extension SpecRecord {
  /// The value at a path such as `optimizer.adam.beta1` or `model.3`.
  public func value(atPath path: String) -> SpecValue? {
    search(path[...])?.found
  }

  /// Where the value at a path was written, or the nearest value around it that was written.
  func location(ofPath path: String) -> SourceLocation? { search(path[...])?.location }

  /// What a search met: the value, if the path leads to one, and the innermost place on the way.
  fileprivate struct Match {
    var found: SpecValue?
    var location: SourceLocation?
  }

  fileprivate func search(_ path: Substring) -> Match? {
    for entry in entries {
      guard let rest = path.behind(entry.name) else { continue }
      return entry.value.search(rest)
    }
    return nil
  }
}

extension SpecValue {
  fileprivate func search(_ path: Substring) -> SpecRecord.Match {
    guard !path.isEmpty else { return .init(found: self, location: location) }
    let inner: SpecRecord.Match? =
      switch payload {
      case .record(let record): record.search(path)
      case .choice(let name, let record):
        path.behind(name).flatMap {
          $0.isEmpty ? .init(found: self, location: location) : record.search($0)
        }
      case .list(let elements):
        elements.indices.lazy.compactMap { index in
          path.behind("\(index)").map { elements[index].search($0) }
        }.first
      case .map(let members):
        members.lazy.compactMap { member in path.behind(member.key).map { member.value.search($0) }
        }
        .first
      default: nil
      }
    return .init(found: inner?.found, location: inner?.location ?? location)
  }
}

extension Substring {
  /// What follows `name` and a dot in this path: empty where the path is `name` itself, and `nil`
  /// where it begins with something else.
  func behind(_ name: String) -> Substring? {
    guard hasPrefix(name) else { return nil }
    let rest = dropFirst(name.count)
    if rest.isEmpty { return rest }
    return rest.first == "." ? rest.dropFirst() : nil
  }
}
