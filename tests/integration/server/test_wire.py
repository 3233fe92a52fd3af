"""The connection under a request, over real sockets and the real server, alone and behind the front: bodies nobody reads, hosts, sizes."""

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import SECRET, Databases
from tests.integration.front import Front, read_answer, running_front
from tests.integration.serving import Server, serving

TIMES = 25
AGAIN = b"GET /api/v1/health/live HTTP/1.1\r\nHost: plan.example\r\n\r\n"
JSON = "application/json"


@pytest.fixture(scope="module")
def server(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("wire")
    with (
        databases.one() as name,
        serving("serve", folder, DATABASE_URL=databases.url(name), SECRET_KEY=SECRET) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def front(server: Server) -> Iterator[Front]:
    with running_front(server.port) as found:
        yield found


@pytest.fixture(params=["alone", "behind the front"])
def port(request: pytest.FixtureRequest) -> int:
    name = "server" if request.param == "alone" else "front"
    found: int = request.getfixturevalue(name).port
    return found


@dataclass(frozen=True)
class Refused:
    """A request that is refused before anybody looks at its body."""

    method: str
    path: str
    status: int
    media: str = JSON


REFUSED = {
    "401": Refused("POST", "/api/v1/actions/x/updates", 401),
    "401 of a PATCH": Refused("PATCH", "/api/v1/plans/havering-2020-23", 401),
    "404": Refused("POST", "/api/v1/nowhere", 404),
    "405": Refused("PUT", "/api/v1/health/live", 405),
    "405 of the page": Refused("POST", "/", 405),
    "415": Refused("POST", "/api/v1/auth/sign-in", 415, "text/plain"),
    "a GET with a body": Refused("GET", "/api/v1/health/live", 200),
}


def head(refused: Refused, *lines: str) -> bytes:
    """The head of the request, with these lines."""
    told = ["Host: plan.example", f"Content-Type: {refused.media}", *lines]
    first = f"{refused.method} {refused.path} HTTP/1.1\r\n"
    return (first + "".join(f"{line}\r\n" for line in told) + "\r\n").encode()


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("size", [10, 40_000, 700_000])
def test_the_next_request_is_answered_or_the_answer_says_that_none_is(port: int, refused: Refused, size: int) -> None:
    """The body comes a moment after the head, as it does over a network; the connection is used again at once."""
    for _ in range(TIMES):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
            caller.sendall(head(refused, f"Content-Length: {size}"))
            time.sleep(0.002)
            caller.sendall(b"x" * size)
            status, headers, _ = read_answer(caller)
            assert status == refused.status
            assert headers.get("connection", "keep-alive") == "keep-alive"
            caller.sendall(AGAIN)
            assert read_answer(caller)[0] == 200


def test_a_body_that_is_too_much_to_read_ends_the_connection_and_says_so(server: Server) -> None:
    refused = REFUSED["401"]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as caller:
        caller.sendall(head(refused, f"Content-Length: {6 * 1024 * 1024}"))
        status, headers, _ = read_answer(caller)
    assert (status, headers["connection"]) == (401, "close")


def test_who_asks_first_whether_to_send_is_not_told_to_send_what_nobody_reads(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as caller:
        caller.sendall(head(REFUSED["401"], "Content-Length: 10", "Expect: 100-continue"))
        status, headers, _ = read_answer(caller)
    assert (status, headers["connection"]) == (401, "close")


@pytest.mark.parametrize("size", [1024 * 1024, 1024 * 1024 + 1, 2 * 1024 * 1024])
@pytest.mark.parametrize("chunked", [True, False], ids=["chunked", "with its length"])
def test_a_body_is_too_large_by_its_bytes_however_it_comes(port: int, size: int, chunked: bool) -> None:
    """JSON to the last byte allowed, and one more: never cut short and then read as if that were all."""
    body = b'{"email": "x@example.org", "password": "' + b"a" * (size - 42) + b'"}'
    assert len(body) == size
    told = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (size, body) if chunked else body
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(head(Refused("POST", "/api/v1/auth/sign-in", 0), told) + sent)
        status, _, answer = read_answer(caller)
        assert (status, json.loads(answer)["code"]) == (
            (413, "body-too-large") if size > 1024 * 1024 else (422, "validation-failed")
        )
        caller.sendall(AGAIN)
        assert read_answer(caller)[0] == 200


HOSTS = {
    "none": ("", 400),
    "an empty one": ("Host:\r\n", 400),
    "two": ("Host: a.example\r\nHost: b.example\r\n", 400),
    "two in one": ("Host: a.example, b.example\r\n", 400),
    "with a path": ("Host: a.example/x\r\n", 400),
    "with markup": ('Host: a"<b>\r\n', 400),
    "one": ("Host: plan.example\r\n", 200),
    "one with a port": ("Host: plan.example:8080\r\n", 200),
    "one with an underscore": ("Host: the_api:8000\r\n", 200),
    "an address": ("Host: [::1]:8000\r\n", 200),
}


@pytest.mark.parametrize(("line", "status"), HOSTS.values(), ids=HOSTS)
def test_a_request_is_for_one_host(server: Server, line: str, status: int) -> None:
    got, headers, body = _ask(server.port, f"GET /api/v1/health/live HTTP/1.1\r\n{line}\r\n".encode())
    assert got == status
    assert status == 200 or json.loads(body)["code"] == "bad-request"
    assert headers["x-request-id"]


def test_http_1_0_needs_no_host(server: Server) -> None:
    assert _ask(server.port, b"GET /api/v1/health/live HTTP/1.0\r\n\r\n")[0] == 200


def _ask(port: int, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(raw)
        return read_answer(caller)


LIVE = "GET /api/v1/health/live HTTP/1.1\r\n"
# What the server alone answers by itself, with an empty body, or would.
ODD: dict[str, tuple[str, int]] = {
    **{
        f"{name} with {code:#04x}": (f"{LIVE}Host: x\r\n{name}: a{chr(code)}b\r\n\r\n", 400)
        for code in (0, 1, 8, 11, 31, 127)
        for name in ("Accept", "Cookie", "User-Agent", "Authorization", "If-Match", "X-Forwarded-For")
    },
    "a control character in a header of nobody's": (f"{LIVE}Host: x\r\nX-Else: a\x01b\r\n\r\n", 200),
    "one in Host": (f"{LIVE}Host: a\x01b\r\n\r\n", 400),
    "a tab": (f"{LIVE}Host: x\r\nUser-Agent: a\tb\r\n\r\n", 200),
    "too many headers": (LIVE + "Host: x\r\n" + "".join(f"X-{n}: a\r\n" for n in range(300)) + "\r\n", 200),
    "one header too often": (LIVE + "Host: x\r\n" + "Cookie: a=b\r\n" * 300 + "\r\n", 200),
    "large headers": (f"{LIVE}Host: x\r\nCookie: {'a' * 8000}\r\nUser-Agent: {'a' * 8000}\r\n\r\n", 200),
    "two lengths": ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n11", 400),
    "a length twice": ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n11", 400),
    "a length with a sign": ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n11", 400),
    "no host": (f"{LIVE}\r\n", 400),
    "two hosts": (f"{LIVE}Host: a\r\nHost: b\r\n\r\n", 400),
    "two hosts in one": (f"{LIVE}Host: a,b\r\n\r\n", 400),
    "a host with a path": (f"{LIVE}Host: a/b\r\n\r\n", 400),
    "another coding": ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    "a folded header": (f"{LIVE}Host: x\r\nAccept: a\r\n b\r\n\r\n", 400),
    "the proxy's method": ("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "another's method": (f"{'A' * 200} / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    "everything": ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a broken escape": ("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "odd characters": ("GET /api/v1/{}|^ HTTP/1.1\r\nHost: x\r\n\r\n", 404),
    "HTTP/2 at once": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "an upgrade": (f"{LIVE}Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200),
}


@pytest.mark.parametrize(("raw", "status"), ODD.values(), ids=ODD)
def test_behind_the_front_no_answer_is_without_body_id_and_headers(front: Front, raw: str, status: int) -> None:
    got, headers, body = _ask(front.port, raw.encode("latin-1"))
    assert got == status, body
    assert headers["x-request-id"]
    assert headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    if status >= 400:
        assert headers["content-type"] == "application/problem+json"
        problem = json.loads(body)
        assert (problem["status"], problem["request_id"]) == (status, headers["x-request-id"])
