"""What holds for every page, and the page over all runs."""

import base64
import pathlib

from colours import EYES, contrast, lab, see
from pages import ALL, SHOTS, THEMES, WIDTHS, PageTest
from selenium.webdriver.common.by import By


class EveryPage(PageTest):
    def test_opens_without_a_message_or_a_request(self):
        for name in ALL:
            with self.subTest(page=name):
                self.show(name)
                self.assertTrue(self.text("h1").strip())
                self.assert_quiet(name)

    def test_never_scrolls_sideways(self):
        for name in ALL:
            for width in WIDTHS:
                with self.subTest(page=name, width=width):
                    self.browser.look(width)
                    self.show(name)
                    self.assertLessEqual(
                        self.browser.js("return document.documentElement.scrollWidth"), width)

    def test_has_no_violation_that_axe_knows(self):
        # Fifty runs have the elements of ten, five times.
        for name in [name for name in ALL if name != "compare-50"]:
            for theme in THEMES:
                with self.subTest(page=name, theme=theme):
                    self.browser.look(theme=theme)
                    self.show(name)
                    # Long tables are rows of the same cells: the first ones stand for all.
                    self.browser.js(
                        "document.querySelectorAll('details').forEach(d => d.open = true);"
                        "document.querySelectorAll('details tbody').forEach(b => [...b.rows].slice(6).forEach(r => r.remove()));")
                    # The theme changes colours and nothing else.
                    rules = None if theme == "light" else ["color-contrast"]
                    self.assertEqual(self.browser.violations(rules), [])

    def test_follows_the_system_theme_and_the_button(self):
        for name in ("run", "compare-2", "index"):
            self.show(name)
            paper = lambda: self.browser.js("return getComputedStyle(document.body).backgroundColor")
            self.browser.js("localStorage.clear()")
            self.show(name)
            light = paper()
            self.browser.look(theme="dark")
            dark = paper()
            self.assertNotEqual(light, dark)
            self.one('[data-act="theme"]').click()
            self.assertEqual(paper(), light)
            self.show(name)
            self.assertEqual(paper(), light, "the choice is kept")
            self.one('[data-act="theme"]').click()
            self.assertEqual(paper(), dark)
            self.browser.js("localStorage.clear()")
            self.browser.look()
            self.assert_quiet(name)

    def test_is_complete_without_scripts(self):
        for name in ALL:
            with self.subTest(page=name):
                self.browser.scripts(False)
                self.show(name)
                # The page's own scripts are off; the driver's still answer.
                self.browser.scripts(True)
                self.assertFalse(self.browser.js("return document.documentElement.classList.contains('js')"))
                self.assertEqual(
                    [node.text for node in self.all(".needs-js") if node.is_displayed()], [])
                for chart in self.all("svg[role=img]"):
                    folded = self.browser.js("return !!arguments[0].closest('details:not([open])')", chart)
                    self.assertTrue(folded or chart.is_displayed())
                    title, description = (
                        self.browser.js(
                            "return document.getElementById(arguments[0].getAttribute('aria-labelledby')"
                            ".split(' ')[arguments[1]]).textContent", chart, place)
                        for place in (0, 1))
                    self.assertTrue(title.strip() and description.strip())
                self.assertEqual(len(self.all("section.part")) > 0, True)

    def test_charts_have_a_table_beside_them(self):
        for name in ("run", "compare-10", "regression"):
            self.show(name)
            # A matrix is a table itself, and a picture has its words.
            for figure in self.all("figure.figure:not(.plot-figure)"):
                self.assertGreater(len(figure.find_elements(By.CSS_SELECTOR, "details table tbody tr")), 0)

    def test_prints_on_white(self):
        for name in ("run", "compare-2"):
            self.browser.look(theme="dark", media="print")
            self.show(name)
            self.assertEqual(
                self.browser.js("return getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")
            self.assertFalse(self.one(".contents").is_displayed())
            printed = base64.b64decode(self.browser.command("Page.printToPDF", printBackground=True)["data"])
            self.assertTrue(printed.startswith(b"%PDF-") and len(printed) > 20_000)

    def test_lines_stand_out_from_the_paper(self):
        self.show("run")
        for theme in THEMES:
            self.browser.look(theme=theme)
            paper = self.colour("--paper")
            for index in range(8):
                # Lines need 3, their names at the ends are text and need 4.5.
                self.assertGreaterEqual(contrast(self.colour(f"--s{index}"), paper), 4.5, f"{theme} s{index}")

    def test_colours_stay_apart_for_every_eye(self):
        self.show("run")
        for theme in THEMES:
            self.browser.look(theme=theme)
            colours = [self.colour(f"--s{index}") for index in range(8)]
            for eye, matrix in EYES.items():
                seen = [lab(see(colour, matrix)) for colour in colours]
                # The first four, of which most charts have no more, stay well apart by colour alone;
                # all eight can be told apart, with dashes and names to help.
                for i in range(8):
                    for j in range(i):
                        distance = sum((a - b) ** 2 for a, b in zip(seen[i], seen[j])) ** 0.5
                        self.assertGreaterEqual(distance, 14 if i < 4 else 5.9, f"{theme} {eye} s{j} s{i}")

    def colour(self, name):
        text = self.browser.js(
            "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim()", name)
        if len(text) == 4:
            text = "#" + "".join(digit * 2 for digit in text[1:])
        return tuple(int(text[i:i + 2], 16) / 255 for i in (1, 3, 5))

    def test_takes_pictures(self):
        folder = pathlib.Path(SHOTS) if SHOTS else None
        for name in ("run", "compare-10", "index"):
            for theme in THEMES:
                for width in WIDTHS:
                    self.browser.look(width, theme=theme)
                    self.show(name)
                    self.browser.full_height(width, theme)
                    picture = self.driver.get_screenshot_as_png()
                    self.assertGreater(len(picture), 20_000)
                    if folder:
                        folder.mkdir(parents=True, exist_ok=True)
                        (folder / f"{name}-{theme}-{width}.png").write_bytes(picture)


class IndexPage(PageTest):
    def test_finds_and_sorts_runs(self):
        self.show("index")
        rows = lambda: [row for row in self.all("#index-table tbody tr") if row.is_displayed()]
        self.assertEqual(len(rows()), 14)
        self.one('[data-act="find"]').send_keys("failed")
        self.assertEqual(len(rows()), 2)
        self.one('[data-act="find"]').clear()
        self.one('[data-act="find"]').send_keys(" ")
        self.assertEqual(len(rows()), 14)
        self.all("#index-table thead th button")[4].click()
        seconds = [float(v) for v in self.browser.js(
            "return [...document.querySelectorAll('#index-table tbody tr')].map(r => r.children[4].dataset.v)")]
        self.assertEqual(seconds, sorted(seconds, reverse=True))
