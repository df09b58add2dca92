"""How far a letter got is said exactly: it arrived, it did not, or nobody can know."""

import socket

import pytest

from amends.desk.channels.base import Delivery, Failed, Sent, Uncertain
from amends.desk.channels.email.smtp_out import post
from amends.desk.models import Mailbox
from tests.servers import Sink, free_port, scripted_server

LETTER = b"Subject: Your parcel\n\nIt left today.\n.\n..two dots\nKind regards\n"


def sent_to(port: int, *, recipient: str = "noi@example.org", patience_s: float = 5) -> Delivery:
    mailbox = Mailbox(address="care@lumi.example", smtp_host="127.0.0.1", smtp_port=port, smtp_encryption="none")
    return post(LETTER, mailbox, sender="care@lumi.example", recipient=recipient, verdict_within_s=patience_s)


def test_a_letter_arrives_line_by_line_as_it_was_written(sink: Sink) -> None:
    assert isinstance(sent_to(sink.port), Sent)
    assert sink.taken == [LETTER.replace(b"\n", b"\r\n")]
    assert sink.recipients == ["noi@example.org"]


@pytest.mark.parametrize("mood", ["unknown", "spam"])
def test_a_letter_refused_for_good_is_not_tried_again(sink: Sink, mood: str) -> None:
    sink.mood = mood
    ending = sent_to(sink.port)
    assert isinstance(ending, Failed)
    assert (ending.again, ending.error[0]) == (False, "5")


@pytest.mark.parametrize("mood", ["busy", "full"])
def test_a_server_that_asks_us_to_come_back_is_asked_again(sink: Sink, mood: str) -> None:
    sink.mood = mood
    ending = sent_to(sink.port)
    assert isinstance(ending, Failed)
    assert (ending.again, ending.error[0]) == (True, "4")


@pytest.mark.parametrize("mood", ["drop", "silent"])
def test_a_line_that_breaks_after_the_text_leaves_it_uncertain(sink: Sink, mood: str) -> None:
    sink.mood = mood
    assert isinstance(sent_to(sink.port, patience_s=0.4), Uncertain)
    assert sink.texts == 1


def test_nobody_listening_means_that_it_did_not_arrive() -> None:
    ending = sent_to(free_port())
    assert isinstance(ending, Failed)
    assert ending.again


def test_a_line_that_breaks_before_the_text_means_that_it_did_not_arrive() -> None:
    def hang_up_after_greeting(caller: socket.socket) -> None:
        caller.sendall(b"220 hello\r\n")
        caller.recv(1000)

    with scripted_server(hang_up_after_greeting) as port:
        ending = sent_to(port)
    assert isinstance(ending, Failed)
    assert ending.again


@pytest.mark.parametrize("address", ["noi@example.org>\r\nRCPT TO:<all@example.org", "näi@example.org"])
def test_an_address_that_cannot_be_written_is_refused_before_the_network_hears_it(address: str) -> None:
    heard: list[bytes] = []

    def plain_old_server(caller: socket.socket) -> None:
        caller.sendall(b"220 hello\r\n")
        while line := caller.recv(1000):
            heard.append(line)
            caller.sendall(b"250 fine\r\n")

    with scripted_server(plain_old_server) as port:
        ending = sent_to(port, recipient=address)
    assert isinstance(ending, Failed)
    assert (ending.again, [line for line in heard if line.startswith((b"RCPT", b"DATA"))]) == (False, [])


def test_a_server_that_does_not_ask_for_the_text_is_not_given_it() -> None:
    heard: list[bytes] = []

    def says_250_to_everything(caller: socket.socket) -> None:
        caller.sendall(b"220 hello\r\n")
        while line := caller.recv(1000):
            heard.append(line)
            caller.sendall(b"250 fine\r\n")

    with scripted_server(says_250_to_everything) as port:
        assert isinstance(sent_to(port), Failed)
    assert not any(b"It left today." in line for line in heard)
