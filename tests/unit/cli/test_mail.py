"""`amends mail parse`: files in, one line a file out."""

import json

import pytest

from amends.cli.main import main


@pytest.fixture
def letters(tmp_path):
    paths = []
    for number in range(3):
        path = tmp_path / f"{number}.eml"
        path.write_bytes(f"From: Ann <ann@home.example>\nSubject: no {number}\n\nของยังไม่มา\n\n-- \nAnn\n".encode())
        paths.append(str(path))
    return paths


def lines(capfdbinary):
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_one_line_a_file_in_the_order_given(letters, workers, capfdbinary):
    assert main(["mail", "parse", "--workers", workers, *reversed(letters)]) == 0
    assert [line["file"] for line in lines(capfdbinary)] == letters[::-1]


def test_a_line_says_what_was_written_now(letters, capfdbinary):
    main(["mail", "parse", letters[0]])
    (line,) = lines(capfdbinary)
    assert (line["subject"], line["new_text"], line["kind"], line["error"]) == ("no 0", "ของยังไม่มา", "human", None)


def test_a_file_that_is_not_there_stops_nothing(letters, capfdbinary):
    assert main(["mail", "parse", "gone.eml", letters[0]]) == 1
    bad, good = lines(capfdbinary)
    assert (bad["file"], "No such file" in bad["error"], good["subject"]) == ("gone.eml", True, "no 0")


def test_an_empty_file_is_an_error_and_a_letter_all_the_same(tmp_path, capfdbinary):
    path = tmp_path / "empty.eml"
    path.touch()
    assert main(["mail", "parse", str(path)]) == 1
    assert lines(capfdbinary)[0]["error"] == "the file is empty"


def test_the_mails_of_a_folder_are_read(tmp_path, capfdbinary):
    for name in ("b", "a"):
        (tmp_path / f"{name}.eml").write_bytes(b"Subject: x\r\n\r\nhello\r\n")
    assert main(["mail", "parse", str(tmp_path)]) == 0
    assert [json.loads(line)["file"][-5:] for line in capfdbinary.readouterr().out.splitlines()] == ["a.eml", "b.eml"]
