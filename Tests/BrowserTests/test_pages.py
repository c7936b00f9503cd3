"""Reports in a real browser: Tests/BrowserTests/run test [CLASS[.test]…]

PAGES names the folder that `report-samples` wrote; SHOTS, if set, a folder for pictures.
"""

import base64
import os
import pathlib
import re
import statistics
import struct
import sys
import unittest
import zlib

from browser import Browser
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

PAGES = pathlib.Path(os.environ.get("PAGES", ".build/report-pages"))
SHOTS = os.environ.get("SHOTS")
WIDTHS = (320, 768, 1440)
THEMES = ("light", "dark")
ALL = ("artifact", "run", "regression", "failed", "compare-2", "compare-10", "compare-50", "compare-classes",
       "compare-apart", "index")


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.driver = cls.browser.driver

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def setUp(self):
        self.browser.scripts(True)
        self.browser.look()

    def show(self, name):
        self.browser.open(PAGES / f"{name}.html")

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.browser.js("return document.querySelector(arguments[0]).textContent", selector)

    def assert_quiet(self, name):
        self.assertEqual(self.browser.messages(), [], f"{name}: console")
        self.assertEqual(self.browser.requests(), [], f"{name}: requests")
        self.assertEqual(self.browser.trapped(), [], f"{name}: traps")


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


