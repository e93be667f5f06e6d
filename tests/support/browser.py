"""A Chromium without a window, and what it says of a page."""

import json
import shutil
import tempfile
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service as Driver

# As root there is no sandbox; nothing may ask an address outside this machine.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1400,900"]


class Browser:
    def __init__(self):
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        options = Options()
        options.binary_location = shutil.which("chromium")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        for flag in [*FLAGS, f"--user-data-dir={self._profile}"]:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Driver(shutil.which("chromedriver")))

    def open(self, url: str, width: int = 1400, height: int = 900, dark: bool = False) -> None:
        self._console_and_requests()
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        self.resize(width, height)
        self.driver.get(url)

    def resize(self, width: int, height: int) -> None:
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def run(self, script: str, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """Of the element, as it is in the document, shown or not; empty if there is none."""
        return self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def said(self) -> tuple[list[str], set[str]]:
        """Since the last call or `open`: lines of the console, and the hosts that were asked."""
        return self._console_and_requests()

    def _console_and_requests(self) -> tuple[list[str], set[str]]:
        lines = [entry["message"] for entry in self.driver.get_log("browser")]
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return lines, {urllib.parse.urlsplit(url).netloc for url in urls}

    def screenshot(self, name: str, whole: bool = True) -> None:
        if whole:
            width = self.run("return innerWidth")
            self.resize(width, self.run("return document.documentElement.scrollHeight"))
        self.driver.save_screenshot(name)

    def close(self) -> None:
        self.driver.quit()
        shutil.rmtree(self._profile, ignore_errors=True)
