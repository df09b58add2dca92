"""A mail provider's log-in on a loopback port: authorization code with PKCE, renewal, and a grant that is taken back.

Speaks RFC 6749, 7636 and 7662 as far as a mail desk and a Dovecot need them.
"""

import base64
import hashlib
import http.server
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET, USER = "the-desk", "the-desk-secret", "care"


@dataclass(kw_only=True)
class Provider:
    """`codes` waits to be exchanged, `live` are access tokens that are good, `renewals` counts."""

    port: int = 0
    lasts_s: int = 3600
    taken_back: bool = False
    broken: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    renewals: int = 0

    @property
    def places(self) -> dict[str, Any]:
        """What the settings of a desk say of this provider."""
        here = f"http://127.0.0.1:{self.port}"
        return {"authorize": f"{here}/authorize", "token": f"{here}/token", "scope": "mail", "asked": {}}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where the person is sent back to."""
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (
            CLIENT_ID,
            "code",
            "S256",
        )
        code = secrets.token_hex(8)
        self.codes[code] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer a request for a token."""
        if self.broken:
            return 500, {"error": "server_error"}
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        if asked["grant_type"] == "authorization_code" and not self._is_proved(asked):
            return 400, {"error": "invalid_grant", "error_description": "PKCE or code"}
        if asked["grant_type"] == "refresh_token" and (self.taken_back or asked["refresh_token"] != "renew"):
            return 400, {"error": "invalid_grant", "error_description": "Token has been revoked."}
        self.renewals += asked["grant_type"] == "refresh_token"
        new = secrets.token_hex(8)
        self.live.add(new)
        first = {"refresh_token": "renew"} if asked["grant_type"] == "authorization_code" else {}
        return 200, {"access_token": new, "token_type": "Bearer", "expires_in": self.lasts_s} | first

    def _is_proved(self, asked: dict[str, str]) -> bool:
        challenge = self.codes.pop(asked["code"], "")
        shown = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        return bool(challenge) and base64.urlsafe_b64encode(shown).rstrip(b"=").decode() == challenge


@contextmanager
def mail_provider() -> Iterator[Provider]:
    """Yield a running provider."""
    provider = Provider()

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            if self.path.startswith("/authorize"):
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
                return
            # Who is it? Dovecot asks with the token it was shown.
            shown = asked.get("access_token", "") or self.headers.get("Authorization", "").removeprefix("Bearer ")
            good = shown in provider.live
            self._say(
                200 if good else 401, {"active": good, "username": USER, "email": USER} if good else {"active": False}
            )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    provider.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
