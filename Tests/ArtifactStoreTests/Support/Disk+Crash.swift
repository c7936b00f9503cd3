import SystemPackage

// What a power cut may leave.
extension Disk {
  /// What a file may hold after a power cut when its bytes were not synced.
  enum Content: CaseIterable {
    case durable, empty, half, zeros, all
  }

  /// The states that a power cut at this moment may leave, each with everything in it durable.
  ///
  /// All subsets of the changes of entries are tried while there are at most `limit` of them, else none,
  /// all, and of at least 24 of them: each alone, all but each, and all up to each. Changes in folders where only litter lies
  /// (temporary files, leases, locks, caches) are all there or all lost.
  func crashStates(limit: Int) -> [Disk] {
    let changed = folders.filter { !$0.value.changes.isEmpty }.keys.sorted()
    let paths = changed.isEmpty ? [:] : folderPaths
    let litter = Set(
      changed.filter { folder in
        ["/tmp", "/leases", "/locks", "/cache"].contains { paths[folder]?.contains($0) == true }
      })
    var changes: [(folder: Int, change: Change)] = []
    for folder in changed where !litter.contains(folder) {
      changes += (folders[folder]?.changes ?? []).map { (folder, $0) }
    }
    var states: [Disk] = []
    for chosen in Self.subsets(of: changes.count, limit: limit) {
      for keepsLitter in litter.isEmpty ? [true] : [false, true] {
        var state = self
        for number in changed where !(keepsLitter && litter.contains(number)) {
          state.folders[number]?.entries = folders[number]?.durable ?? [:]
        }
        for index in chosen {
          switch changes[index].change {
          case .set(let name, let number):
            state.folders[changes[index].folder]?.entries[name] = number
          case .remove(let name): state.folders[changes[index].folder]?.entries[name] = nil
          }
        }
        state.dropUnreachable()
        let isDirty = state.files.values.contains { $0.isDirty }
        for content in isDirty ? Content.allCases : [.all] { states.append(state.settled(content)) }
      }
    }
    return states
  }

  private mutating func dropUnreachable() {
    var reachable: Set<Int> = [Self.root]
    var open = [Self.root]
    while let number = open.popLast() {
      for child in folders[number]?.entries.values ?? [:].values
      where reachable.insert(child).inserted && folders[child] != nil {
        open.append(child)
      }
    }
    files = files.filter { reachable.contains($0.key) }
    folders = folders.filter { reachable.contains($0.key) }
  }

  /// Decides what unsynced files hold, and makes everything durable.
  private func settled(_ content: Content) -> Disk {
    var disk = self
    for (number, file) in files where file.isDirty {
      let bytes: [UInt8] =
        switch content {
        case .durable: file.durable
        case .empty: []
        case .half: Array(file.bytes.prefix(file.bytes.count / 2))
        case .zeros: [UInt8](repeating: 0, count: file.bytes.count)
        case .all: file.bytes
        }
      disk.files[number]?.bytes = bytes
      disk.files[number]?.durable = bytes
    }
    for (number, folder) in folders
    where !folder.changes.isEmpty || folder.entries != folder.durable {
      disk.sync(number)
    }
    return disk
  }

  /// A number that tells states apart, whatever order their parts come in.
  var fingerprint: Int {
    var sum = 0
    for (number, folder) in folders {
      for (name, child) in folder.entries {
        var hasher = Hasher()
        hasher.combine(number)
        hasher.combine(name)
        hasher.combine(child)
        sum &+= hasher.finalize()
      }
    }
    for (number, file) in files {
      var hasher = Hasher()
      hasher.combine(number)
      hasher.combine(file.bytes)
      sum &+= hasher.finalize()
    }
    return sum
  }

  private static func subsets(of count: Int, limit: Int) -> [[Int]] {
    let all = Array(0..<count)
    if count <= limit {
      return (0..<(1 << count)).map { mask in all.filter { mask & (1 << $0) != 0 } }
    }
    var subsets: Set<[Int]> = [[], all]
    for index in all where index % max(1, count / 24) == 0 {
      subsets.insert([index])
      subsets.insert(all.filter { $0 != index })
      subsets.insert(Array(all[...index]))
    }
    return subsets.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
