/// Texts that somebody could put into a spec, a class name or a file name to harm who reads a report.
public enum HostileStrings {
  /// More than two hundred different texts; none is empty.
  public static let all: [String] = {
    var seen: Set<String> = []
    return (markup + attributes + urls + templates + characters + shapes + wrapped).filter {
      seen.insert($0).inserted
    }
  }()

  /// What would run if it came out as markup: each calls `alert`.
  private static let calls = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>", "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "<object data=javascript:alert(1)>", "<math><mtext><script>alert(1)</script></mtext></math>",
    "<marquee onstart=alert(1)>",
  ]

  private static let markup =
    calls + [
      "<b>bold</b>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE html>",
      "</", "<", ">", "&", "&lt;script&gt;", "&#60;script&#62;", "&amp;lt;", "<script",
      "</body></html>",
      "<base href=//evil.example/>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
      "<link rel=stylesheet href=//evil.example/x.css>", "<style>*{display:none}</style>",
      "<form action=//evil.example><input type=submit>",
      "<template><script>alert(1)</script></template>",
      "<svg><script>alert(1)</script></svg>",
      "<svg><style><img src=x onerror=alert(1)></style></svg>",
      "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<xmp>", "<plaintext>",
      "<textarea>",
      "<select><option>", "<table><tr><td>", "</td></tr></table>", "</li></ul>",
      "<table background=//evil.example>",
      "<script src=//evil.example/x.js></script>", "<SCRIPT>alert(1)</SCRIPT>",
      "<scr<script>ipt>alert(1)</scr</script>ipt>",
    ]

  private static let attributes = [
    "\"", "'", "`", "\" onmouseover=alert(1) x=\"", "' onmouseover=alert(1) x='",
    "\" autofocus onfocus=alert(1) \"",
    "\u{22}\u{301} onmouseover=alert(1) x=\u{22}\u{301}",
    "'\u{301} onfocus=alert(1) tabindex=1 '\u{301}",
    "<\u{338}script>alert(1)</script\u{338}>", ">\u{301}<img src=x onerror=alert(1)>",
    "&\u{301}lt;", "\"\u{20E3}>",
    "\"\u{FE0F} style=display:none \"", "\"/><script>alert(1)</script>", "x\" data-v=\"1", "=",
    "x=y", "\\\"", "\\",
  ]

  private static let urls = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", "//evil.example/x", "https://evil.example/", "http://127.0.0.1:9/",
    "file:///etc/passwd",
    "../../../../etc/passwd", "..\\..\\windows", "/etc/passwd", "runs/../../secret", "#main",
    "?x=1", "blob:null/1",
    "url(//evil.example/x)", "expression(alert(1))", "@import '//evil.example/x.css'",
    "image-set('//evil.example/1' 1x)",
  ]

  private static let templates = [
    "{{title}}", "{{{title}}}", "{{&title}}", "{{#rows}}x{{/rows}}", "{{> page}}", "{{=<% %>=}}",
    "{{! comment }}", "{{",
    "}}", "${alert(1)}", "#{alert(1)}", "<%= alert(1) %>", "{% raw %}", "$(reboot)", "`reboot`",
    "%s%n%x", "%00", "\\u003cscript\\u003e",
    "\\x3cscript\\x3e", "{\"a\":1}", "\"},{\"name\":\"x", "[1,2,3]", "null", "NaN", "-1", "1e309",
    "true", "__proto__", "constructor", "toString",
  ]

  private static let characters = [
    "\0", "a\0b", "\u{1B}]8;;https://evil.example\u{1B}\\click\u{1B}]8;;\u{1B}\\",
    "\u{1B}[2J\u{1B}[31mred", "\u{7}\u{8}", "\u{9B}31m",
    "\u{202E}gpj.exe", "\u{2066}a\u{2069}", "\u{200F}right", "a\u{200B}b", "\u{FEFF}bom",
    "line\u{2028}break", "para\u{2029}graph", "tab\there",
    "carriage\rreturn", "new\nline", "\u{85}next", "\u{AD}soft", "\u{E0041}\u{E0042}tag",
    noncharacter(0xFFFE), noncharacter(0xFFFF), noncharacter(0xFDD0), noncharacter(0x10FFFF),
    "\u{E000}private",
    "é", "e\u{301}", "Å", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "日本語", "العربية", "עברית",
    "ไทย", "𝕬𝖇𝖈", "ﷺ", "İıſ", "ß", "ﬁ",
    "\u{FFF9}annotation\u{FFFB}", "\u{180E}mongolian", "＜script＞alert(1)＜/script＞", "‹script›",
    "ʺ onload=alert(1)", "\u{2060}join",
  ]

  /// A scalar that a literal may not hold.
  private static func noncharacter(_ value: UInt32) -> String {
    Unicode.Scalar(value).map { String(Character($0)) } ?? "no scalar \(value)"
  }

  private static let shapes = [
    String(repeating: "A", count: 1_000_000), String(repeating: "<", count: 5000),
    String(repeating: "\u{301}", count: 3000),
    "Z" + String(repeating: "\u{336}", count: 400), String(repeating: "很", count: 1500),
    String(repeating: "a b ", count: 1200),
    String(repeating: "\u{202E}", count: 100), " ", "  leading", "trailing  ",
    String(repeating: "<script>alert(1)</script>", count: 60),
    String(repeating: "-", count: 300), String(repeating: "_.", count: 400),
    String(repeating: "/", count: 300),
  ]

  /// Each call behind something that might end what stands around it.
  private static let wrapped: [String] = [
    "</title>", "</style>", "</script>", "\">", "'>", "--><!--", "</svg>", "</desc>", "]]>",
    "\u{22}\u{301}>",
  ].flatMap { end in calls.map { end + $0 } }
}
