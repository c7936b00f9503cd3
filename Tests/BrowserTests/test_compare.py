"""The comparison of runs."""

import re
import statistics

from pages import PageTest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select


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
        select.select_by_value("none")
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
        Select(self.one('[data-act="scatter-size"]')).select_by_value("none")
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
