"""The load: a process of its own, so that its CPU is not counted. A job a line on standard input, a result a line back.

Keep-alive connections over raw sockets, one request at a time on each. Every answer is checked: the status, and the
whole body where it is known beforehand. A wrong answer ends the run.
"""

import base64
import json
import select
import socket
import sys
from dataclasses import dataclass
from itertools import count, cycle
from time import perf_counter
from typing import Any

# In a request these stand for a number of its own: a fresh Idempotency-Key, a text that nobody posted before.
NUMBER = b"@@@@@@@@@@@@"
numbers = count()


class WrongAnswer(Exception):
    """The server answered something else than it should."""


@dataclass
class Job:
    """What to ask: on each connection its own requests, over and over."""

    port: int
    seconds: float
    scripts: list[list[bytes]]
    status: int
    body: bytes | None

    @classmethod
    def read(cls, line: str) -> "Job":
        """From a line of JSON."""
        job = json.loads(line)
        scripts = [[base64.b64decode(each) for each in script] for script in job["scripts"]]
        body = None if job["body"] is None else base64.b64decode(job["body"])
        return cls(job["port"], job["seconds"], scripts, job["status"], body)


class Connection:
    """One keep-alive connection and its requests."""

    def __init__(self, job: Job, script: list[bytes]) -> None:
        self.job = job
        self.requests = cycle(script)
        self.status_line = f"HTTP/1.1 {job.status} ".encode()
        self.socket = socket.create_connection(("127.0.0.1", job.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent = b""
        self.sent_at = 0.0

    def send(self) -> None:
        """Send the next request."""
        self.sent = f"{next(numbers):012}".encode()
        self.sent_at = perf_counter()
        self.socket.sendall(next(self.requests).replace(NUMBER, self.sent))

    def receive(self) -> bool:
        """Take what has come; True when that was the rest of the answer. Raises WrongAnswer."""
        came = self.socket.recv(1 << 20)
        if not came:
            raise WrongAnswer("The server closed the connection.")
        self.buffer += came
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0 or len(self.buffer) < end + 4 + _length(self.buffer[:end]):
            return False
        self._check(self.buffer[:end], self.buffer[end + 4 :])
        self.buffer = b""
        return True

    def _check(self, head: bytes, body: bytes) -> None:
        right = self.sent in body if self.job.body is None else body == self.job.body
        if not (right and head.startswith(self.status_line)):
            raise WrongAnswer(f"Expected {self.job.status}, and the bytes known:\n{head.decode()}\n\n{body[:500]!r}")


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def drive(job: Job) -> dict[str, Any]:
    """Ask for as long as the job says; every request that was sent is waited for and counted."""
    poll = select.epoll()
    connections = {}
    for script in job.scripts:
        connection = Connection(job, script)
        connections[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
    began = perf_counter()
    until = began + job.seconds
    for connection in connections.values():
        connection.send()
    open_ones, waited = len(connections), []
    while open_ones:
        ready = poll.poll(30)
        if not ready:
            raise WrongAnswer("No answer within 30 seconds.")
        for fd, _ in ready:
            if not connections[fd].receive():
                continue
            now = perf_counter()
            waited.append(now - connections[fd].sent_at)
            if now < until:
                connections[fd].send()
            else:
                open_ones -= 1
    elapsed = perf_counter() - began
    for connection in connections.values():
        connection.socket.close()
    return {"requests": len(waited), "seconds": elapsed, "p95_ms": sorted(waited)[len(waited) * 95 // 100] * 1000}


def main() -> None:
    """Jobs in, results out, until the input ends."""
    for line in sys.stdin:
        try:
            result = drive(Job.read(line))
        except (WrongAnswer, OSError) as error:
            result = {"error": str(error)}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
