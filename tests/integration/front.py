"""The shipped front, for tests: nginx with .docker/nginx.conf, on a free port, as an unprivileged account."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / ".docker" / "nginx.conf"
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "nginx")


def find_nginx() -> str:
    """Where nginx is. As root on Debian it is installed when it is missing; otherwise the test fails and says so."""
    found = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(INSTALL, env=quiet, capture_output=True, check=False).returncode:
            subprocess.run(("apt-get", "update", "--quiet"), env=quiet, capture_output=True, check=False)
            subprocess.run(INSTALL, env=quiet, capture_output=True, check=False)
        found = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if not found:
        raise AssertionError("nginx is needed to test the front that is shipped: install the package nginx.")
    return found


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Front:
    """A running front."""

    port: int
    folder: Path

    def send(self, request: bytes, *, wait: float = 5) -> tuple[int, dict[str, str], bytes]:
        """(status, headers in small letters, body) of the answer to these very bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as caller:
            caller.sendall(request)
            return read_answer(caller)

    def log(self) -> str:
        """What the access log says."""
        return (self.folder / "access.log").read_text("utf-8")


def read_answer(caller: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer that has a Content-Length."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += _some(caller)
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    names = [line.partition(":")[0].lower() for line in lines]
    assert len(names) == len(set(names)), f"a header is there twice: {names}"
    headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
    while len(body) < int(headers["content-length"]):
        body += _some(caller)
    return int(first.split()[1]), headers, body


def _some(caller: socket.socket) -> bytes:
    got = caller.recv(65536)
    assert got, "the connection was closed before the whole answer came"
    return got


def configuration(folder: Path, port: int, upstream: int, **changes: str) -> str:
    """The shipped file with this machine's ports and folder, and for one test at a time another value of a directive."""
    text = SHIPPED.read_text("utf-8")
    places = {
        "/tmp/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
        "listen 8080 ": f"listen 127.0.0.1:{port} ",
        "api:8000;": f"127.0.0.1:{upstream};",
        **changes,
    }
    for old, new in places.items():
        assert old in text, f"{old!r} is not in the shipped configuration"
        text = text.replace(old, new)
    return text


@contextmanager
def running_front(upstream: int, **changes: str) -> Iterator[Front]:
    """A front before this port of this machine."""
    nginx = find_nginx()
    account = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="front-"))
    port = free_port()
    path = folder / "nginx.conf"
    path.write_text(configuration(folder, port, upstream, **changes), "utf-8")
    if account:
        shutil.chown(folder, account)
    command = (nginx, "-e", "stderr", "-c", str(path), "-g", "daemon off;")
    server = subprocess.Popen(command, stderr=subprocess.PIPE, user=account, cwd="/")
    try:
        _wait(server, port)
        yield Front(port, folder)
    finally:
        server.terminate()
        server.communicate(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"nginx did not start: {server.communicate()[1].decode()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("nginx did not listen within ten seconds")
