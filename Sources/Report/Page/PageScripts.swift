/// The scripts of each kind of page, in the order in which they run.
enum PageScripts {
  static let run = assembled([
    PackageResources.page_js, PackageResources.charts_js, PackageResources.saves_js,
  ])

  static func compare(interactiveCharts: String?) -> [String] {
    (interactiveCharts.map { [$0] } ?? [])
      + assembled([
        PackageResources.page_js, PackageResources.charts_js, PackageResources.saves_js,
        PackageResources.compare_js,
      ])
  }

  static let index = assembled([PackageResources.page_js])

  private static func assembled(_ scripts: [[UInt8]]) -> [String] {
    [scripts.map(Page.text).joined(separator: "\n")]
  }
}
