import Foundation
import Report
import ReportSamples

// Writes the sample pages into a folder: report-samples FOLDER [DYGRAPHS.js]
let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  FileHandle.standardError.write(Data("usage: report-samples FOLDER [DYGRAPHS.js]\n".utf8))
  exit(64)
}
let folder = URL(filePath: arguments[1])
let script =
  arguments.count > 2 ? try String(contentsOf: URL(filePath: arguments[2]), encoding: .utf8) : nil
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

func write(_ name: String, _ page: String) throws {
  try Data(page.utf8).write(to: folder.appending(path: name))
  print("\(name) \(page.utf8.count) bytes")
}

try write("artifact.html", RunReport.html(SampleReports.classifier(withFacts: false)))
try write("run.html", RunReport.html(SampleReports.classifier(), interactiveChartsScript: script))
try write("regression.html", RunReport.html(SampleReports.regression()))
try write("failed.html", RunReport.html(SampleReports.failed()))
for count in [2, 10] {
  try write(
    "compare-\(count).html",
    CompareReport.html(
      SampleComparisons.runs(count, epochs: count == 10 ? 50 : 20), interactiveChartsScript: script)
  )
}
try write(
  "compare-apart.html", CompareReport.html(SampleComparisons.runs(3, differentTestData: true)))
try write("compare-classes.html", CompareReport.html(SampleComparisons.manyClasses()))
try write(
  "compare-50.html", CompareReport.html(SampleComparisons.runs(50, epochs: 5)))
try write("compare.md", CompareReport.markdown(SampleComparisons.runs(3)))
try write("index.html", IndexReport.html(SampleComparisons.index()))
try write(
  "large.html", CompareReport.html(SampleComparisons.large(), interactiveChartsScript: script))

// Pages in which every free text is hostile, beside the same pages with a harmless one. Each text goes
// through one kind of page, the next one through the next kind; with HOSTILE=all through every kind.
let isExhaustive = ProcessInfo.processInfo.environment["HOSTILE"] == "all"
let hostile = folder.appending(path: "hostile")
try FileManager.default.createDirectory(at: hostile, withIntermediateDirectories: true)
for (index, text) in (["harmless"] + HostileStrings.all).enumerated() {
  let kinds: [(name: String, page: () -> String)] = [
    ("run", { RunReport.html(HostileModels.run(text)) }),
    ("compare", { CompareReport.html(HostileModels.compare(text)) }),
    ("index", { IndexReport.html(HostileModels.index(text)) }),
  ]
  for (place, kind) in kinds.enumerated()
  where isExhaustive || index == 0 || index % kinds.count == place {
    try Data(kind.page().utf8).write(to: hostile.appending(path: "\(kind.name)-\(index).html"))
  }
}
print("hostile \(HostileStrings.all.count) texts")
