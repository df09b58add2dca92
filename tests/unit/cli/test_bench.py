"""Figures that anybody can make again."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from amends.cli.bench import BENCHES
from amends.cli.benches.dating import peers
from amends.cli.benches.dating.judging import Found, judged
from amends.cli.benches.feelings import peers as feelings_peers
from amends.cli.benches.prose import peers as prose
from amends.cli.benches.prose.judging import Found as Said
from amends.cli.benches.prose.judging import judged as judged_prose
from amends.cli.main import main

LINES = {
    "read": {"text": "Where is my parcel?"},
    "coach": {"reply": "We apologise for any inconvenience."},
    "promises": {"text": "We will call you tomorrow at 10.", "at": "2026-11-18T09:00:00+00:00"},
}


@pytest.mark.parametrize("name", LINES)
def test_every_pure_command_can_be_measured(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(LINES[name]) + "\n", encoding="utf-8")
    assert main(["bench", name, str(tmp_path / "lines.jsonl"), "--lines", "5"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["bench"], figures["lines"]) == (name, 5)
    assert figures["lines_per_cpu_second"] > 0


def test_lines_new_to_a_process_at_work_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": f"Where is parcel {number}?"} for number in range(5)]
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["bench", "read", str(tmp_path / "lines.jsonl"), "--lines", "5"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["new_lines"] == 3
    assert figures["new_lines_per_cpu_second"] > 0


def test_nothing_to_measure_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert main(["bench", "coach", str(tmp_path / "empty.jsonl")]) == 1
    assert "empty" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["read", "coach", "promises", "language"])
@pytest.mark.parametrize(
    ("raw", "told"), [("{", "line 2: not JSON"), ("[1]", "line 2: a line must be"), (None, "read:")]
)
def test_a_file_that_cannot_be_measured_is_told_in_a_line(
    name: str, raw: str | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if raw is not None:
        (tmp_path / "lines.jsonl").write_text(f"\n{raw}\n", encoding="utf-8")
    assert main(["bench", name, str(tmp_path / "lines.jsonl")]) == 1
    assert told in capsys.readouterr().err


def test_all_benches_are_named_to_whoever_names_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench"]) == 2
    assert set(BENCHES) <= set(capsys.readouterr().err.split())


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_says_what_it_measures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", name, "--help"])
    assert f"amends bench {name}" in capsys.readouterr().out


def test_labelled_lines_are_judged_to_the_minute_and_to_the_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    due = {"due_end": "2026-11-19T10:00:00+00:00"}
    rows = [{**LINES["promises"], "promises": [due]}, {**LINES["promises"], "text": "Hello.", "promises": []}]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["bench", "promises", str(tmp_path / "gold.jsonl"), "--lines", "2", "--language", "en"]) == 0
    side = json.loads(capsys.readouterr().out)["sides"]["amends"]
    assert [side[name]["value"] for name in ("due_precision", "due_recall", "traps_fired")] == [1.0, 1.0, 0.0]


def test_a_time_of_day_that_is_wrong_is_still_the_right_day() -> None:
    row = {"at": "2026-11-18T09:00:00+07:00", "promises": [{"due_end": "2026-11-19T17:00:00+07:00"}]}
    side = judged([row], [Found(cpu_ms=1.0, ends=[datetime.fromisoformat("2026-11-18T20:00:00+00:00")])])
    assert (side["due_recall"]["value"], side["day_recall"]["value"]) == (0.0, 1.0)


def test_a_peer_that_cannot_run_here_is_left_out_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(peers, "PYTHON_PEERS", {"parsedatetime": "parsedatetime"})
    found, absent = peers.asked([{"text": "Huomenna.", "at": "2026-11-18T09:00:00+00:00", "language": "fi"}], tmp_path)
    assert (found, set(absent)) == ({}, {"parsedatetime", "chrono-node"})


def test_peers_need_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(LINES["promises"]) + "\n", encoding="utf-8")
    assert main(["bench", "promises", str(tmp_path / "lines.jsonl"), "--lines", "1", "--peers"]) == 1
    assert "label" in capsys.readouterr().err


def test_what_linters_say_is_judged_by_rule_and_on_good_replies() -> None:
    rows = [{"reply": "x" * 512, "fires": ["apology.non"]}, {"reply": "x" * 512, "fires": []}]
    said = [Said(cpu_ms=1, alarms=1, rules=frozenset({"apology.non"})), Said(cpu_ms=3, alarms=2, rules=frozenset())]
    figures = judged_prose(rows, said, rules=["apology.non"])
    assert figures["spoken_of"]["apology.non"]["value"] == figures["named"]["apology.non"]["value"] == 1.0
    assert (figures["good_with_alarm"]["n"], figures["alarms_per_good_reply"], figures["cpu_ms_per_kb"]) == (
        1,
        2.0,
        4.0,
    )


def test_a_linter_that_cannot_run_is_left_out_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(prose, "PROSELINT", "no-such-linter-at-all @ file:///nowhere")
    found, absent = prose.asked(["Hello."], tmp_path)
    assert (found, set(absent)) == ({}, set(prose.PEERS))


def test_labelled_replies_are_judged_without_peers_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {"reply": "We are sorry you feel that way.", "language": "en", "fires": ["apology.non"]}
    good = {"reply": "I have posted the lamp again.", "language": "en", "fires": []}
    (tmp_path / "lines.jsonl").write_text(f"{json.dumps(bad)}\n{json.dumps(good)}\n", encoding="utf-8")
    assert main(["bench", "coach", str(tmp_path / "lines.jsonl"), "--lines", "2"]) == 0
    figures = json.loads(capsys.readouterr().out)
    ours = figures["sides"]["amends"]
    assert (figures["rules"], ours["named"]["apology.non"]["value"]) == (["apology.non"], 1.0)
    assert ours["good_with_alarm"]["value"] == 0.0


def test_readings_are_judged_by_labels_beside_whoever_can_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"text": "This is outrageous, you liars!", "intensity": 4, "complaint": True},
        {"text": "Do you deliver to Norway? Thanks!", "intensity": 0, "complaint": False},
    ]
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["bench", "read", str(tmp_path / "lines.jsonl"), "--lines", "2"]) == 0
    figures = json.loads(capsys.readouterr().out)
    side = figures["sides"]["amends, always on"]
    assert (side["anger"]["value"], side["negative"]["value"], figures["absent"]) == (1.0, 1.0, {})


def test_a_peer_without_words_of_a_language_is_left_out_by_name(tmp_path: Path) -> None:
    scored, absent = feelings_peers.asked([{"text": "แย่มาก", "language": "th"}], tmp_path)
    assert scored == {}
    assert absent == dict.fromkeys(feelings_peers.PEERS, "it has no words of th")


def test_peers_of_reading_need_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(LINES["read"]) + "\n", encoding="utf-8")
    assert main(["bench", "read", str(tmp_path / "lines.jsonl"), "--lines", "1", "--peers"]) == 1
    assert "labelled" in capsys.readouterr().err


def test_the_language_bench_parts_lines_by_their_length(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": "Missä?", "language": "fi"}, {"text": "Where on earth is my parcel now?", "language": "en"}]
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["bench", "language", str(tmp_path / "lines.jsonl")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["alone"]["under 5 words"]["n"], told["alone"]["5 to 20 words"]["n"]) == (1, 1)
    assert told["in_conversation"]["all"]["right"] == 1.0
