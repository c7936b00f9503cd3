"""A headless Chromium without a network, and what its pages did while they were looked at."""

import json
import os
import pathlib
import shutil

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

AXE = pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js"

# Runs in every page before its own scripts: whoever calls one of these was let in by a mistake.
TRAPS = """
window.__trapped = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"])
  window[name] = function () { window.__trapped.push(name); };
window.addEventListener("securitypolicyviolation", event =>
  window.__trapped.push("policy: " + event.violatedDirective + " " + event.blockedURI));
window.addEventListener("error", event => window.__trapped.push("error: " + event.message), true);
"""


class Browser:
    """One Chromium process; every page is opened from its file, with every name unresolvable."""

    def __init__(self):
        options = Options()
        options.binary_location = os.environ.get("CHROMIUM") or shutil.which("chromium")
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--hide-scrollbars", "--force-device-scale-factor=1", "--window-size=1280,900",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking",
        ):
            options.add_argument(argument)
        options.set_capability(
            "goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
        self.driver = webdriver.Chrome(service=Service(driver), options=options)
        # A page may be looked at for long on a machine that has much else to do.
        self.driver.command_executor.client_config.timeout = 900
        self.driver.set_page_load_timeout(300)
        self.driver.set_script_timeout(600)
        self.command("Network.enable")
        self.command("Network.emulateNetworkConditions",
                     offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.command("Page.addScriptToEvaluateOnNewDocument", source=TRAPS)
        self.look()

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def look(self, width=1280, height=900, theme="light", media=""):
        """Sets the size of the window, the system's theme, and screen or paper."""
        self.command("Emulation.setDeviceMetricsOverride",
                     width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": theme},
                               {"name": "prefers-reduced-motion", "value": "reduce"}])

    def scripts(self, allowed):
        self.command("Emulation.setScriptExecutionDisabled", value=not allowed)

    def open(self, path):
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(pathlib.Path(path).resolve().as_uri())

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def messages(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """The addresses asked for since the page was opened, but for the page itself."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] != "Network.requestWillBeSent":
                continue
            url = message["params"]["request"]["url"]
            if not url.startswith("data:") and url.split("#")[0] != self.driver.current_url.split("#")[0]:
                found.append(url)
        return found

    def trapped(self):
        return self.js("return window.__trapped")

    def full_height(self, width, theme):
        """Makes the window as tall as the page, so that a picture holds all of it."""
        self.look(width, 900, theme)
        height = self.js("return document.documentElement.scrollHeight")
        self.look(width, min(height, 16000), theme)

    def violations(self, rules=None):
        """What axe-core finds by all or some of its rules, as one line a rule with its first places."""
        self.js(AXE.read_text(encoding="utf-8") + "; window.axe = axe;")
        result = self.driver.execute_async_script(
            "const [rules, done] = arguments;"
            "const options = {resultTypes: ['violations'], elementRef: false};"
            "if (rules) options.runOnly = {type: 'rule', values: rules};"
            "axe.run(document, options).then("
            "r => done({violations: r.violations}), e => done({error: String(e)}));", rules)
        if "error" in result:
            return [result["error"]]
        return [
            f"{rule['id']}: {rule['help']}: "
            + "; ".join(" ".join(map(str, node["target"])) + " " + node.get("failureSummary", "").replace("\n", " ")
                        for node in rule["nodes"][:3])
            for rule in result["violations"]
        ]

    def close(self):
        self.driver.quit()
