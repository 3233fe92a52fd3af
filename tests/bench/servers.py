"""The server processes, each with all its workers in a process group of its own, and the load client."""

import base64
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from api import release

PATIENCE = 60
READY = "/api/v1/health/ready"
UNLIMITED = {"SECOND_FACTOR_ROLES": "none", "RATE_LIMIT": "0", "RATE_LIMIT_ADDRESS": "0"}


@dataclass(frozen=True)
class Server:
    """A running server: its first process, its port, and the seconds from its start to its first answer."""

    pid: int
    port: int
    started_in: float

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own: (status, headers, body)."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        found = (answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(arguments: list[str], environ: Mapping[str, str], first: str, expected: int = 200) -> Iterator[Server]:
    """`python ARGUMENTS` until the block ends; `first` is the path whose answer says that it has started."""
    port = free_port()
    began = monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(release.ROOT), **environ, "PORT": str(port)},
        cwd=release.ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, port, first, expected)
        yield Server(process.pid, port, monotonic() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


@contextmanager
def serving_api(url: str, secret: str, folder: Path) -> Iterator[Server]:
    """The product over a database that is migrated, without a limit on how often one caller may ask; no role needs a second factor."""
    log = folder / f"api-{secrets.token_hex(4)}.log"
    environ = {"DATABASE_URL": url, "SECRET_KEY": secret, "LOG_FILE": str(log), **UNLIMITED}
    with running(["-m", "api.cli", "serve"], environ, READY) as server:
        yield server


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, expected: int) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode} before it answered.")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == expected:
                connection.close()
                return
        except (OSError, HTTPException):
            sleep(0.005)
    raise RuntimeError(f"The server did not answer within {PATIENCE} seconds.")


class Load:
    """The load client's process."""

    def __init__(self) -> None:
        arguments = [sys.executable, "-m", "tests.bench.client"]
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=release.ROOT
        )

    def run(
        self, port: int, seconds: float, scripts: list[list[bytes]], status: int, body: bytes | None
    ) -> dict[str, Any]:
        """{requests, seconds, p95_ms} of one run of these scripts, one for each connection. Raises RuntimeError at a wrong answer."""
        job = {
            "port": port,
            "seconds": seconds,
            "scripts": [[base64.b64encode(each).decode() for each in script] for script in scripts],
            "status": status,
            "body": None if body is None else base64.b64encode(body).decode(),
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        print(json.dumps(job), file=self._process.stdin, flush=True)
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        if "error" in result:
            raise RuntimeError(result["error"])
        return result

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)
