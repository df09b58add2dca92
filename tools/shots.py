"""The README's pictures: a freshly seeded demo, in real Chromium, as an agent sees it."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.system_parts import chromium

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
SECONDS_TO_OPEN = 240
LONGEST_WAIT = 90_000
"""Milliseconds for a page: the encoder is loaded with the first."""
PORT = 8765  # the desk takes the next free one when this is busy
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --no-first-run --disable-sync"
)
LINK = re.compile(r"http\S+/once/\S+")
DRAFT = (
    "Hi Danielle, we are sorry for the inconvenience. The courier lost your mixer, and your daughter's cake waits. "
    "I will send a new red one by Friday and call you tomorrow at 10. It will never happen again.\n\nGrace"
)


def main() -> int:
    """Take every picture; 1 when there is no browser to take them with."""
    browser = chromium()
    if browser is None:
        print("Chromium is missing. To get it: apt-get install chromium")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="amends-shots-") as home:
        desk = _open_desk(home)
        try:
            _take_all(browser, _link(desk))
        finally:
            desk.terminate()
            desk.wait(timeout=20)
    print(f"Pictures are in {PICTURES.relative_to(ROOT)}. Next: look at every one of them.")
    return 0


def _open_desk(home: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("amends")), "demo", "--port", str(PORT)]
    surroundings = {**os.environ, "AMENDS_HOME": home}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT)


def _link(desk: subprocess.Popen[str]) -> str:
    """Return the log-in link once the desk behind it answers."""
    found = next((link for line in desk.stdout or () for link in LINK.findall(line)), "")
    health = found.partition("/log-in/")[0] + "/health"
    for _ in range(SECONDS_TO_OPEN):
        with contextlib.suppress(OSError), urllib.request.urlopen(health, timeout=5):
            return found
        time.sleep(1)
    raise RuntimeError("the demo did not open")


def _take_all(browser: str, link: str) -> None:
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=browser, args=FLAGS.split())
        page = chrome.new_page(viewport={"width": 1440, "height": 900})
        desk = link.partition("/log-in/")[0]
        page.set_default_timeout(LONGEST_WAIT)
        page.goto(link)
        page.get_by_role("button").last.click()
        page.wait_for_url(f"{desk}/")
        _take(page, "now")
        page.goto(f"{desk}/search/?q=Danielle")
        page.get_by_role("link", name=re.compile("Danielle")).first.click()
        _write(page)
        _take(page, "case")
        page.emulate_media(color_scheme="dark")
        _take(page, "case-dark")
        page.goto(f"{desk}/promises/")
        page.emulate_media(color_scheme="light")
        _take(page, "promises")
        chrome.close()


def _write(page: Page) -> None:
    composer = page.locator("[contenteditable]:visible, textarea:visible").first
    composer.click()
    composer.press_sequentially(DRAFT, delay=2)
    page.locator(".finding").first.wait_for()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