class RunPage(PageTest):
    def test_sorts_the_table_of_classes(self):
        self.show("run")
        table = "#errors table[data-sortable]"
        column = lambda place: self.browser.js(
            "return [...document.querySelectorAll(arguments[0] + ' tbody tr')].map(r => r.children[arguments[1]].textContent)",
            table, place)
        before = column(0)
        heading = self.all(table + " thead th")[3]
        heading.find_element(By.CSS_SELECTOR, "button").click()
        self.assertEqual(heading.get_attribute("aria-sort"), "descending")
        values = [float(text) for text in column(3)]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertNotEqual(column(0), before)
        # By the keyboard as well.
        heading.find_element(By.CSS_SELECTOR, "button").send_keys(Keys.ENTER)
        self.assertEqual(heading.get_attribute("aria-sort"), "ascending")
        values = [float(text) for text in column(3)]
        self.assertEqual(values, sorted(values))
        self.all(table + " thead th button")[0].click()
        self.assertEqual(column(0), sorted(before, key=str.lower))
        self.assertEqual(heading.get_attribute("aria-sort"), "none")

    def test_smooths_over_every_point_with_the_bias_taken_out(self):
        self.show("run")
        line = "#curves figure .line"
        before = self.one(line).get_attribute("d")
        values = self.column(2)
        slider = self.one('[data-act="smooth"]')
        self.browser.js(
            "arguments[0].value = 0.8; arguments[0].dispatchEvent(new Event('input'))", slider)
        self.settle()
        self.assertNotEqual(self.one(line).get_attribute("d"), before)
        self.assertEqual(self.text("[data-smooth]"), "0.8")
        self.assertEqual(len(self.all("#curves figure:first-child .raw")), 2)
        shown = self.hover(0, 1.0)
        average, bias = 0.0, 1.0
        for value in values:
            average, bias = 0.8 * average + 0.2 * value, bias * 0.8
        self.assertAlmostEqual(float(re.search(r"validation\s*([\d.]+)", shown).group(1)),
                               average / (1 - bias), places=3)
        self.browser.js(
            "arguments[0].value = 0; arguments[0].dispatchEvent(new Event('input'))", slider)
        self.settle()
        self.assertEqual(self.points(self.one(line).get_attribute("d")), self.points(before))

    def column(self, place):
        """A column of the first chart's table of data."""
        return [float(text) for text in self.browser.js(
            "return [...document.querySelectorAll('#curves figure:first-child details tbody tr')]"
            ".map(r => r.children[arguments[0]].textContent)", place)]

    def settle(self):
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))")

    @staticmethod
    def points(path):
        """The places of a path, whether written in relative or in absolute numbers."""
        x = y = 0
        points = []
        for command, arguments in re.findall(r"([MLlh])([-\d. ]*)", path):
            numbers = [int(number) for number in re.findall(r"-?\d+", arguments)]
            if command == "l":
                x, y = x + numbers[0], y + numbers[1]
            elif command != "h":
                x, y = numbers
            points.append((x, y))
        return points

    def hover(self, chart, part):
        area = self.all("#curves .catch")[chart]
        self.browser.js("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", area)
        box = area.size
        ActionChains(self.driver).move_to_element_with_offset(
            area, int((part - 0.5) * (box["width"] - 4)), 0).perform()
        return self.all("#curves .hover")[chart].text

    def test_shows_values_under_the_pointer(self):
        self.show("run")
        first = self.hover(0, 0.0)
        self.assertIn("epoch 1", first)
        self.assertIn("train", first)
        self.assertAlmostEqual(
            float(re.search(r"train\s*([\d.]+)", first).group(1)), self.column(1)[0], places=3)
        self.assertEqual(len(self.all("#curves .cursor")), 2, "the cursor stands in both charts")

    def test_log_scale_moves_the_ticks(self):
        self.show("run")
        ticks = lambda: self.browser.js(
            "return [...document.querySelectorAll('#curves figure:first-child .axis.y text')].map(t => t.getAttribute('y'))")
        before = ticks()
        self.one('[data-act="log"]').click()
        self.assertNotEqual(ticks(), before)
        self.one('[data-act="log"]').click()
        self.assertEqual(self.points(self.one("#curves .line").get_attribute("d"))[0][0], 0)

    def test_puts_steps_and_time_across(self):
        self.show("run")
        place = "return document.querySelector('#curves figure .dot').getAttribute('cx')"
        ticks = lambda: [node.text for node in self.all("#curves figure:first-child .axis.x text")]
        before = ticks(), self.browser.js(place)
        select = Select(self.one('#curves [data-act="across"]'))
        select.select_by_visible_text("steps")
        self.assertEqual(ticks()[0], "step")
        # An epoch is as many steps everywhere: the same places under other numbers.
        self.assertAlmostEqual(float(self.browser.js(place)[:-1]), float(before[1][:-1]), places=1)
        self.assertGreater(max(float(text) for text in ticks()[1:]), 1000)
        select.select_by_visible_text("time")
        self.assertEqual(ticks()[0], "seconds")
        # This run went on from epoch 8, so nothing before has a time of it.
        self.assertLess(max(float(text) for text in ticks()[1:]), 60)
        select.select_by_visible_text("epochs")
        self.assertEqual(ticks(), before[0])
        self.assertAlmostEqual(float(self.browser.js(place)[:-1]), float(before[1][:-1]), places=1)
        self.assert_quiet("run")
        self.show("artifact")
        self.assertEqual(self.all('[data-act="across"], #run-times'), [])

    def test_shows_what_somebody_wrote(self):
        self.show("run")
        self.assertEqual([node.text for node in self.all(".hero .chip")], ["baseline", "paper"])
        self.assertIn("Twice the width", self.one(".hero [role=note]").text)
        self.show("compare-10")
        self.assertIn("worth a longer run", self.one("#notes").text)
        self.show("index")
        self.assertEqual([node.text for node in self.all("#index-table .chip")], ["best"])
        self.one('[data-act="find"]').send_keys("twice as large")
        self.assertEqual(len([row for row in self.all("#index-table tbody tr") if row.is_displayed()]), 3)
        self.show("artifact")
        self.assertEqual(self.all(".chip, .said"), [])

    def test_leaves_outliers_out(self):
        self.show("run")
        tick = lambda: self.browser.js(
            "return document.querySelector('#steps .axis.y text:last-of-type').textContent")
        path = lambda: self.one("#steps .line").get_attribute("d")
        self.one('#steps [data-act="log"]').click()
        self.one('#steps [data-act="log"]').click()
        before = path()
        self.one('#steps [data-act="outliers"]').click()
        self.assertNotEqual(path(), before)
        self.one('#steps [data-act="outliers"]').click()
        self.assertEqual(path(), before)
        self.assert_quiet("run")

    def test_saves_figures_as_files(self):
        self.show("run")
        # What the links would have saved, without saving it.
        self.browser.js(
            "window.saved = []; URL.createObjectURL = blob => (window.saved.push(blob), 'about:blank');"
            "HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };")
        self.browser.js("document.querySelectorAll('#curves figure:first-child .saves button').forEach(b => b.click())")
        texts = self.driver.execute_async_script(
            "const done = arguments[0]; Promise.all(window.saved.map(s => s.text ? s.text() : s)).then(done)")
        self.assertEqual(texts[1::2], ["loss.csv", "loss.svg"])
        self.assertEqual(texts[0].splitlines()[0], "epoch,train,validation")
        self.assertEqual(len(texts[0].splitlines()), 21)
        # A picture by itself: the browser draws it, and its lines have their colours.
        size = self.driver.execute_async_script(
            "const [text, done] = arguments, image = new Image();"
            "image.onload = () => done([image.naturalWidth, image.naturalHeight]); image.onerror = () => done(null);"
            "image.src = 'data:image/svg+xml,' + encodeURIComponent(text);", texts[2])
        self.assertTrue(size and size[0] > 300 and size[1] > 240, size)
        self.assertIn('stroke="rgb(', texts[2])

    def test_leads_from_a_cell_to_its_samples(self):
        self.show("run")
        link = self.one(".matrix td a")
        pair = self.browser.js("return arguments[0].closest('td').dataset.pair", link)
        link.click()
        shown = [item for item in self.all(".gallery li") if item.is_displayed()]
        self.assertTrue(shown)
        self.assertEqual({item.get_attribute("data-pair") for item in shown}, {pair})
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("data-pair"), pair)
        self.one('[data-act="all-samples"]').click()
        self.assertEqual(len([i for i in self.all(".gallery li") if i.is_displayed()]), 48)

    def test_matrix_turns_into_shares(self):
        self.show("run")
        cell = self.one(".matrix tbody td")
        self.assertEqual(cell.text, "909")
        self.one("#matrix-shares").click()
        self.assertEqual(cell.text, "91%")

    def test_pictures_are_those_of_the_samples(self):
        self.show("run")
        sizes = self.browser.js(
            "return [...document.querySelectorAll('.gallery img')].map(i => [i.naturalWidth, i.naturalHeight])")
        self.assertEqual(sizes, [[28, 28]] * 48)
        url = self.one(".gallery img").get_attribute("src")
        pixels = decode_png(base64.b64decode(url.split(",", 1)[1]))
        drawn = self.browser.js(
            "const i = document.querySelector('.gallery img'), c = document.createElement('canvas');"
            "c.width = c.height = 28; const g = c.getContext('2d'); g.drawImage(i, 0, 0);"
            "return [...g.getImageData(0, 0, 28, 28).data].filter((_, k) => k % 4 === 0)")
        self.assertEqual(pixels, drawn)

    def test_finds_settings_and_hides_defaults(self):
        self.show("run")
        rows = lambda: [row.text for row in self.all("#settings-table tbody tr:not(:first-child)") if row.is_displayed()]
        self.assertEqual(len(rows()), 16)
        self.one("#hide-defaults").click()
        self.assertEqual(len(rows()), 10)
        self.one('[data-act="find"]').send_keys("learning_rate")
        self.assertEqual(len(rows()), 1)
        self.assertIn("learning_rate", rows()[0])

    def test_copies_the_command(self):
        self.show("run")
        self.browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        button = self.one('[data-act="copy"]')
        button.click()
        self.driver.execute_async_script("setTimeout(arguments[0], 300)")
        selected = self.browser.js("return String(getSelection())")
        self.assertTrue(button.text == "Copied" or "pipeline run" in selected)
        self.assert_quiet("run")

    def test_tells_how_to_get_the_result_again(self):
        self.show("run")
        lines = [line.text for line in self.all(".reproduce code")]
        self.assertTrue(lines and all(line.startswith("pipeline ") for line in lines), lines)

    def test_shows_how_weights_and_gradients_were_spread(self):
        self.show("run")
        self.assertEqual(len(self.all("#norms .spread")), 8)
        for plot in self.all("#norms .spread"):
            paths = plot.find_elements(By.CSS_SELECTOR, "path")
            self.assertEqual(len(paths), 5)
            self.assertTrue(all(path.is_displayed() for path in paths))

    def test_holds_the_log_and_the_spec(self):
        self.show("run")
        self.assertIn("stage.start", self.text("#run [aria-label='Log of the run']"))
        self.assertEqual(self.all("#run pre")[1].find_elements(By.CSS_SELECTOR, "span")[0].get_attribute("textContent"), "version: 1")

    def test_zooms_by_dygraphs_where_it_is_in_the_file(self):
        self.show("run")
        if not self.browser.js("return typeof window.Dygraph === 'function'"):
            self.skipTest("the sample pages were written without dygraphs")
        button, other = self.all('[data-act="explore"]')[:2]
        button.click()
        other.click()
        self.assertEqual(len(self.all("#curves .zoom canvas")) >= 2, True)
        other.click()
        self.assertEqual(self.all("#steps .zoom"), [])
        self.assertEqual(len(self.all("#curves .zoom canvas")) >= 2, True)
        self.one('[data-act="theme"]').click()
        self.one('[data-act="log"]').click()
        button.click()
        self.assertEqual(self.all("#curves .zoom"), [])
        self.assertTrue(self.one("#curves .plot").is_displayed())
        self.browser.js("localStorage.clear()")
        self.assert_quiet("run")

    def test_keyboard_reaches_everything_that_acts(self):
        self.show("run")
        reached = set()
        body = self.one("body")
        for _ in range(400):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            node = self.driver.switch_to.active_element
            if node == body:
                break
            outline = self.browser.js(
                "const s = getComputedStyle(arguments[0]); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1", node)
            self.assertTrue(outline, "focus can be seen on " + node.get_attribute("outerHTML")[:80])
            reached.add(node.id)
        wanted = [n for n in self.all("button, a[href], input:not([type=radio]), summary") if n.is_displayed()]
        self.assertEqual([n.get_attribute("outerHTML")[:90] for n in wanted if n.id not in reached], [])


