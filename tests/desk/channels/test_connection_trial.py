"""A mailbox is tried before anybody relies on it, and the answer is one word that people can act on."""

import socket
import ssl
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from amends.desk.channels.email.connection import Trial, TrialState, try_connection
from amends.desk.channels.email.problems import Problem
from amends.desk.models import Agent, Brand, Mailbox
from amends.desk.operations.mailboxes import choose_folders
from amends.desk.operations.people import change_mailbox
from tests.servers import PASSWORD, Post, Sink, free_port, mailbox_of, scripted_server

OK = TrialState.OK


@pytest.mark.dovecot
def test_a_mailbox_that_works_says_so_and_counts_its_mails(
    brand: Brand, aino: Agent, now: datetime, post: Post, sink: Sink, mail: Callable[..., bytes]
) -> None:
    mailbox = mailbox_of(brand, post=post, sink=sink)
    change_mailbox(mailbox, by=aino, imap_password=PASSWORD, now=now)
    post.put(mail("1"))
    check = try_connection(mailbox)
    assert (check.ok, check.reading, check.sending.state) == (True, Trial(state=OK, detail="INBOX: 1"), OK)
    assert (post.unseen(), sink.texts) == (1, 0)


@pytest.mark.dovecot
def test_a_wrong_password_and_a_wrong_folder_are_told_apart(
    brand: Brand, aino: Agent, now: datetime, post: Post
) -> None:
    mailbox = mailbox_of(brand, post=post)
    choose_folders(mailbox, ["Kundendienst"], by=aino, now=now)
    assert try_connection(mailbox).reading.problem is Problem.PASSWORD
    change_mailbox(mailbox, by=aino, imap_password=PASSWORD, now=now)
    check = try_connection(mailbox)
    assert check.reading.problem is Problem.FOLDER
    assert "INBOX" in check.reading.detail


def tried(port: int, **columns: object) -> Trial:
    words = {"imap_host": "127.0.0.1", "imap_port": port, "imap_encryption": "none"} | columns
    return try_connection(Mailbox(address="care@lumi.example", **words), answer_within_s=0.4).reading


def test_a_half_that_is_not_set_up_is_no_failure() -> None:
    check = try_connection(Mailbox(address="care@lumi.example"))
    assert (check.ok, check.reading.state, check.sending.state) == (True, TrialState.ABSENT, TrialState.ABSENT)


def test_nobody_listening_is_called_refused() -> None:
    assert tried(free_port()).problem is Problem.REFUSED


def test_a_name_nobody_knows_is_called_unknown() -> None:
    assert tried(143, imap_host="mail.lumi.invalid").problem is Problem.NAME_UNKNOWN


def test_a_server_that_says_nothing_is_called_slow() -> None:
    with scripted_server(lambda caller: bool(caller.recv(1))) as port:
        assert tried(port).problem is Problem.TIMEOUT


def test_a_server_without_encryption_is_told_from_a_wrong_password() -> None:
    def plain_words(caller: socket.socket) -> None:
        caller.sendall(b"* OK hello\r\n")
        caller.recv(1000)

    with scripted_server(plain_words) as port:
        assert tried(port, imap_encryption="tls").problem is Problem.TLS


def test_a_server_that_speaks_something_else_is_called_odd() -> None:
    with scripted_server(lambda caller: caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        assert tried(port).problem is Problem.ANSWER


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def says_hello_in_secret(caller: socket.socket) -> None:
        with context.wrap_socket(caller, server_side=True) as secret:
            secret.sendall(b"* OK hello\r\n")

    with scripted_server(says_hello_in_secret) as port:
        trial = tried(port, imap_encryption="tls")
    assert (trial.problem, "certificate" in trial.detail.lower()) == (Problem.TLS, True)
