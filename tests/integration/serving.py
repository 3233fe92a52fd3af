"""A real server in a process of its own, and a plain HTTP client for it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """The server's process, where it listens, and how long it took to answer."""

    process: subprocess.Popen[str]
    port: int
    log: Path
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request over a connection of its own; OSError when there is no answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            content = {"Content-Type": "application/json"} if body is not None else {}
            raw = json.dumps(body) if body is not None else None
            connection.request(method, f"/api/v1{path}", raw, {**self.headers, **content, **sent})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        except HTTPException as error:
            raise OSError(repr(error)) from error
        finally:
            connection.close()

    def sign_in(self, email: str, password: str) -> None:
        answer = self.ask("POST", "/auth/sign-in", {"email": email, "password": password})
        assert answer.status == 200, answer.body
        self.headers["Authorization"] = f"Bearer {answer.json['access_token']}"

    def stop(self, seconds: float = 30) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


# A test asks more often in a minute than anybody should.
NO_LIMITS = {"RATE_LIMIT": "0", "RATE_LIMIT_ADDRESS": "0"}
# Most are about something else than signing in; test_second_factor_by_default is about that.
NO_FACTORS = {"SECOND_FACTOR_ROLES": "none"}


@contextmanager
def serving(command: str, folder: Path, **environment: str) -> Iterator[Server]:
    """`plan <command>` on a free port (or PORT), from its first line that it answers until it is stopped."""
    port = int(environment.get("PORT") or free_port())
    log = folder / f"server-{port}.log"
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY", "DATA_DIR"}}
    began = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", command],
            cwd=REPO, env={**kept, **NO_LIMITS, **NO_FACTORS, "PORT": str(port), **environment}, stdout=output, stderr=subprocess.STDOUT,
            text=True, start_new_session=True,
        )  # fmt: skip
    server = Server(process, port, log)
    try:
        wait_until(lambda: process.poll() is not None or re.search("answers at", log.read_text()), 60)
        assert process.poll() is None, log.read_text()
        server.seconds = time.monotonic() - began
        yield server
    finally:
        if process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                server.stop()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(what: Any, seconds: float) -> float:
    """Wait for it to be true; how long that took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "it did not come to pass in time"
        time.sleep(0.05)
    return time.monotonic() - began