class ComparePage(PageTest):
    def test_shows_differences_only_until_asked(self):
        self.show("compare-10")
        rows = lambda: [row for row in self.all("#settings .diff tbody tr") if row.is_displayed()]
        self.assertEqual(len(rows()), 4)
        self.assertIn("4 of 17 settings differ", self.one("#settings").text)
        self.one("#settings .show-all").click()
        self.assertEqual(len(rows()), 17)
        self.one("#settings .show-all").click()
        self.assertEqual(len(rows()), 4)

    def test_changes_the_baseline(self):
        self.show("compare-10")
        cell = lambda run, place: self.browser.js(
            "return document.querySelector('#runs-table tr[data-run=\"' + arguments[0] + '\"]').children[arguments[1]].textContent", run, place)
        changed = lambda run: self.browser.js(
            "return [...document.querySelector('.changes tr[data-run=\"' + arguments[0] + '\"]').children].slice(1, 4).map(c => c.textContent)", run)
        forward = cell(1, 2)
        matrix = self.one(".matrix-change tbody td").text
        fixed, broken, net = changed(1)
        self.assertEqual(cell(0, 2), "")
        Select(self.one('[data-act="baseline"]')).select_by_value("1")
        self.assertEqual(cell(1, 2), "")
        backward = cell(0, 2)
        self.assertEqual(forward.replace("+", "−").replace("▲", "▼"), backward)
        self.assertEqual(self.all("#runs-table tr.baseline")[0].get_attribute("data-run"), "1")
        self.assertEqual(changed(0)[:2], [broken, fixed])
        self.assertEqual(changed(1)[2], "–")
        self.assertNotEqual(self.one(".matrix-change tbody td").text, matrix)
        self.assertEqual(self.one(".matrix-change .letter").text, "A")
        differs = self.browser.js(
            "return [...document.querySelectorAll('#settings .diff tbody tr')].filter(r => r.children[2].classList.contains('differs')).length")
        self.assertEqual(differs, 0, "the new baseline differs from itself nowhere")
        Select(self.one('[data-act="baseline"]')).select_by_value("0")
        self.assertEqual(cell(1, 2), forward)
        self.assertEqual(changed(1), [fixed, broken, net])
        self.assertEqual(self.one(".matrix-change tbody td").text, matrix)
        self.assert_quiet("compare-10")

    def test_every_baseline_gives_the_page_that_would_have_been_written(self):
        """Cells after choosing the first run again are those that the program wrote."""
        self.show("compare-10")
        cells = lambda: self.browser.js(
            "return [...document.querySelectorAll('#runs-table td, .changes td.num, .matrix-change td, .diff td, .first-differences li')]"
            ".map(c => [c.textContent, [...c.classList].sort().join(' ')].join('|'))")
        before = cells()
        for run in ("5", "9", "0"):
            Select(self.one('[data-act="baseline"]')).select_by_value(run)
        self.assertEqual(cells(), before)

    def test_sorts_runs_by_a_metric(self):
        self.show("compare-10")
        self.all("#runs-table thead tr:last-child th button")[1].click()
        values = [float(v) for v in self.browser.js(
            "return [...document.querySelectorAll('#runs-table tbody tr')].map(r => r.children[1].dataset.v)")]
        self.assertEqual(values, sorted(values, reverse=True))

    def test_hides_a_line_everywhere(self):
        self.show("compare-10")
        visible = lambda: [line.is_displayed() for line in self.all('.line[data-run="3"]')]
        self.assertTrue(all(visible()) and len(visible()) == 5)
        self.one('[data-act="show"][value="3"]').click()
        self.assertFalse(any(visible()))
        self.one('[data-act="show"][value="3"]').click()
        self.assertTrue(all(visible()))

    def test_brings_a_run_forward(self):
        self.show("compare-10")
        row = self.one('#runs-table tr[data-run="2"] th')
        ActionChains(self.driver).move_to_element(row).perform()
        strong = {line.get_attribute("data-run") for line in self.all(".line.strong")}
        self.assertEqual(strong, {"2"})

    def test_says_where_numbers_do_not_compare(self):
        self.show("compare-apart")
        self.assertIn("Not comparable", self.one(".banner").text)
        self.show("compare-10")
        self.assertEqual(self.all(".banner"), [])

    def test_fifty_long_runs_open_at_once(self):
        times = []
        for _ in range(5):
            self.show("large")
            times.append(self.browser.js(
                "const n = performance.getEntriesByType('navigation')[0],"
                "p = performance.getEntriesByName('first-contentful-paint')[0];"
                "return Math.max(n.loadEventEnd, p ? p.startTime : 0)"))
        # The best of several: what else the machine does is not the page's.
        self.assertLess(min(times), 2000, times)
        self.assertIn("10,000 points drawn as at most 2,000", self.one("#curves").text)
        self.assert_quiet("large")


    def test_draws_groups_as_mean_and_band(self):
        self.show("compare-10")
        select = Select(self.one('[data-act="group"]'))
        before = self.one("#curves .line").get_attribute("d")
        select.select_by_visible_text("batch_size")
        self.assertEqual(len(self.all("#curves figure:first-child .group-mean")), 3)
        self.assertIn("batch_size=64", self.one("[data-group-legend]").text)
        # Where a group has one value everywhere it is its own mean: the groups together are all runs.
        runs = [int(text) for text in re.findall(r"· (\d+) run", self.one("[data-group-legend]").text)]
        self.assertEqual(sum(runs), 10)
        select.select_by_value("")
        self.assertEqual(self.all("#curves .group-mean, #curves .group-band"), [])
        self.assertFalse(self.one("[data-group-legend]").is_displayed())
        self.assertEqual(self.one("#curves .line").is_displayed(), True)
        self.assertTrue(before)
        self.assert_quiet("compare-10")

    def test_draws_runs_over_their_own_time(self):
        self.show("compare-10")
        ends = ("return [...document.querySelectorAll('#curves figure:first-child .line')].map(p =>"
                " Number(p.getAttribute('d').split(/[ML]/).pop().split(' ')[0]))")
        select = Select(self.one('#curves [data-act="across"]'))
        select.select_by_visible_text("time")
        found = self.browser.js(ends)
        # A batch four times as large is through sooner.
        self.assertEqual(max(found), 4000)
        self.assertLess(found[3], found[2])
        self.assertLess(found[2], found[0])
        Select(self.one('[data-act="group"]')).select_by_visible_text("batch_size")
        self.assertEqual(len(self.all("#curves figure:first-child .group-mean")), 3)
        select.select_by_visible_text("epochs")
        Select(self.one('[data-act="group"]')).select_by_index(0)
        self.assertEqual(set(self.browser.js(ends)), {4000})
        self.assert_quiet("compare-10")

    def test_turns_axes_upside_down_and_back(self):
        self.show("compare-10")
        lines = lambda: [line.get_attribute("d") for line in self.all(".parallel .line")]
        before = lines()
        buttons = self.all("[data-flips] button")
        self.assertEqual(len(buttons), len(self.all(".parallel .axis-name")))
        buttons[-1].click()
        self.assertNotEqual(lines(), before)
        self.assertEqual(buttons[-1].get_attribute("aria-pressed"), "true")
        buttons[-1].click()
        self.assertEqual(lines(), before)

    def test_tells_which_settings_go_with_a_metric(self):
        self.show("compare-10")
        rows = self.all("#effects table")[0].find_elements(By.CSS_SELECTOR, "tbody tr")
        self.assertEqual(len(rows), 4)
        self.assertRegex(rows[0].text, r"ρ [+−±][01]\.\d\d")

    def test_lays_plots_over_one_another(self):
        self.show("compare-2")
        self.assertEqual(len(self.all("#plots .hbars rect")), 10)
        self.assertEqual(len(self.all("#plots .side-by-side img")), 2)
        visible = lambda: [node.is_displayed() for node in self.all('#plots .hbars [data-run="1"], #plots .side-by-side [data-run="1"], #plots .cloud[data-run="1"]')]
        self.assertTrue(all(visible()))
        self.one('[data-act="show"][value="1"]').click()
        self.assertFalse(any(visible()))
        self.one('[data-act="show"][value="1"]').click()
        self.assertTrue(all(visible()))
        self.assert_quiet("compare-2")

    def test_draws_any_two_settings_or_metrics(self):
        self.show("compare-10")
        points = lambda: self.browser.js(
            "return [...document.querySelectorAll('.scatter .points circle')].map(c => [c.dataset.run, c.getAttribute('cx'), c.getAttribute('cy'), c.getAttribute('r')])")
        before = points()
        self.assertEqual(len(before), 10)
        across = Select(self.one('[data-act="scatter-x"]'))
        chosen = across.first_selected_option.get_attribute("value")
        across.select_by_visible_text("test loss")
        self.assertNotEqual(points(), before)
        self.assertEqual(self.text(".scatter .axis.x .name"), "test loss")
        Select(self.one('[data-act="scatter-size"]')).select_by_visible_text("test accuracy")
        self.assertGreater(len({point[3] for point in points()}), 3)
        Select(self.one('[data-act="scatter-size"]')).select_by_value("")
        across.select_by_value(chosen)
        rounded = lambda rows: [[row[0]] + [round(float(text.rstrip("%")), 1) for text in row[1:]] for row in rows]
        self.assertEqual(rounded(points()), rounded(before), "as the program drew it")
        self.assert_quiet("compare-10")

    def test_draws_boxes_and_a_metric_as_colour(self):
        self.show("compare-10")
        act = lambda name, text: Select(self.one(f'[data-act="scatter-{name}"]')).select_by_visible_text(text)
        act("x", "batch_size")
        # Five of ten runs have a batch of 64: a box of their middle half, by an oracle of its own.
        boxes = self.all(".scatter .box")
        self.assertEqual(len(boxes), 1)
        data = self.browser.js("return JSON.parse(document.getElementById('scatter-data').textContent)")
        axes = {axis["name"]: axis["values"] for axis in data["axes"]}
        up = axes[Select(self.one('[data-act="scatter-y"]')).first_selected_option.text]
        group = [v for v, batch in zip(up, axes["batch_size"]) if batch == 64]
        low, _, high = statistics.quantiles(group, n=4, method="inclusive")
        expected = 0.9 * (high - low) / (max(up) - min(up)) * 300
        self.assertAlmostEqual(float(boxes[0].get_attribute("height")), expected, delta=0.06)
        act("y", "weight_decay")
        act("colour", "test accuracy")
        self.assertIn("(full)", self.text("[data-tint]"))
        labels = [node.text for node in self.all(".scatter .points text")]
        self.assertTrue(len(labels) == 10 and all("%" in text for text in labels), labels)
        self.assertEqual(len({node.get_attribute("class") for node in self.all(".scatter .run-dot")} & {"run-dot t0", "run-dot t8"}), 2)
        act("colour", "the run")
        self.assertFalse(self.one("[data-tint]").is_displayed())
        self.assert_quiet("compare-10")

    def test_says_what_a_forest_explains(self):
        self.show("compare-10")
        table = self.all("#effects table")[1]
        self.assertEqual(table.find_element(By.CSS_SELECTOR, "tbody th").text, "learning_rate")
        explained = [cell.text for cell in table.find_elements(By.CSS_SELECTOR, "tfoot td")]
        self.assertEqual(len(explained), 3)
        self.assertIn("explains nothing of validation accuracy (R² " + explained[2] + ")", self.text(".forest-note"))
        column = [row.text for row in table.find_elements(By.CSS_SELECTOR, "tbody td:last-child")]
        self.assertEqual(set(column), {"–"})

    def test_draws_a_surface_through_the_runs_and_nowhere_else(self):
        self.show("compare-10")
        self.one('[data-act="scatter-surface"]').click()
        chosen = [Select(self.one(f'[data-act="scatter-{name}"]')).first_selected_option.text for name in ("x", "y", "colour")]
        self.assertEqual(chosen, ["batch_size", "learning_rate", "test accuracy"], "two settings, and what was up as colour")
        shape = lambda: self.browser.js("""
            const dots = [...document.querySelectorAll('.scatter .points .run-dot')].map(c => [parseFloat(c.getAttribute('cx')) * 10, c.getAttribute('cy') / 0.3, +c.getAttribute('class').slice(-1)]);
            const bands = [...document.querySelectorAll('.scatter .surface .band')].map(b => [+b.getAttribute('class').slice(-1),
              b.getAttribute('d').split('Z').filter(Boolean).map(p => p.slice(1).split('L').map(q => q.split(' ').map(Number)))]);
            return [dots, bands];""")
        dots, bands = shape()
        self.assertEqual(len(dots), 10)
        # No hole and no overlap, nothing outside: the parts are as large as the hull of the runs, by an
        # oracle of its own.
        area = lambda points: abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2
        outline = hull([tuple(dot[:2]) for dot in dots])
        parts = sum(area(part) for _, band in bands for part in band)
        self.assertGreater(area(outline), 100_000)
        self.assertAlmostEqual(parts, area(outline), delta=area(outline) * 1e-3)
        # A run that stands alone lies in the band of its own value.
        corner = lambda dot, part: min(abs(dot[0] - p[0]) + abs(dot[1] - p[1]) for p in part) < 0.1
        alone = [dot for dot in dots if sum(abs(dot[0] - d[0]) + abs(dot[1] - d[1]) < 0.1 for d in dots) == 1]
        self.assertGreater(len(alone), 4)
        for dot in alone:
            self.assertEqual({k for k, band in bands if any(corner(dot, part) for part in band)}, {dot[2]}, dot)
        self.assertIn("Delaunay", self.text("[data-tint]"))
        self.assertEqual(self.text("[data-scatter-title]"), "test accuracy over batch_size and learning_rate")
        self.assertGreater(len(self.all(".scatter .strip rect")), 8)
        self.assertEqual(self.browser.violations(["color-contrast", "svg-img-alt"]), [])
        turn = lambda run: self.browser.js("document.querySelector(`[data-act=show][value='${arguments[0]}']`).click()", run)
        # A run that is not shown has no part in it; of three nothing is said.
        turn(3)
        self.assertNotEqual(shape(), [dots, bands])
        for run in range(4, 10):
            turn(run)
        self.assertEqual(self.all(".scatter .surface"), [])
        self.assertIn("No surface: it takes runs at four places", self.text("[data-tint]"))
        for run in range(3, 10):
            turn(run)
        self.assertEqual(shape(), [dots, bands])
        # Texts have no places between them.
        Select(self.one('[data-act="scatter-x"]')).select_by_visible_text("model")
        self.assertIn("it takes numbers", self.text("[data-tint]"))
        self.assertEqual(self.all(".scatter .surface"), [])
        self.one('[data-act="scatter-surface"]').click()
        Select(self.one('[data-act="scatter-colour"]')).select_by_value("")
        self.assertEqual((self.all(".scatter .surface"), self.all(".scatter .strip")), ([], []))
        self.assert_quiet("compare-10")

    def test_draws_without_a_script_what_the_script_draws(self):
        drawn = """
            const within = document.querySelector(arguments[0]), all = (name, of) => [...within.querySelectorAll(name)].map(of);
            const places = text => text.split(/[MLZ]/).filter(Boolean).map(q => q.split(' ').map(Number));
            return {
              parts: all('.surface path', p => p.getAttribute('d').split('Z').filter(Boolean).map(places)),
              dots: all('.run-dot', c => [parseFloat(c.getAttribute('cx')), +c.getAttribute('cy'), +c.getAttribute('r')]),
              shades: all('.surface path, .run-dot, .points text', c => c.getAttribute('class')),
              axes: all('.axis text', t => t.textContent), labels: all('.points text', t => t.textContent),
              range: all('.strip text', t => t.textContent).sort(), shown: within.checkVisibility()
            };"""
        near = lambda a, b: (len(a) == len(b) and all(near(p, q) for p, q in zip(a, b))) if isinstance(a, list) else abs(a - b) < 0.06
        for name in ("compare-10", "compare-50"):
            with self.subTest(page=name):
                self.browser.scripts(False)
                self.show(name)
                self.browser.scripts(True)
                still = self.browser.js(drawn, ".still svg")
                note, title = self.text(".still .note"), self.text(".still h3")
                self.browser.look(320, theme="dark")
                self.assertLessEqual(self.browser.js("return document.documentElement.scrollWidth"), 320)
                self.assertEqual(self.browser.violations(["color-contrast", "svg-img-alt", "heading-order", "duplicate-id-aria"]), [])
                self.browser.look()
                self.show(name)
                self.assertFalse(self.one(".still").is_displayed())
                self.one('[data-act="scatter-surface"]').click()
                script = self.browser.js(drawn, ".scatter")
                self.assertGreater(len(still["parts"]), 6)
                self.assertTrue(still["shown"] and script["shown"])
                for key in ("parts", "dots"):
                    self.assertTrue(near(still[key], script[key]), f"{key}: {still[key]} {script[key]}")
                for key in ("shades", "axes", "range"):
                    self.assertEqual(still[key], script[key])
                # Half of a hundredth is rounded up in decimals there, in binary here.
                number = re.compile(r"\d+\.\d+")
                for one, other in zip(still["labels"], script["labels"], strict=True):
                    self.assertEqual(number.sub("", one), number.sub("", other))
                    self.assertAlmostEqual(float(number.findall(one + "0.0")[0]), float(number.findall(other + "0.0")[0]), delta=0.0101)
                self.assertEqual((note, title), (self.text("[data-tint]"), self.text("[data-scatter-title]")))
                self.assert_quiet(name)

    def test_prints_the_surface_once(self):
        self.browser.look(media="print")
        self.show("compare-10")
        still = self.one(".still")
        self.assertTrue(still.is_displayed())
        for act in ('[data-act="scatter-surface"]', '[data-act="show"][value="3"]'):
            turn = lambda: self.browser.js("document.querySelector(arguments[0]).click()", act)
            turn()
            self.assertFalse(still.is_displayed(), act)
            turn()
            self.assertTrue(still.is_displayed())

    def test_saves_the_surface(self):
        self.show("compare-10")
        self.one('[data-act="scatter-surface"]').click()
        self.browser.js(
            "window.saved = []; URL.createObjectURL = blob => (window.saved.push(blob), 'about:blank');"
            "HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };"
            "document.querySelectorAll('#scatter .saves button').forEach(b => b.click())")
        texts = self.driver.execute_async_script(
            "const done = arguments[0]; Promise.all(window.saved.map(s => s.text ? s.text() : s)).then(done)")
        name = "test-accuracy-over-batch-size-and-learning-rate"
        self.assertEqual(texts[1::2], [name + ".csv", name + ".svg"])
        self.assertEqual(len(texts[0].splitlines()), 11)
        self.assertIn('class="band t8"', texts[2])

    def test_shows_the_lines_of_specs_that_differ(self):
        self.show("compare-10")
        lines = lambda: [(node.get_attribute("class"), node.get_attribute("textContent"))
                         for node in self.all(".spec-change:first-child pre span")]
        before = lines()
        self.assertIn(("removed", "−     optimizer: {adam: {learning_rate: 0.001}}"), before)
        self.assertIn(("added", "+     optimizer: {adam: {learning_rate: 0.003}}"), before)
        Select(self.one('[data-act="baseline"]')).select_by_value("1")
        self.assertIn(("removed", "−     optimizer: {adam: {learning_rate: 0.003}}"), lines())
        Select(self.one('[data-act="baseline"]')).select_by_value("0")
        self.assertEqual(lines(), before)
        self.assert_quiet("compare-10")

    def test_shows_many_classes_as_pictures(self):
        self.show("compare-classes")
        cells = lambda: self.browser.js(
            "return [...document.querySelectorAll('.matrix-change .map rect, .matrix-change td, .matrix-change tbody th')]"
            ".map(r => [r.getAttribute('class') || '', r.getAttribute('x'), r.getAttribute('y'), r.textContent].join(' '))")
        before = cells()
        self.assertGreater(len(before), 300)
        Select(self.one('[data-act="baseline"]')).select_by_value("2")
        self.assertNotEqual(cells(), before)
        Select(self.one('[data-act="baseline"]')).select_by_value("0")
        self.assertEqual(cells(), before)
        self.assert_quiet("compare-classes")

    def test_draws_every_matrix_of_fifty_runs(self):
        self.show("compare-50")
        self.assertEqual(len(self.all(".matrix-change")), 49)
        Select(self.one('[data-act="baseline"]')).select_by_value("49")
        self.assertEqual(len([block for block in self.all(".matrix-change") if block.is_displayed()]), 49)
        self.assert_quiet("compare-50")


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


