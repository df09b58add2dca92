"""Other words by a model: names stay here, facts stay as they are, failures are said, and the same coach reads it."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from amends.engines.llm_http import BadWriter, Endpoint, WriterFailed, asked, endpoint_in
from amends.flow.reply import Preview, preview
from amends.flow.rewrite import RewriteRefused, changed, masked, outgoing, rewritten
from amends.vocabulary import CaseView

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
REPLY = "Dear Maria Lopez, we apologise for the inconvenience. Order EN-5120 (€49.90) will arrive on Friday. maria@example.org"
BETTER = "Dear [[1]], I am sorry that we sent your lamp late. Order EN-5120 (€49.90) will arrive on Friday. [[2]]"


class Model(BaseHTTPRequestHandler):
    """A model that answers as the test says, and remembers what it was sent."""

    answer: Any = BETTER
    status = 200
    wait = 0.0
    sent: list[Any] = []

    def do_POST(self) -> None:
        self.sent.append((self.headers["Authorization"], self.rfile.read(int(self.headers["Content-Length"])).decode()))
        time.sleep(self.wait)
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(
            {"choices": [{"message": {"content": self.answer}}]}
        ).encode()  # fmt: skip
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def model() -> Iterator[Any]:
    kind = type("OneModel", (Model,), {"sent": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kind.url = f"http://127.0.0.1:{server.server_port}/v1/chat/completions"
    yield kind
    server.shutdown()
    server.server_close()


def look(text: str) -> Preview:
    return preview(text, case=CaseView(), message=None, at=AT, country=None, interface="en", now=AT)


def ask_with(model: Any, *, seconds: float = 5) -> Any:
    endpoint = Endpoint(url=model.url, model="small", seconds=seconds)
    sent = outgoing(REPLY, names=["Maria Lopez"], language="en", findings=look(REPLY).verdict.findings)
    return rewritten(
        REPLY, sent, ask=lambda messages: asked(endpoint, key="s3cret", messages=messages), look=look, at=AT
    )  # fmt: skip


def test_the_words_come_back_with_names_and_the_coachs_verdict(model: Any) -> None:
    made = ask_with(model)
    assert made.text.startswith("Dear Maria Lopez, I am sorry that we sent your lamp late.")
    assert made.text.endswith("maria@example.org")
    assert "apology.inconvenience" not in [one.rule for one in made.preview.verdict.findings]


def test_no_name_and_no_address_leaves(model: Any) -> None:
    ask_with(model)
    [(key, body)] = model.sent
    assert key == "Bearer s3cret"
    assert not {"Maria", "Lopez", "maria@example.org"} & set(body.replace('"', " ").replace(",", " ").split())
    assert "apology.inconvenience" in body


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (BETTER.replace("49.90", "94.90"), "differ"),
        (BETTER.replace("Friday", "Monday"), "another time"),
        (BETTER.replace("EN-5120", "your order"), "differ"),
        (BETTER.replace("[[2]]", ""), "went missing"),
        (BETTER.replace("[[2]]", "[[1]]"), "went missing"),
        (BETTER + " I will call you tomorrow at 10.", "differ"),
        ("Hyvä [[1]], olen pahoillani että lamppusi on myöhässä, tilaus EN-5120 (€49.90). [[2]]", "language"),
        (BETTER + " Really." * 200, "longer"),
    ],
)
def test_a_changed_fact_is_refused(model: Any, answer: str, said: str) -> None:
    model.answer = answer
    with pytest.raises(RewriteRefused, match=said):
        ask_with(model)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [("x", 500, "status 500"), ("x", 302, "status 302"), (b"<html>", 200, "nobody can read"),
     (b'{"choices": []}', 200, "nobody can read"), (" ", 200, "wrote nothing"), (b"x" * 500_000, 200, "cannot be reached")],
)  # fmt: skip
def test_a_failure_is_said_without_the_key(model: Any, answer: Any, status: int, said: str) -> None:
    model.answer, model.status = answer, status
    with pytest.raises(WriterFailed, match=said) as failed:
        ask_with(model)
    assert "s3cret" not in str(failed.value)


def test_a_model_that_takes_too_long_is_given_up(model: Any) -> None:
    model.wait = 1.5
    with pytest.raises(WriterFailed, match=r"longer than 0\.3 seconds"):
        ask_with(model, seconds=0.3)


def test_a_model_that_is_not_there_is_said() -> None:
    endpoint = Endpoint(url="http://127.0.0.1:9/v1", model="small")
    with pytest.raises(WriterFailed, match="cannot be reached"):
        asked(endpoint, key="", messages=[])


@pytest.mark.parametrize(
    "table", [{"url": "http://far.example/v1", "model": "m"}, {"url": "https://x.example"}, {"url": "file:///etc", "model": "m"},
              {"url": "https://x.example", "model": "m", "seconds": 0}, {"uri": "x"}],
)  # fmt: skip
def test_settings_that_would_leak_or_hang_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(BadWriter):
        endpoint_in(table)


def test_it_is_off_unless_somebody_sets_it() -> None:
    assert endpoint_in({}) is None


@pytest.mark.parametrize(
    "text", ["Somchai ครับ โทร 081-234-5678", "See https://shop.example/o?n=1", "[[1]] and SOMCHAI"]
)
def test_what_was_hidden_comes_back_as_it_was(text: str) -> None:
    shown, hidden = masked(text, ["Somchai"])
    for number, words in enumerate(hidden, start=1):
        shown = shown.replace(f"[[{number}]]", words, 1)
    assert shown == text


@pytest.mark.parametrize("text", ["คุณสมชายครับ", "คุณSomchaiครับ", "SOMCHAIn tilaus"])
def test_a_name_is_hidden_wherever_a_language_puts_it(text: str) -> None:
    shown, _ = masked(text, ["Somchai", "สมชาย"])
    assert "[[1]]" in shown
    assert "somchai" not in shown.lower()
    assert "สมชาย" not in shown


def test_the_same_words_have_the_same_facts() -> None:
    assert changed(REPLY, REPLY, at=AT) == ""
