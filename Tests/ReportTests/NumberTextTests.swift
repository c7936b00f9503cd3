import Testing

@testable import Report

@Suite("Numbers in reports")
struct NumberTextTests {
  @Test(
    "are rounded by their shortest digits, half away from zero",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (0.073_14, "0.07314"), (0.073_145, "0.07315"),
      (-0.073_145, "-0.07315"), (99_999.6, "100000"), (1e7, "1e7"), (9_999_600, "1e7"),
      (123_456.7, "123500"), (1.5e-7, "1.5e-7"), (9.9999e-5, "1e-4"), (5e-324, "5e-324"),
      (1.797_693_134_862_315_7e308, "1.798e308"), (.nan, "NaN"), (-.infinity, "-∞"),
    ])
  func significant(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }
}
