"""The report of a run."""

import base64
import re

from colours import decode_png
from pages import PageTest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select


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
        self.unfold("steps")
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
        self.assertEqual(len([i for i in self.all(".gallery li") if i.is_displayed()]), 24, "those that stand open")

    def test_is_short_until_it_is_unfolded(self):
        for page in ("run", "artifact"):
            self.browser.look(1280)
            self.show(page)
            height = self.browser.js("return document.documentElement.scrollHeight")
            self.assertLess(height, 5 * 900)
            parts = self.browser.js("return [...document.querySelectorAll('section.part')].map(s => s.id)")
            entries = self.browser.js(
                "return [...document.querySelectorAll('.contents a')].map(a => a.getAttribute('href').slice(1))")
            self.assertEqual(parts, entries, "the list of sections follows the page")
            folded = self.browser.js("return [...document.querySelectorAll('section.folded')].map(s => s.id)")
            self.assertEqual(parts[len(parts) - len(folded):], folded, "what is folded stands last")

    def test_leads_into_a_folded_section(self):
        self.show("run")
        self.assertFalse(self.one("#provenance table").is_displayed())
        self.one('.contents a[href="#provenance"]').click()
        self.assertTrue(self.one("#provenance table").is_displayed())

    def test_marks_the_best_epoch_of_each_curve(self):
        self.show("run")
        marks = [node.text for node in self.all("#curves .mark.best text")]
        columns = self.browser.js(
            "return [...document.querySelectorAll('#curves figure')].map(f =>"
            " [...f.querySelectorAll('details tbody tr')].map(r => Number(r.children[2].textContent)))")
        expected = [columns[0].index(min(columns[0])) + 1, columns[1].index(max(columns[1])) + 1]
        self.assertEqual(marks, [f"best: epoch {epoch}" for epoch in expected])
        self.assertIn("weights of epoch 20", self.one(".headline").text)
        self.assertIn("n = 10,000", self.one(".headline").text)

    def test_tiles_leave_no_hole(self):
        for width in (400, 768, 1280):
            self.browser.look(width)
            self.show("run")
            boxes = self.browser.js(
                "return [...document.querySelectorAll('.numbers > div')].map(d => d.getBoundingClientRect()).map(r => [r.top, r.left, r.right])")
            edge = self.browser.js("return document.querySelector('.numbers').getBoundingClientRect().right")
            for top in {round(box[0]) for box in boxes}:
                self.assertAlmostEqual(max(box[2] for box in boxes if round(box[0]) == top), edge, delta=1)

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

    def test_shows_settings_that_differ_and_finds_any(self):
        self.show("run")
        rows = lambda of: [row.text for row in self.all(of) if row.is_displayed()]
        made = rows("#settings tr")
        self.assertEqual(len(made), 10)
        self.assertFalse(any("beta1" in row for row in made))
        self.unfold("all-settings")
        rows = lambda: [row.text for row in self.all("#settings-table tbody tr:not(:first-child)") if row.is_displayed()]
        self.assertEqual(len(rows()), 16)
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
        self.unfold("norms")
        self.assertEqual(len(self.all("#norms .spread")), 8)
        for plot in self.all("#norms .spread"):
            paths = plot.find_elements(By.CSS_SELECTOR, "path")
            self.assertEqual(len(paths), 5)
            self.assertTrue(all(path.is_displayed() for path in paths))

    def test_holds_the_log_and_the_spec(self):
        self.show("run")
        self.assertIn("stage.start", self.text("#log [aria-label='Log of the run']"))
        self.assertEqual(self.one("#spec pre").find_elements(By.CSS_SELECTOR, "span")[0].get_attribute("textContent"), "version: 1")

    def test_zooms_by_dygraphs_where_it_is_in_the_file(self):
        self.show("run")
        if not self.browser.js("return typeof window.Dygraph === 'function'"):
            self.skipTest("the sample pages were written without dygraphs")
        self.unfold("steps")
        button, other = self.all('[data-act="explore"]')[:2]
        # Away from the list of sections, which stays at the top.
        press = lambda node: (self.browser.js("arguments[0].scrollIntoView({block: 'center'})", node), node.click())
        press(button)
        press(other)
        self.assertEqual(len(self.all("#curves .zoom canvas")) >= 2, True)
        press(other)
        self.assertEqual(self.all("#steps .zoom"), [])
        self.assertEqual(len(self.all("#curves .zoom canvas")) >= 2, True)
        self.one('[data-act="theme"]').click()
        press(self.one('[data-act="log"]'))
        press(button)
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
