import ContentAddressing
import Foundation
import Pipeline
import Steps
import Testing

@testable import PipelineSpec

/// How many rounds of damage are tried; `FUZZ_ROUNDS=1000 swift test` searches longer.
private let rounds = ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 16

@Suite("A spec with random damage")
struct MutationTests {
  /// Pieces that mean something to YAML or to specs.
  static let pieces: [String] = [
    "*", "&a ", "*a", "[", "]", "{", "}", ":", ": ", "- ", "? ", "#", " #", "'", "\"", "|", ">",
    "%",
    "@", "`", "!", "!!int ", "<<: *a", "\n", "\r\n", "\r", "\t", "  ", "---\n", "...\n", ",", "~",
    "null", "true", "010", "1e999", ".inf", "\u{feff}", "\u{0}", "\u{85}", "\u{2028}", "\u{1f600}",
    "\u{202e}", "\u{e000}", "\u{10ffff}", "\\", "\\x00", "step: train\n", "a/b",
    "train/model.safetensors",
    "9223372036854775808", "-", "_", "step", "version: 1\n", "stages:\n",
  ]

  private static func damaged(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: at)
      case 1: bytes.removeSubrange(at..<end)
      case 2 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3:
        bytes.insert(
          contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
      case 4: bytes.removeSubrange(at...)
      case 5:
        bytes.replaceSubrange(at..<end, with: (pieces.randomElement(using: &random) ?? "").utf8)
      default:
        // Two lines exchanged.
        var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
        let a = Int.random(in: lines.indices, using: &random)
        let b = Int.random(in: lines.indices, using: &random)
        lines.swapAt(a, b)
        bytes = Array(lines.joined(separator: [0x0a]))
      }
      if bytes.isEmpty { return bytes }
    }
    return bytes
  }

  @Test("is read or refused at a place inside it, at once", arguments: 0..<rounds)
  func survives(round: Int) throws {
    var random = SeededGenerator(seed: UInt64(round))
    var writer = SpecWriter(seed: UInt64(round))
    var corpus = [Array(DesignExampleTests.text.utf8), Array(writer.write(.rich).utf8)]
    corpus += WrongSpec.all.filter { !$0.name.contains("bomb-deep") }.map(\.bytes)
    let parser = SpecParser(catalog: StepLibrary.catalog.schemas)
    var accepted = 0
    for _ in 0..<100 {
      let bytes = Self.damaged(corpus.randomElement(using: &random) ?? [], &random)
      let lines = bytes.count { $0 == 0x0a } + 1
      let time = secondsOfProcessor {
        do throws(SpecError) {
          let spec = try parser.parse(bytes, file: "f.yaml")
          accepted += 1
          for stage in spec.stages {
            #expect((try? stage.parameters.canonical(.complete).canonicalBytes()) != nil)
          }
        } catch {
          #expect(!error.diagnostics.isEmpty)
          for diagnostic in error.diagnostics {
            let place = diagnostic.location
            #expect((1...lines).contains(place?.line ?? 0), "\(error)")
            #expect((place?.column ?? 0) >= 1)
          }
          let rendered = error.rendered(color: false)
          #expect(
            rendered.unicodeScalars.allSatisfy {
              $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7f
            })
          #expect(!rendered.contains("not YAML"), "\(rendered)")
        }
      }
      #expect(time < 1)
    }
    // Most damage is a mistake, but not all: a letter of a title, an exchanged pair of lines.
    #expect(accepted < 100)
  }

  @Test("is refused, not crashed on, as an override", arguments: 0..<8)
  func overrides(round: Int) {
    var random = SeededGenerator(seed: UInt64(1000 + round))
    let options = [
      "train.epochs=3", "train.model=[flatten,{linear: 3}]", "train.optimizer.adam.beta1=0.1",
      "download.files.train-images.idx.bytes=3", "seed=3", "prepare.normalize={scale: [0, 1]}",
    ]
    for _ in 0..<100 {
      let option = options.randomElement(using: &random) ?? ""
      let bytes = Self.damaged(Array(option.utf8), &random)
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(SpecError) { _ = try parse(DesignExampleTests.text, overrides: [text]) } catch {
        #expect(!error.rendered(color: false).isEmpty)
        for diagnostic in error.diagnostics {
          #expect(diagnostic.location?.line ?? 0 >= 1)
          #expect(diagnostic.location?.column ?? 0 >= 1)
        }
      }
    }
  }
}
