"""A real desk in a home of its own, served by the real server, looked at in a real Chromium."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import QUIET
from tests.servers import free_port
from tools.system_parts import chromium as chromium_path

ROOT = Path(__file__).parents[3]
PASSWORD = "a-long-password"
WITHIN_MS = 90_000
"""How long is waited for what will come: a desk just opened still loads its packs, on a machine that does much else."""
WINDOWS_OF_ONE = 40
"""How many windows one person can open in the tests of a file, each with a session of its own."""
SEED = f"""
import json
import django; django.setup()
from django.core.management import call_command
from amends.desk import clock
from amends.desk.chaos.people import session_of
from amends.desk.models import Agent, Case
from amends.desk.operations.customer_page import token
from tests.desk.web.rows import found_desk
call_command("migrate", verbosity=0)
desk, people = found_desk(clock.now()), list(Agent.objects.all())
for agent in people:
    agent.set_password({PASSWORD!r}); agent.save()
sessions = {{agent.username: [session_of(agent) for _ in range({WINDOWS_OF_ONE})] for agent in people}}
print(json.dumps([token(desk["cases"][0], now=clock.now()), sessions]))
"""


class Served:
    """A running desk: its address, the signed word of one customer's page, and a way to act on its rows."""

    def __init__(self, address: str, environment: dict[str, str], founded: str) -> None:
        self.address, self._environment = address, environment
        self.token, self._sessions = json.loads(founded)

    def session_of(self, who: str) -> str:
        """Return the key of a session in which that person is logged in, another one each time."""
        return str(self._sessions[who].pop())

    def act(self, code: str) -> str:
        """Run code against the desk's rows, as another process would, and return what it printed."""
        return _run([sys.executable, "-c", "import django; django.setup()\n" + code], self._environment)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home of a desk full of people, made once, and what its making said: each file of tests gets a copy."""
    home = tmp_path_factory.mktemp("founded")
    return home, _run([sys.executable, "-c", SEED], _environment(home))


@pytest.fixture(scope="module")
def served(founded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk full of people on a free port."""
    port = free_port()
    home = shutil.copytree(founded[0], tmp_path_factory.mktemp("desk") / "home")
    environment = _environment(home) | {"AMENDS_PUBLIC_URL": f"http://127.0.0.1:{port}"}
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
        yield Served(f"http://127.0.0.1:{port}", environment, founded[1])
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
    expect.set_options(timeout=WITHIN_MS)
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
        context.set_default_timeout(WITHIN_MS)
        opened.append(context)
        if who:
            context.add_cookies([{"name": "sessionid", "value": served.session_of(who), "url": served.address}])
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()


def _environment(home: Path) -> dict[str, str]:
    of_its_own = {
        "AMENDS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "amends.desk.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | of_its_own


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
