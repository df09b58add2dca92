"""A real desk in a home of its own, served by the real server, looked at in a real Chromium."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers import free_port
from tools.system_parts import chromium as chromium_path

ROOT = Path(__file__).parents[3]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
    "--disable-sync",
]  # fmt: skip
PASSWORD = "a-long-password"
SEED = f"""
import django; django.setup()
from amends.desk import clock
from amends.desk.models import Agent, Case
from amends.desk.operations.customer_page import token
from tests.desk.web.rows import found_desk
desk = found_desk(clock.now())
for agent in Agent.objects.all():
    agent.set_password({PASSWORD!r}); agent.save()
print(token(desk["cases"][0], now=clock.now()))
"""


class Served:
    """A running desk: its address, the signed word of one customer's page, and a way to act on its rows."""

    def __init__(self, address: str, token: str, environment: dict[str, str]) -> None:
        self.address, self.token, self._environment = address, token, environment

    def act(self, code: str) -> str:
        """Run code against the desk's rows, as another process would, and return what it printed."""
        return _run([sys.executable, "-c", "import django; django.setup()\n" + code], self._environment)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk full of people on a free port."""
    port = free_port()
    environment = os.environ | {
        "AMENDS_HOME": str(tmp_path_factory.mktemp("desk")), "DJANGO_SETTINGS_MODULE": "amends.desk.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "AMENDS_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    _run([sys.executable, "-m", "django", "migrate", "-v0"], environment)
    token = _run([sys.executable, "-c", SEED], environment).strip()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "amends.desk.asgi:application",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        yield Served(f"http://127.0.0.1:{port}", token, environment)
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium; where there is none the test is skipped by name, but not in CI."""
    found = chromium_path()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `window("aino", width=390, theme="dark", scripts=False)`."""
    opened: list[BrowserContext] = []

    def open_window(who: str = "", *, width: int = 1440, theme: str = "light", scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=served.address, viewport={"width": width, "height": 900}, color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts, locale="en-GB",
        )  # fmt: skip
        opened.append(context)
        page = context.new_page()
        if who:
            page.goto("/log-in/")
            page.fill("#id_username", who)
            page.fill("#id_password", PASSWORD)
            page.click("button.go")
            page.wait_for_url(lambda url: "log-in" not in url)
        return page

    yield open_window
    for context in opened:
        context.close()


def _run(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def _wait_for(address: str) -> None:
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        try:
            urlopen(address).close()
            return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)