class Graphics(PageTest):
    def test_shows_the_picture_that_is_chosen(self):
        self.show("regression")
        figure = self.one(".graphic-figure")
        variants = figure.find_elements(By.CSS_SELECTOR, ".variant")
        self.assertEqual([one.is_displayed() for one in variants], [True] + [False] * (len(variants) - 1))
        select = Select(figure.find_element(By.CSS_SELECTOR, '[data-act="choice"]'))
        self.assertEqual(len(select.options), len(variants))
        self.assertEqual(figure.find_elements(By.CSS_SELECTOR, ".other-choices"), [])
        select.select_by_index(len(variants) - 1)
        self.assertEqual([one.is_displayed() for one in variants].count(True), 1)
        self.assertFalse(variants[0].is_displayed())
        select.select_by_index(0)
        self.assertTrue(variants[0].is_displayed())
        self.assert_quiet("regression")

    def test_shows_a_part_of_the_axis_that_is_dragged_over(self):
        self.show("regression")
        plot = self.all(".graphic-figure .variant:not([hidden]) svg.graphic")[1]
        self.browser.js("arguments[0].scrollIntoView({block: 'center'})", plot)
        box = lambda: self.browser.js(
            "const p = arguments[0].getBoundingClientRect();"
            "return [...arguments[0].querySelectorAll('.field > rect')].map(r => r.getBoundingClientRect())"
            ".map(r => [(r.left - p.left) / p.width, r.width / p.width])", plot)
        before = box()
        width = plot.rect["width"]
        ActionChains(self.browser.driver).move_to_element_with_offset(plot, -int(width / 4), 0).click_and_hold() \
            .move_by_offset(int(width / 2), 0).release().perform()
        after = box()
        # The middle half fills the field: places grow twofold around it.
        for (left, wide), (moved, wider) in zip(before, after):
            self.assertAlmostEqual(moved, (left - 0.25) * 2, delta=0.02)
            self.assertAlmostEqual(wider, wide * 2, delta=0.02)
        whole = plot.find_element(By.XPATH, "ancestor::div[@class='graphic-body']").find_element(
            By.CSS_SELECTOR, '[data-act="whole"]')
        self.assertTrue(whole.is_displayed())
        whole.click()
        self.assertEqual(box(), before)
        self.assertFalse(whole.is_displayed())
        self.assert_quiet("regression")


    def test_shows_in_other_charts_what_is_selected_in_one(self):
        self.show("regression")
        body = next(one for one in self.all(".graphic-body") if one.find_elements(By.CSS_SELECTOR, "[data-brush]"))
        self.browser.js("arguments[0].scrollIntoView({block: 'center'})", body)
        selects = [Select(one) for one in body.find_elements(By.CSS_SELECTOR, "[data-selection]")]
        chosen = lambda: [one.first_selected_option.text for one in selects]
        shown = lambda: [one for one in body.find_elements(By.CSS_SELECTOR, ".variant") if one.is_displayed()]
        plots = lambda: shown()[0].find_elements(By.CSS_SELECTOR, "svg.graphic")
        bars = lambda: [bar.find_element(By.TAG_NAME, "title").get_attribute("textContent").split("trials: ")[1].split("\n")[0]
                        for bar in plots()[1].find_elements(By.CSS_SELECTOR, "rect[data-pick]")]
        self.assertEqual((chosen(), bars()), (["all", "all"], ["12"] * 5))
        plot, width = plots()[0], plots()[0].rect["width"]
        ActionChains(self.browser.driver).move_to_element_with_offset(plot, int(width / 5), 0).click_and_hold() \
            .move_by_offset(int(width / 4), 0).release().perform()
        self.assertEqual(len(shown()), 1)
        stretch = chosen()[0]
        self.assertRegex(stretch, r"^[\d.]+ – [\d.]+$")
        self.assertLess(sum(map(int, bars())), 60)
        # A click beside all points lets go.
        ActionChains(self.browser.driver).move_to_element_with_offset(
            plots()[0], -int(width / 2) + 4, -int(plots()[0].rect["height"] / 2) + 4).click().perform()
        self.assertEqual((chosen(), bars()), (["all", "all"], ["12"] * 5))
        # A bar stands for its width: points of others turn grey; a second click lets go.
        before = plots()[0].get_attribute("innerHTML")
        ActionChains(self.browser.driver).click(plots()[1].find_elements(By.CSS_SELECTOR, "rect[data-pick]")[2]).perform()
        self.assertEqual(chosen()[0], "all")
        self.assertEqual(chosen()[1], "64")
        self.assertNotEqual(plots()[0].get_attribute("innerHTML"), before)
        # One selection at a time: the other is let go of, by the keyboard too.
        selects[0].select_by_visible_text(stretch)
        self.assertEqual(chosen(), [stretch, "all"])
        selects[0].select_by_index(0)
        self.assertEqual((chosen(), bars()), (["all", "all"], ["12"] * 5))
        self.assert_quiet("regression")

    def test_goes_with_a_run_that_is_hidden(self):
        self.show("compare-2")
        marks = lambda run: [mark.is_displayed() for mark in self.all(
            f'#plots .graphic-figure .graphic [data-run="{run}"], #plots .graphic-figure li[data-run="{run}"]')]
        self.assertGreater(len(marks(1)), 10)
        self.assertTrue(all(marks(0)) and all(marks(1)))
        self.all('[data-act="show"]')[1].click()
        self.assertTrue(all(marks(0)) and not any(marks(1)))
        self.all('[data-act="show"]')[1].click()
        self.assertTrue(all(marks(1)))
        self.assert_quiet("compare-2")


