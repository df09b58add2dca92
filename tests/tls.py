"""A TLS server on a free loopback port, its certificate signed by a test authority made for it alone."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

A_DAY = timedelta(days=1)


@dataclass
class Hook:
    """What a server at `port` was told: path, headers and body of each request. It answers with `status`."""

    authority: Path
    port: int = 0
    status: int = 204
    told: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def hook_of(host: str, *, folder: Path, now: datetime) -> Iterator[Hook]:
    """Yield a server whose certificate names `host`; whoever trusts `hook.authority` believes it."""
    hook = Hook(authority=folder / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificates(host, hook.authority, folder, now))

    class Told(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.told.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with HTTPServer(("127.0.0.1", 0), Told) as server:
        hook.port = server.server_port
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield hook
        server.shutdown()
        thread.join()


def _certificates(host: str, authority: Path, folder: Path, now: datetime) -> Path:
    """Write the authority's certificate, and a file with the host's and its key; return the latter."""
    ours, theirs = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    signed = _unsigned(issuer, issuer, ours.public_key(), now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    authority.write_bytes(signed.sign(ours, hashes.SHA256()).public_bytes(Encoding.PEM))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    named = _unsigned(subject, issuer, theirs.public_key(), now).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
    )
    chain = folder / "host.pem"
    key = theirs.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(key + named.sign(ours, hashes.SHA256()).public_bytes(Encoding.PEM))
    return chain


def _unsigned(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - A_DAY).not_valid_after(now + A_DAY)
