"""What tests of pages stand on. PAGES names the folder that `report-samples` wrote; SHOTS, if set, a folder for pictures."""

import os
import pathlib
import unittest

from browser import Browser
from selenium.webdriver.common.by import By

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

    def unfold(self, section):
        """Opens a folded section, as its heading does."""
        self.one(f"#{section} > details > summary").click()

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
