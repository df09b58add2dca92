"""Files of others that we ship: exactly those we looked at, with their licences; and only icons we draw."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

DESK = Path(__file__).parents[3] / "src/amends/desk"
STATIC = DESK / "static"
PINNED = {
    "vendor/htmx-4.0.1.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
    "fonts/inter-latin-wght-normal.woff2": "3100e775e8616cd2611beecfa23a4263d7037586789b43f035236a2e6fbd4c62",
    "fonts/inter-latin-ext-wght-normal.woff2": "34b9c504cab7a73e37b746343a449132e56cf7b5481af2cb81dc74dcff25c956",
    "fonts/noto-sans-thai-thai-wght-normal.woff2": "1f5a173641bbcb3ca4fb0a986858b6b07f8cd5dd2ed61236b40548c7a3c7292f",
}


@pytest.mark.parametrize(("name", "digest"), PINNED.items())
def test_a_vendored_file_is_the_one_we_looked_at(name: str, digest: str) -> None:
    assert sha256((STATIC / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    "licence", ["vendor/htmx.LICENSE", "vendor/lucide.LICENSE", "fonts/Inter.LICENSE", "fonts/NotoSansThai.LICENSE"]
)
def test_it_carries_its_licence(licence: str) -> None:
    assert len((STATIC / licence).read_text(encoding="utf-8")) > 300


def test_the_sprite_holds_the_icons_we_use_and_no_others() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*DESK.rglob("*.html"), *DESK.rglob("*.py")]]
    used = {name for text in texts for name in re.findall(r'icon(?:_name=| |\()"([a-z0-9-]+)"', text)}
    used |= {"x", "triangle-alert", "info"} | {f"heat-{n}" for n in range(5)}
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    assert drawn == used


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in [*DESK.rglob("templates/**/*.html"), *STATIC.rglob("css/*.css"), *STATIC.rglob("js/*.js")]:
        assert not re.search(r"(?:src|href)=\"https?:|url\(\"?https?:", path.read_text(encoding="utf-8")), path
