"""`amends coach`: what somebody wrote to others lately, and packs of one's own, on the command line."""

import json
from pathlib import Path

import pytest

from amends.cli.coach import answer
from amends.cli.lines import BadLine
from amends.cli.main import main

CANNED = {
    "en": "I can see that this has been hard, and I am sorry for all of it.",
    "id": "Saya sungguh sangat menyesal mendengar hal ini dan memahami perasaan Bapak.",
    "th": "ขอโทษจริงๆ นะคะ ดิฉันเข้าใจว่าคุณคงรู้สึกแย่มากกับเรื่องที่เกิดขึ้นในครั้งนี้",
    "fi": "Olen todella pahoillani tästä ja ymmärrän täysin, miltä teistä nyt mahtaa tuntua.",
}
OWN = Path(__file__).parents[3] / "docs/reference/own-pack.yaml"


def rules(line: dict[str, object], **more: object) -> set[str]:
    found = answer({"reply": CANNED["en"], **line}, tier="quick", **more)["findings"]  # type: ignore[arg-type]
    return {one["rule"] for one in found}


def test_words_said_to_others_twice_are_canned(language):
    line = {"reply": CANNED[language], "language": language}
    assert "empathy.canned" in rules(line | {"recent": [CANNED[language], f"Aino. {CANNED[language]}"]})
    assert "empathy.canned" not in rules(line | {"recent": [CANNED[language]]})


def test_the_same_apology_after_a_broken_promise_is_heard():
    said = "Anna, I am really sorry that the lamp came late again. I did not check the address. Aino"
    case = {"broke_promise": True, "former_replies": [said]}
    assert "empathy.canned" in rules({"reply": said, "language": "en", "case": case})
    assert "empathy.canned" not in rules({"reply": said, "language": "en", "case": case | {"former_replies": []}})


@pytest.mark.parametrize("recent", ["words", [1], {"a": 1}, [None]])
def test_recent_replies_that_are_no_texts_are_told(recent: object):
    with pytest.raises(BadLine, match="recent"):
        rules({"recent": recent})


def test_a_pack_of_ones_own_speaks_in_its_language_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    lines = tmp_path / "lines.jsonl"
    told = [{"reply": "Your ticket is open.", "language": tag} for tag in ("en", "fi")]
    lines.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    assert main(["coach", "--tier", "quick", "--pack", str(OWN), str(lines)]) == 0
    found = [json.loads(line)["findings"] for line in capsys.readouterr().out.splitlines()]
    assert ["own.ticket" in {one["rule"] for one in each} for each in found] == [True, False]


def test_a_pack_may_be_named_with_its_language(capsys: pytest.CaptureFixture[str]):
    assert main(["coach", "--tier", "quick", "--json", "--language", "fi", "--pack", f"fi={OWN}", "Your ticket!"]) == 0
    assert "They wrote to us about a lamp." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: 5", "own.yaml, line 1"),
        ("rules:\n  - {rule: own.x, kind: phrase, phrases: [x]}", "own.yaml, line 2: rule 1 (own.x)"),
        ("rules: [{rule: nobody.knows, kind: phrase}]", "nobody.knows"),
        (None, "No such file"),
    ],
)
def test_a_pack_that_does_not_hold_is_refused_before_any_line(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "own.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert main(["coach", "--pack", str(file), "Hello."]) == 2
    told = capsys.readouterr()
    assert (said in told.err, told.out) == (True, "")


def test_two_packs_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / OWN.name).write_text(OWN.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["coach", "--pack", str(OWN), "--pack", str(tmp_path / OWN.name), "Hello."]) == 2
    assert "another pack for en has this name" in capsys.readouterr().err
