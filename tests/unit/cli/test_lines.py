"""The frame of every line-by-line command: order, bad lines, processes, exit status."""

import argparse
import io
import json
import sys

import pytest

from amends.cli import lines
from amends.vocabulary import JsonObject


def shout(line: JsonObject) -> JsonObject:
    """Answer a line with its text in capitals."""
    return {"shout": lines.text_of(line).upper()}


def run(monkeypatch, capsysbinary, raw: bytes, *arguments: str) -> tuple[int, list[JsonObject]]:
    parser = argparse.ArgumentParser()
    lines.configure(parser)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    status = lines.run(parser.parse_args(arguments), shout)
    return status, [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_answers_come_in_the_order_of_the_questions(monkeypatch, capsysbinary, workers):
    raw = b"".join(b'{"id": %d, "text": "a"}\n' % number for number in range(200))
    status, answers = run(monkeypatch, capsysbinary, raw, "--workers", workers)
    assert status == 0
    assert [answer["id"] for answer in answers] == list(range(200))


@pytest.mark.parametrize(
    "bad",
    [b"{", b"[1]", b"\xff\xfe", b'{"id": 7}', b'{"id": 7, "text": 3}', b'{"id": 7, "text": null}', b"[" * 100_000],
)
def test_a_bad_line_is_named_on_its_line_and_stops_nothing(monkeypatch, capsysbinary, bad):
    status, answers = run(monkeypatch, capsysbinary, b'{"id": 1, "text": "a"}\n' + bad + b'\n{"id": 2, "text": "b"}')
    assert status == 1
    assert answers[0] == {"id": 1, "shout": "A"}
    assert answers[1]["id"] == (7 if b"7" in bad else None)
    assert answers[1]["error"]
    assert answers[1]["line"] == 2
    assert answers[2] == {"id": 2, "shout": "B"}


def test_keys_that_nobody_knows_are_passed_over(monkeypatch, capsysbinary):
    status, answers = run(monkeypatch, capsysbinary, b'{"id": "x", "text": "a", "weather": [1]}\n')
    assert (status, answers) == (0, [{"id": "x", "shout": "A"}])


def test_half_an_emoji_comes_back_as_it_came(monkeypatch, capsysbinary):
    status, answers = run(monkeypatch, capsysbinary, b'{"id": 1, "text": "\\ud83d"}\n')
    assert (status, answers) == (0, [{"id": 1, "shout": "\ud83d"}])


def test_files_are_read_one_after_the_other(monkeypatch, capsysbinary, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "a"}')
    (tmp_path / "b.jsonl").write_text('{"id": 2, "text": "b"}\n')
    _, answers = run(monkeypatch, capsysbinary, b"", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    assert [answer["id"] for answer in answers] == [1, 2]


def test_a_file_that_is_not_there_is_no_text(monkeypatch, capsysbinary):
    status, answers = run(monkeypatch, capsysbinary, b"", "nowhere.jsonl")
    assert (status, answers) == (2, [])


def test_a_text_as_argument_is_shown_to_people(monkeypatch, capsysbinary):
    status, answers = run(monkeypatch, capsysbinary, b"", "where is", "my parcel?", "--json")
    assert (status, answers) == (0, [{"id": None, "shout": "WHERE IS MY PARCEL?"}])


def test_a_blank_line_is_passed_over_and_counted(monkeypatch, capsysbinary):
    status, answers = run(monkeypatch, capsysbinary, b'{"id": 1, "text": "a"}\n\n  \n{"id": 2}\n')
    assert (status, answers[0]) == (1, {"id": 1, "shout": "A"})
    assert [(answer["id"], answer["line"]) for answer in answers[1:]] == [(2, 4)]
