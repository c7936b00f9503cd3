/// The scripts of each kind of page, in the order in which they run.
enum PageScripts {
  static func run(hasObjects: Bool) -> [String] {
    assembled(
      nil,
      [
        PackageResources.page_js, PackageResources.charts_js, PackageResources.graphics_js,
        PackageResources.saves_js,
      ] + (hasObjects ? [PackageResources.objects_js] : []))
  }

  static func compare(interactiveCharts: String?, hasObjects: Bool) -> [String] {
    assembled(
      interactiveCharts,
      [
        PackageResources.page_js, PackageResources.charts_js, PackageResources.graphics_js,
        PackageResources.saves_js, PackageResources.compare_js,
      ] + (hasObjects ? [PackageResources.objects_js] : []))
  }

  static func index() -> [String] { assembled(nil, [PackageResources.page_js]) }

  private static func assembled(_ library: String?, _ own: [[UInt8]]) -> [String] {
    (library.map { [$0] } ?? []) + [own.map(Page.text).joined(separator: "\n")]
  }
}
