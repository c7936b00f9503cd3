"""Texts that would rather be markup."""

from pages import PAGES, PageTest


class HostileText(PageTest):
    SKELETON = """
    const walk = node => node.tagName + [...node.attributes].map(a => a.name).filter(n => n !== 'aria-current').sort().join(',')
      + '(' + [...node.children].filter(c => c.tagName !== 'WBR').map(walk).join('') + ')';
    return walk(document.documentElement);
    """

    def test_runs_nothing_and_changes_no_structure(self):
        for kind in ("run", "compare", "index"):
            self.browser.open(PAGES / f"hostile/{kind}-0.html")
            plain = self.browser.js(self.SKELETON)
            pages = sorted(PAGES.glob(f"hostile/{kind}-*.html"), key=lambda p: int(p.stem.split("-")[1]))
            self.assertGreater(len(pages), 90)
            for page in pages:
                with self.subTest(page=page.name):
                    self.browser.open(page)
                    self.assertEqual(self.browser.js(self.SKELETON) == plain, True, "structure")
                    self.assert_quiet(page.name)
