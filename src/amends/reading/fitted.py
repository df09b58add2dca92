"""The coefficients that tools/fit_heat.py fitted, as they stand in weights/heat.toml."""

import tomllib
from functools import cache
from importlib import resources

from amends.vocabulary import JsonObject


@cache
def fitted() -> JsonObject:
    """Return everything that was fitted for this version, table by table."""
    file = resources.files("amends.reading") / "weights" / "heat.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
