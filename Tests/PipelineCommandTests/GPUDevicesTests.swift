import ContentAddressing
import Dispatch
import Foundation
import Synchronization
import SystemPackage
import Testing

@testable import PipelineCommand

@Suite("The GPUs of a machine")
final class GPUDevicesTests {
  /// Stands for the root of a file system.
  private let root = FileManager.default.temporaryDirectory
    .appending(path: "gpus-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  private func write(_ text: String, _ path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func card(_ name: String, busy: String?, memory: String?) throws {
    let folder = "sys/class/drm/\(name)/device"
    try write("0x1002\n", "\(folder)/vendor")
    if let busy { try write(busy, "\(folder)/gpu_busy_percent") }
    if let memory { try write(memory, "\(folder)/mem_info_vram_used") }
  }

  private func devices(library: String = "/nonexistent") -> GPUDevices? {
    GPUDevices(root: FilePath(root.path), library: library)
  }

  @Test("are none where there is neither a driver nor a card that tells")
  func none() throws {
    #expect(devices() == nil)
    try card("card0", busy: nil, memory: nil)
    #expect(devices() == nil)
  }

  @Test("of the kernel are read by number, without screens and cards that tell nothing")
  func cards() throws {
    try card("card10", busy: "3\n", memory: "4\n")
    try card("card2", busy: "100\n", memory: "8589934592\n")
    try card("card0", busy: nil, memory: nil)
    try card("card1", busy: nil, memory: "5\n")
    try card("card2-DP-1", busy: "7\n", memory: "7\n")
    let devices = try #require(self.devices())
    let before = [
      GPUUsage(memoryBytes: 5), GPUUsage(busyPercent: 100, memoryBytes: 8_589_934_592),
      GPUUsage(busyPercent: 3, memoryBytes: 4),
    ]
    #expect(devices.usage() == before)
    // A card that is taken out keeps its place.
    try FileManager.default.removeItem(at: root.appending(path: "sys/class/drm/card1"))
    #expect(devices.usage() == [GPUUsage()] + before.dropFirst())
  }

  @Test(
    "tell nothing where the kernel's files hold no such number",
    arguments: ["", "\n", "x", "-1", "1e3", "<b>5</b>", "99999999999999999999", "9007199254740992"])
  func wrongFiles(text: String) throws {
    try card("card0", busy: text, memory: text)
    #expect(try #require(self.devices()).usage() == [])
    try card("card1", busy: "101", memory: "6")
    #expect(try #require(self.devices()).usage() == [GPUUsage(), GPUUsage(memoryBytes: 6)])
  }

  @Test("of NVIDIA come first, and one that is lost keeps its place", .enabled(if: hasCompiler))
  func driver() throws {
    try card("card0", busy: "5", memory: "6")
    try write("", "dev/nvidiactl")
    let fake = try FakeDriver(in: root, ["COUNT": "3", "LOST": "1"])
    let devices = try #require(self.devices(library: fake.library))
    #expect(
      devices.usage() == [
        GPUUsage(busyPercent: 37, memoryBytes: 1_000_000_000), GPUUsage(),
        GPUUsage(busyPercent: 57, memoryBytes: 3_000_000_000),
        GPUUsage(busyPercent: 5, memoryBytes: 6),
      ])
    #expect(devices.usage().first?.value == ["busy_percent": 37, "memory_bytes": 1_000_000_000])
  }

  @Test("of NVIDIA are none where the library is broken", .enabled(if: hasCompiler))
  func brokenDriver() throws {
    let good = try FakeDriver(in: root)
    // The library is there, the driver is not.
    #expect(devices(library: good.library) == nil)
    try write("", "dev/nvidiactl")
    #expect(devices() == nil)
    #expect(devices(library: "/dev/null") == nil)
    for changes in [["INIT": "9"], ["COUNT": "0"], ["INCOMPLETE": "1"]] {
      let folder = root.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let fake = try FakeDriver(in: folder, changes)
      #expect(devices(library: fake.library) == nil, "\(changes)")
    }
    #expect(devices(library: good.library) != nil)
  }

  @Test("of NVIDIA that tell what cannot be are not believed", .enabled(if: hasCompiler))
  func wrongDriver() throws {
    try write("", "dev/nvidiactl")
    let fake = try FakeDriver(
      in: root, ["COUNT": "4000000000u", "BUSY": "97u", "USED": "0x7fffffffffffffffull"])
    let usage = try #require(self.devices(library: fake.library)).usage()
    #expect(usage == [GPUUsage(busyPercent: 97)] + Array(repeating: GPUUsage(), count: 63))
  }

  private static let hasCompiler = FakeDriver.compiler != nil
}

@Suite("The meter of GPUs")
struct GPUMeterTests {
  @Test("looks for GPUs once, and asks nobody where there are none")
  func none() {
    let count = Mutex(0)
    let meter = GPUMeter(patience: 60) {
      count.withLock { $0 += 1 }
      return nil
    }
    for _ in 0..<5 { #expect(meter.measure() == []) }
    #expect(count.withLock { $0 } == 1)
  }

  @Test("gives what each asking says")
  func answers() {
    let count = Mutex(0)
    let meter = GPUMeter(patience: 60) {
      {
        count.withLock {
          $0 += 1
          return [GPUUsage(busyPercent: $0)]
        }
      }
    }
    for number in 1...5 { #expect(meter.measure() == [GPUUsage(busyPercent: number)]) }
  }

  @Test("does not wait for a driver that hangs, nor asks it again before it has answered")
  func hanging() {
    let count = Mutex(0)
    let (isAsked, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let meter = GPUMeter(patience: 0.01) {
      {
        count.withLock { $0 += 1 }
        isAsked.signal()
        gate.wait()
        return [GPUUsage(busyPercent: 1)]
      }
    }
    #expect(meter.measure() == [])
    isAsked.wait()
    for _ in 0..<1000 { #expect(meter.measure() == []) }
    #expect(count.withLock { $0 } == 1)
    gate.signal()
  }

  @Test("gives up a driver that is late again and again")
  func late() {
    let count = Mutex(0)
    let meter = GPUMeter(patience: 0.001) {
      {
        count.withLock { $0 += 1 }
        Thread.sleep(forTimeInterval: 0.02)
        return [GPUUsage(busyPercent: 1)]
      }
    }
    for _ in 0..<10 {
      #expect(meter.measure() == [])
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(count.withLock { $0 } <= GPUMeter.lateLimit)
  }
}
