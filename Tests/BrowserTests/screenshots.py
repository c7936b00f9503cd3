"""Pictures of the sample reports for the documentation: screenshots.py FOLDER"""

import os
import pathlib
import sys

from browser import Browser

PAGES = pathlib.Path(os.environ.get("PAGES", ".build/report-pages"))

# Name of the picture, page, width, height, theme, what to scroll to as a selector.
PICTURES = [
    ("report-light", "run", 1200, 820, "light", None),
    ("report-dark", "run", 1200, 820, "dark", None),
    ("report-errors", "run", 1200, 760, "light", "#errors"),
    ("report-narrow", "run", 360, 760, "light", None),
    ("compare-light", "compare-10", 1200, 820, "light", None),
    ("compare-curves", "compare-10", 1200, 820, "dark", "#curves"),
    ("index-light", "index", 1200, 640, "light", None),
]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    browser = Browser()
    try:
        for name, page, width, height, theme, section in PICTURES:
            browser.look(width, height, theme)
            browser.open(PAGES / f"{page}.html")
            if section:
                browser.js("document.querySelector(arguments[0]).scrollIntoView()", section)
                browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
            picture = browser.driver.get_screenshot_as_png()
            (folder / f"{name}.png").write_bytes(picture)
            print(f"{name}.png {len(picture)} bytes")
            if len(picture) > 200_000:
                sys.exit(f"{name}.png is larger than 200 kB")
    finally:
        browser.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Documentation/images"))