class Recordings(PageTest):
    def test_plays_out_of_the_file(self):
        for page in ("regression", "compare-2"):
            self.show(page)
            for player in self.all("#plots audio"):
                length = self.browser.driver.execute_async_script(
                    "const [player, done] = arguments; player.preload = 'auto'; player.load();"
                    "if (player.readyState > 0) done(player.duration);"
                    "player.addEventListener('loadedmetadata', () => done(player.duration));"
                    "player.addEventListener('error', () => done(-1));", player)
                self.assertAlmostEqual(length, 0.25, places=2)
                self.assertTrue(self.browser.js("return arguments[0].paused", player))
            self.assertEqual(len(self.all("#plots audio")), 1 if page == "regression" else 2)
            self.assert_quiet(page)


class Objects(PageTest):
    # Colours of what is seen of the canvas and of the picture at the same places, from 0 to 255.
    PAIRS = """
    const [body, done] = arguments, canvas = body.querySelector('canvas'), svg = body.querySelector('svg');
    const box = canvas.getBoundingClientRect(), own = canvas.getContext('2d'), probe = document.createElement('canvas').getContext('2d');
    const seen = [], places = [];
    for (let x = 20; x < box.width; x += 9) for (let y = 12; y < box.height; y += 9) places.push([x, y]);
    const drawn = places.map(([x, y]) => [...own.getImageData(x, y, 1, 1).data]);
    body.classList.remove('turns');
    const still = svg.getBoundingClientRect();
    const colour = (x, y) => {
      const top = document.elementFromPoint(still.left + x, still.top + y), face = top && top.closest('.faces path');
      if (!face) return top && top.closest('.cross') ? 'cross' : null;
      probe.fillStyle = getComputedStyle(face).fill;
      probe.fillRect(0, 0, 1, 1);
      return [...probe.getImageData(0, 0, 1, 1).data];
    };
    // At the edge of a face either side will do.
    places.forEach(([x, y], place) => seen.push([
      drawn[place], [[0.5, 0.5], [-1, 0], [2, 0], [0, -1], [0, 2]].map(([dx, dy]) => colour(x + dx, y + dy))]));
    body.classList.add('turns');
    done(seen);
    """
    INK = """
    const canvas = arguments[0], data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum = (sum * 31 + data[i]) % 1000003;
    return sum;
    """

    def settle(self):
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))")

    def assert_quiet(self, name):
        # Chromium has advice for who reads a canvas often, which only these tests do.
        messages = [one for one in self.browser.messages() if "willReadFrequently" not in one]
        self.assertEqual(messages, [], f"{name}: console")
        super().assert_quiet(name)

    def ink(self, canvas):
        self.settle()
        return self.browser.js(self.INK, canvas)

    def test_turns_by_dragging_and_by_keys_and_back(self):
        self.show("regression")
        bodies = self.all("#plots [data-object]")
        self.assertEqual(len(bodies), 3)
        for body in bodies:
            canvas = body.find_element(By.CSS_SELECTOR, "canvas")
            self.browser.js("arguments[0].scrollIntoView({block: 'center'})", canvas)
            self.assertFalse(body.find_element(By.CSS_SELECTOR, "svg").is_displayed())
            first = self.ink(canvas)
            ActionChains(self.driver).drag_and_drop_by_offset(canvas, 60, 20).perform()
            dragged = self.ink(canvas)
            self.assertNotEqual(dragged, first)
            ActionChains(self.driver).move_to_element_with_offset(canvas, 30, 30).perform()
            self.assertEqual(self.ink(canvas), dragged, "nothing turns that is not held")
            body.find_element(By.XPATH, "..").find_element(By.CSS_SELECTOR, '[data-act="view"]').click()
            self.assertEqual(self.ink(canvas), first)
            self.browser.js("arguments[0].focus()", canvas)
            seen = {first}
            for key in (Keys.ARROW_LEFT, Keys.ARROW_UP, "+", "-", Keys.ARROW_DOWN, Keys.ARROW_RIGHT):
                ActionChains(self.driver).send_keys(key).perform()
                last = self.ink(canvas)
                seen.add(last)
            self.assertEqual(last, first, "each key has one that undoes it")
            self.assertEqual(len(seen), 4, "left, left and up, and larger")
            for _ in range(24):
                ActionChains(self.driver).send_keys(Keys.ARROW_LEFT).perform()
            self.assertEqual(self.ink(canvas), first, "a whole turn")
            names = self.browser.js(
                "return arguments[0].getAttribute('aria-labelledby').split(' ').map(i => document.getElementById(i).textContent)", canvas)
            self.assertRegex(names[1], r"in a box of .* × .* × ")
        self.assert_quiet("regression")

    def test_draws_without_a_script_what_the_script_draws(self):
        for theme in THEMES:
            self.browser.look(theme=theme)
            self.show("regression")
            for body in self.all("#plots [data-object]")[:2]:
                self.browser.js("arguments[0].scrollIntoView({block: 'center'})", body)
                self.settle()
                pairs = self.driver.execute_async_script(self.PAIRS, body)
                pairs = [one for one in pairs if "cross" not in one[1]]
                self.assertGreater(len([one for one in pairs if one[1][0]]), 150)
                # On the object the same is drawn, beside it nothing.
                alike = [any(all(abs(a - b) < 14 for a, b in zip(drawn, still)) if still else drawn[3] == 0
                             for still in around) for drawn, around in pairs]
                self.assertGreater(sum(alike) / len(alike), 0.95, theme)
            self.assert_quiet("regression")

    def test_follows_the_theme(self):
        self.show("regression")
        canvas = self.one("#plots [data-object] canvas")
        light = self.ink(canvas)
        self.browser.look(theme="dark")
        self.assertNotEqual(self.ink(canvas), light)
        self.browser.look()
        self.assertEqual(self.ink(canvas), light)

    def test_stands_still_without_a_script_and_on_paper(self):
        self.browser.scripts(False)
        self.show("regression")
        self.browser.scripts(True)
        self.assertEqual(self.all("#plots canvas"), [])
        for body in self.all("#plots [data-object]"):
            self.assertTrue(body.find_element(By.CSS_SELECTOR, "svg").is_displayed())
        self.show("regression")
        self.browser.look(media="print")
        for body in self.all("#plots [data-object]"):
            self.assertTrue(body.find_element(By.CSS_SELECTOR, "svg").is_displayed())
            self.assertFalse(body.find_element(By.CSS_SELECTOR, "canvas").is_displayed())
        self.assert_quiet("regression")

    def test_turns_those_of_all_runs_together(self):
        self.show("compare-2")
        canvases = self.all("#plots li [data-object] canvas")
        self.assertGreaterEqual(len(canvases), 4)
        before = [self.ink(canvas) for canvas in canvases]
        self.browser.js("arguments[0].focus()", canvases[0])
        ActionChains(self.driver).send_keys(Keys.ARROW_LEFT).perform()
        after = [self.ink(canvas) for canvas in canvases]
        figure = "return arguments[0].closest('figure').querySelector('h3').textContent"
        for canvas, was, now in zip(canvases, before, after):
            self.assertEqual(was != now, self.browser.js(figure, canvas) == "A ring")
        self.assert_quiet("compare-2")


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


