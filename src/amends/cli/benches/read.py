"""`amends bench read`: how fast and how rightly `amends read` answers, beside what others would pick."""

import argparse
import json
import re
import resource
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from amends.cli.benches import lines
from amends.cli.benches.feelings.judging import Scored, is_labelled, judged
from amends.cli.benches.feelings.peers import PEERS, asked
from amends.cli.benches.sides import show
from amends.cli.named_language import named_language
from amends.cli.read import answer
from amends.engines.choose import embedder, encoder_gap
from amends.languages.guess import language
from amends.measures.ranking import auroc
from amends.reading.read import read
from amends.reading.sparing import fitted_spare, is_sure
from amends.reading.values import Reading
from amends.vocabulary import AmendsError, JsonObject

NAME: Final = "read"
HELP: Final = f"""What a customer feels, reports and asks for.

Each line is what `amends read` reads. Lines are repeated until --lines are done; the first pass warms up and is counted
apart. One JSON object comes out: lines per second and CPU time a line of the always-on tier, also of lines that are new
to it (the second half of the file), and peak memory of this process; with --full also of both tiers over the lines of
the file (each once: the encoder remembers lines it has seen), for each doubt that may spare the encoder the share of
lines it is asked about and the AUROC of anger, and the peak memory of a worker: a new process that reads the lines with
both tiers and does nothing else.

Where every line is labelled ("intensity" 0-4, or "anger" true or false; "complaint" or "negative") it also says how
rightly: AUROC of anger and of negativity, with 95 % intervals. With --peers, {", ".join(sorted(set(PEERS.values())))}
answer the same lines: they are installed into a throwaway folder; one that cannot run here is left out by name. They
score how negative a text is; none was made for customers' messages.

examples:
  amends bench read lines.jsonl --lines 1000
  amends bench read labelled.jsonl --language en --full --peers
"""
STATUS: Final = Path("/proc/self/status")
PEAK: Final = re.compile(r"VmHWM:\s+(\d+) kB")
SHOWN: Final = ("anger", "negative", "cpu_ms_p50", "lines_per_cpu_second")
SPARES: Final = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which lines, how many answers, their language, and who else answers."""
    lines.configure(parser)
    parser.add_argument(
        "--language", type=named_language, help="the language of all lines (default: what most of them look like)"
    )
    parser.add_argument("--full", action="store_true", help="time both tiers too, with the encoder")
    parser.add_argument("--peers", action="store_true", help="install the other libraries, and ask them")


def run(args: argparse.Namespace) -> int:
    """Print a table on standard error where lines are labelled, and one JSON object; return the exit status."""
    rows = lines.rows_of(args.file)
    figures = {"bench": NAME, **lines.measured(partial(answer, tier="quick"), rows, lines=args.lines)}
    if args.peers and not all(map(is_labelled, rows)):
        raise AmendsError('Peers are measured on labelled lines only: give each line its "intensity" or "anger".')
    told = [{**row, "language": args.language or _tongue(rows)} for row in rows]
    sides = {"amends, always on": [_ours(row, with_encoder=False) for row in told]}
    if args.full:
        if gap := encoder_gap():
            raise AmendsError(f"Both tiers cannot be timed here: {gap}")
        embedder().embed(["warm"])
        sides["amends"] = [_ours(row, with_encoder=True) for row in told]
        figures["full"] = _full(told, sides["amends"])
    if all(map(is_labelled, rows)):
        figures |= _judged(told, sides, peers=args.peers)
        show(figures, SHOWN, said=_said)
    print(json.dumps(figures))
    return 0


def _tongue(rows: Sequence[JsonObject]) -> str:
    seen = [str(row.get("language") or language(str(row["text"]))[0]) for row in rows]
    return max(set(seen), key=seen.count)


def _ours(row: JsonObject, *, with_encoder: bool) -> Scored:
    before = time.process_time_ns()
    found = _read(row, with_encoder=with_encoder, spare=None)
    spent = (time.process_time_ns() - before) / 1e6
    # "anger": anger at anything, as such sets are labelled; "intensity": anger towards us.
    anger = found.emotions["anger"] if "anger" in row else found.anger
    return Scored(cpu_ms=spent, anger=anger, negative=found.complaint)


def _read(row: JsonObject, *, with_encoder: bool, spare: float | None) -> Reading:
    return read(
        row["text"],
        language=row["language"],
        tier="full" if with_encoder else "quick",
        embed=embedder() if with_encoder else None,
        spare=spare,
    )


def _full(rows: Sequence[JsonObject], scored: Sequence[Scored]) -> JsonObject:
    """Return what both tiers cost, and for each doubt that spares the encoder how often it is asked, what is lost."""
    seconds = sum(each.cpu_ms for each in scored) / 1000
    return {
        "lines": len(rows),
        "lines_per_cpu_second": round(len(rows) / seconds, 1),
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / lines.KIB_PER_MIB, 1),
        "worker_memory_mib": round(_memory_of_a_worker(rows), 1),
        "spare": fitted_spare(),
        "curve": _curve(rows),
    }


def _memory_of_a_worker(rows: Sequence[JsonObject]) -> float:
    """Return the peak memory of a new process that reads the rows with both tiers, in MiB."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_peak_of_reading, [row["text"] for row in rows]).result()


def _peak_of_reading(texts: Sequence[str]) -> float:
    for text in texts:
        read(text, embed=embedder(), spare=0)
    # The kernel's peak of a process outlives the start of another program in it; its list of pages does not.
    if STATUS.exists() and (own := PEAK.search(STATUS.read_text(encoding="ascii"))):
        return int(own.group(1)) / lines.KIB_PER_MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / lines.KIB_PER_MIB


def _curve(rows: Sequence[JsonObject]) -> list[JsonObject]:
    # The vectors are remembered by now: every line with and without them costs little.
    alone = [read(row["text"], language=row["language"]) for row in rows]
    asked_all = [_read(row, with_encoder=True, spare=0) for row in rows]
    points = []
    for spare in sorted({*SPARES, fitted_spare()}):
        sure = [is_sure(each, spare) for each in alone]
        mixed = [first if is_so else full for first, full, is_so in zip(alone, asked_all, sure, strict=True)]
        point: JsonObject = {"spare": spare, "asked": round(1 - sum(sure) / len(sure), 3)}
        if all("intensity" in row for row in rows):
            area = auroc([each.anger for each in mixed], [row["intensity"] >= 2 for row in rows])
            point["anger"] = round(area.value, 4) if area.n else None
        points.append(point)
    return points


def _judged(rows: Sequence[JsonObject], sides: dict[str, list[Scored]], *, peers: bool) -> JsonObject:
    absent: dict[str, str] = {}
    if peers:
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
            theirs, absent = asked(rows, Path(folder))
        sides = sides | theirs
    found = {side: judged(rows, answers) for side, answers in sides.items()}
    return {"labelled": len(rows), "language": rows[0]["language"], "sides": found, "absent": absent}


def _said(figure: JsonObject) -> str:
    return f"{figure['value']:.3f} ± {figure['half']:.3f} n={figure['n']}"
