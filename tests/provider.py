"""A real OpenID provider in a process of its own, and a middleman before it who can change what it says."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import quote

import httpx

from api.config import Oidc
from tests.integration.serving import free_port

CLIENT = "partnership-plan"
STARTS_WITHIN = 30
Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Provider:
    """The directory of an agency. `issuer` is the middleman's address; `change` is done to each answer of the token address."""

    issuer: str
    port: int
    change: Change | None = None
    away: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Oidc:
        return Oidc(self.issuer, CLIENT, "the client's own secret", "Havering Council")

    def knows(self, sub: str, email: str, *, verified: Any = True, **more: Any) -> None:
        """Put somebody into the directory; `more` is what else its ID token says."""
        claims = {"email": email, "email_verified": verified, **more}
        httpx.put(f"{self.issuer}/users/{quote(sub)}", json=claims, timeout=10).raise_for_status()

    def sign_in(self, address: str, sub: str | None) -> str:
        """Sign somebody in on the provider's page, or refuse to (None): the address it sends the browser back to."""
        form = {"sub": sub} if sub else {"action": "deny"}
        answer = httpx.post(address, data=form, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Start both, and stop them."""
    inner, outer = free_port(), free_port()
    process = subprocess.Popen(
        (sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(inner), "--require-nonce", "true"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    provider = Provider(f"http://127.0.0.1:{outer}", inner)
    handler = type("Between", (_Between,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", outer), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        _wait(process, inner)
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
        process.terminate()
        process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/jwks", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("The OpenID provider did not start.")


class _Between(BaseHTTPRequestHandler):
    """Hands everything on, with the Host that was asked for, so that the provider takes the middleman's address for its own."""

    provider: ClassVar[Provider]
    protocol_version = "HTTP/1.1"

    def _hand_on(self) -> None:
        self.provider.asked.append(f"{self.command} {self.path.partition('?')[0]}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.provider.away:
            self.close_connection = True
            return
        kept = {
            name: value for name, value in self.headers.items() if name.lower() not in {"connection", "accept-encoding"}
        }
        url = f"http://127.0.0.1:{self.provider.port}{self.path}"
        answer = httpx.request(self.command, url, content=body, headers=kept, timeout=10)
        content = answer.content
        # Its page asks another host for a stylesheet, which no test may.
        content = re.sub(rb"<link[^>]*https://[^>]*>", b"", content)
        if self.provider.change is not None and self.path == "/oauth2/token" and answer.status_code == 200:
            content = json.dumps(self.provider.change(answer.json())).encode()
        self.send_response(answer.status_code)
        for name in ("Content-Type", "Location"):
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = _hand_on  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""
