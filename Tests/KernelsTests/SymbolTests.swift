import Foundation
import Testing

/// Modules for different instruction sets must not share functions: the linker would keep one copy, perhaps one with
/// instructions that this processor does not have.
@Suite("The objects of an instruction set's module")
struct SymbolTests {
  static let nm = "/usr/bin/nm"

  static func objects(of module: String) -> [URL] {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/KernelSources")
    let names =
      (FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?
      .compactMap { ($0 as? URL)?.lastPathComponent } ?? []).filter { $0.hasSuffix(".swift") }
    let folder = BuildFolder.url.appendingPathComponent("\(module).build")
    return names.sorted().map { folder.appendingPathComponent("\($0).o") }
  }

  static var canRead: Bool {
    FileManager.default.isExecutableFile(atPath: nm)
      && FileManager.default.fileExists(atPath: objects(of: "KernelsV4")[0].path)
  }

  @Test(
    "define no function that another module could define too",
    .enabled(if: canRead, "nm (binutils) or the object files of this build are not there"),
    arguments: ["KernelsV2", "KernelsV3", "KernelsV4"])
  func ownSymbolsOnly(module: String) throws {
    let objects = Self.objects(of: module)
    #expect(objects.count > 30)
    var own = 0
    for object in objects {
      let lines = try BuildFolder.lines(of: Self.nm, ["--defined-only", object.path])
      for line in try #require(lines, "\(object.path) cannot be read") {
        let fields = line.split(separator: " ")
        guard let kind = fields.dropLast().last, let name = fields.last else { continue }
        // T: global function, W: weak function; u: unique; lower case t is local and harmless.
        guard ["T", "W", "w", "u", "i"].contains(kind) else { continue }
        // Mangled names begin with $s, the length of the module's name and the name itself.
        #expect(
          name.hasPrefix("$s\(module.utf8.count)\(module)"), "\(object.lastPathComponent): \(name)")
        own += 1
      }
    }
    #expect(own > 60, "the module has its own functions")
  }
}
