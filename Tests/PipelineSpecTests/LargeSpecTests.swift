import Glibc
import Testing

@testable import PipelineSpec
import Thoroughness

@Suite("A large or hostile spec")
struct LargeSpecTests {
  struct Hostile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable () -> String

    init(_ name: String, _ text: @escaping @Sendable () -> String) {
      testDescription = name
      self.text = text
    }
  }

  static let head = "version: 1\nname: large\n"

  /// As large as a spec may be; less without optimization, which makes each byte ten times as slow.
  static let size = Thoroughness.count(SpecLimits.bytes - 64, sampledBy: 8)

  static func filled(_ piece: String, after start: String = head) -> String {
    start + String(repeating: piece, count: (size - start.utf8.count) / piece.utf8.count)
  }

  static let hostile: [Hostile] = [
    Hostile("opening brackets") { filled("[") },
    Hostile("opening braces") { filled("{") },
    Hostile("open and closed brackets") { filled("[],", after: head + "a: [") + "]" },
    Hostile("dashes") { filled("- ") },
    Hostile("lines of dashes") { filled("- \n", after: head + "a:\n") },
    Hostile("question marks") { filled("? ") },
    Hostile("lines of question marks") { filled("? a\n") },
    Hostile("nested dashes with values") { filled("- - - - x\n", after: head + "a:\n") },
    Hostile("anchors") { filled("- &a x\n", after: head + "a:\n") },
    Hostile("aliases") { filled("*b,", after: head + "a: &b x\nb: [") + "]" },
    Hostile("unknown aliases") { filled("*b,", after: head + "b: [") + "]" },
    Hostile("stars") { filled("*") },
    Hostile("tags") { filled("- !t x\n", after: head + "a:\n") },
    Hostile("colons") { filled("a: ") },
    Hostile("equal keys") { filled("a: 1\n") },
    Hostile("pairs of equal keys") {
      (0..<count(60_000)).reduce(into: head) { text, index in
        text += "k\(index % count(30_000)): 1\n"
      }
    },
    Hostile("unknown keys") {
      (0..<count(24_000)).reduce(into: head) { text, index in text += "k\(index): 1\n" }
    },
    Hostile("many keys") {
      (0..<count(90_000)).reduce(into: head) { text, index in text += "k\(index): 1\n" }
    },
    Hostile("one long line of mistakes") { filled("relu1,", after: trainHead + "[") + "]" },
    Hostile("one long text") { filled("x") },
    Hostile("one long quoted text") { filled("x", after: head + "title: \"") },
    Hostile("one long comment") { filled("#") },
    Hostile("blanks") { filled(" ") },
    Hostile("line feeds") { filled("\n") },
    Hostile("tabs") { filled("\t") },
    Hostile("control characters") { filled("\u{1}") },
    Hostile("carriage returns") { filled("\r") },
    Hostile("joined emoji") { filled("\u{1f3c3}\u{200d}", after: head + "sede: ") },
    Hostile("combining marks") { filled("\u{301}", after: head + "sede: e") },
    Hostile("stages without steps") {
      (0..<count(24_000)).reduce(into: head + "stages:\n") { text, index in
        text += "  s\(index): {}\n"
      }
    },
    Hostile("near misses of stage names") {
      (0..<count(9_000)).reduce(into: head + "stages:\n") { text, index in
        text += "  s\(index): {step: train, data: t\(index)/x, model: [relu], epochs: 1}\n"
      }
    },
    Hostile("merges of merges") {
      let start = (0..<300).reduce(into: head + "m: &m\n") { $0 += "  k\($1): 1\n" }
      return (0..<count(2_000)).reduce(into: start) { $0 += "n\($1): {<<: *m}\n" }
    },
    Hostile("a list of merges") {
      let start = (0..<count(40_000)).reduce(into: head + "o: &o {x: 1}\nm:\n") {
        $0 += "  k\($1): 1\n"
      }
      return start + "  <<: [" + String(repeating: "*o,", count: count(40_000)) + "]\n"
    },
    Hostile("stages that read from all others") {
      (0..<count(8_000)).reduce(into: head + "stages:\n") { text, index in
        text += "  r\(index): {step: report}\n"
        text += "  c\(index): {step: command, shell: x, outputs: [a]}\n"
      }
    },
    Hostile("a bomb of merges") {
      let start = head + "m0: &m0 {a0: 1, b0: 1}\n"
      return (1..<60).reduce(into: start) {
        $0 += "m\($1): &m\($1) {<<: [*m\($1 - 1), *m\($1 - 1)], a\($1): *m\($1 - 1)}\n"
      }
    },
  ]

  /// A count that fits a file of the largest size, or its part of a smaller one.
  static func count(_ count: Int) -> Int { count * size / SpecLimits.bytes }

  static let trainHead = head + "stages:\n  t:\n    step: train\n    model: "

  @Test("is refused in about a second, at a place inside it", arguments: hostile)
  func refused(_ hostile: Hostile) throws {
    let text = hostile.text()
    #expect(text.utf8.count <= SpecLimits.bytes)
    let lines = text.utf8.count { $0 == 0x0a } + 1
    var rendered = ""
    let time = secondsOfProcessor {
      do throws(SpecError) {
        _ = try parse(text)
        Issue.record("accepted")
      } catch {
        rendered = error.rendered(color: false)
        #expect(error.diagnostics.count <= SpecLimits.diagnostics)
        for diagnostic in error.diagnostics {
          #expect((1...lines).contains(diagnostic.location?.line ?? 0))
        }
      }
    }
    #expect(time < 2)
    #expect(rendered.utf8.count < 200_000)
  }
}

/// The time that `body` takes of this thread's processor: other work on the machine does not count.
func secondsOfProcessor(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  body()
  return now() - start
}
