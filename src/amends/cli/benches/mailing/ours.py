"""Our side of `amends bench mail`, in a process and a home of its own: keep every mail of a folder, then file it."""

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

from amends.cli.at_desk import run_command
from amends.vocabulary import JsonObject

AT_ONCE: Final = 50
FILED_AT_ONCE: Final = 25
"""As a worker does it."""
KIB: Final = 1024
"""In a MiB."""


def main(act: str, folder: str) -> None:
    """Print one JSON object about the mails of this folder; AMENDS_HOME names an empty home."""
    os.environ |= {"AMENDS_ENCODER": "none", "AMENDS_LOG_LEVEL": "CRITICAL"}
    os.environ.pop("DATABASE_URL", None)
    run_command("migrate", verbosity=0)
    _models().Brand.objects.create(name="Lumi & Co", address="care@lumi.example")
    files = sorted(Path(folder).iterdir())
    print(json.dumps(_large(files) if act == "large" else _all(files)))


def _all(files: list[Path]) -> JsonObject:
    receive, triage, now = _module("operations.receive"), _module("operations.triage"), _module("clock").now
    raws = [file.read_bytes() for file in files]
    ids, began = [], time.perf_counter()
    for first in range(0, len(raws), AT_ONCE):
        group = [receive.Delivery(raw=raw, channel="file") for raw in raws[first : first + AT_ONCE]]
        ids += [ending.raw_id for ending in receive.receive_all(group, now=now())]
    kept_s = time.perf_counter() - began
    began, cpu = time.perf_counter(), time.process_time()
    each = list(dict.fromkeys(ids))
    for first in range(0, len(each), FILED_AT_ONCE):
        triage.file_all(each[first : first + FILED_AT_ONCE], now=now())
    filed_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    return {
        "kept_per_s": round(len(raws) / kept_s, 1),
        "filed_per_s": round(len(raws) / (kept_s + filed_s), 1),
        "filed_cpu_ms": round(1000 * cpu_s / len(raws), 2),
        "seen": _seen(),
        "rows": _models().Message.objects.count(),
    }


def _seen() -> dict[str, JsonObject]:
    """Return each mail as people see it: its case and its words."""
    said = _models().Message.objects.values_list("internet_message_id", "conversation__case_id", "text", "new_text")
    return {name: {"place": case, "text": text, "new": new} for name, case, text, new in said}


def _large(files: list[Path]) -> JsonObject:
    receive, triage, now = _module("operations.receive"), _module("operations.triage"), _module("clock").now
    small = receive.receive(b"Message-ID: <small@x>\r\n\r\nhello", channel="file", now=now())
    triage.file_message(small.raw_id, now=now())
    figures: JsonObject = {}
    for file in files:
        before_mib = _peak_mib()
        began = time.perf_counter()
        receipt = receive.receive(file.read_bytes(), channel="file", now=now())
        triage.file_message(receipt.raw_id, now=now())
        took_s = time.perf_counter() - began
        figures[file.stem] = {"seconds": round(took_s, 2), "more_memory_mib": round(_peak_mib() - before_mib, 1)}
    return figures


def _peak_mib() -> float:
    """Return the most memory that this process and its largest living child, the reader of mails, ever had."""
    reading = max((_high_water_mib(path) for path in _children()), default=0.0)
    return _high_water_mib(Path("/proc/self/status")) + reading


def _children() -> list[Path]:
    tasks = Path("/proc/self/task").glob("*/children")
    return [Path(f"/proc/{pid}/status") for task in tasks for pid in task.read_text().split()]


def _high_water_mib(status: Path) -> float:
    # Not ru_maxrss: that begins with what our parent had when it started us.
    found = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(next(found, "0")) / KIB


def _models() -> Any:
    return _module("models")


def _module(name: str) -> Any:
    """Return a module of the desk, which cannot be loaded before the home is chosen."""
    return importlib.import_module(f"amends.desk.{name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