def hull(points):
    """The corners around points (Andrew 1979)."""
    def half(points):
        chain = []
        for p in points:
            while len(chain) > 1 and (chain[-1][0] - chain[-2][0]) * (p[1] - chain[-2][1]) <= (chain[-1][1] - chain[-2][1]) * (p[0] - chain[-2][0]):
                chain.pop()
            chain.append(p)
        return chain[:-1]
    points = sorted(set(points))
    return half(points) + half(points[::-1])


def linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour):
    r, g, b = (linear(value) for value in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
EYES = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def see(colour, matrix):
    light = [linear(value) for value in colour]
    return [min(max(sum(m * v for m, v in zip(row, light)), 0), 1) for row in matrix]


def lab(light):
    r, g, b = light
    xyz = (0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b)
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def decode_png(data):
    """The grey values of a PNG, by the zlib of Python: an oracle for our own encoder."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, width = 8, b"", 0
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        (check,) = struct.unpack(">I", data[place + 8 + length:place + 12 + length])
        assert check == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width = struct.unpack(">II", body[:8])[0]
        if kind == b"IDAT":
            pixels += body
        place += 12 + length
    rows = zlib.decompress(pixels)
    return [value for i, value in enumerate(rows) if i % (width + 1)]


class Result(unittest.TextTestResult):
    """Counts what passed, so that the last line can say it."""

    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main():
    loader = unittest.TestLoader()
    names = sys.argv[1:]
    here = sys.modules[__name__]
    suite = loader.loadTestsFromNames(names, here) if names else loader.loadTestsFromModule(here)
    result = unittest.TextTestRunner(resultclass=Result, verbosity=2).run(suite)
    # A subtest that fails has its own entry, so tests are counted by their identity.
    broken = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})
    skipped = f", {len(result.skipped)} skipped" if result.skipped else ""
    print(f"{result.passed} passed, {broken} failed{skipped}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
