"""The front that is shipped (.docker/nginx.conf), for real: its own errors, what it lets through, and its buffering."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from werkzeug.serving import make_server

from api.app import create_app
from api.config import Settings
from api.contract import openapi
from api.http.messages.envelope import CSP
from api.release import client_mark
from tests.integration.front import SHIPPED, Front, free_port, read_answer, running_front
from tests.integration.serving import REPO

SECRET = "mG4xTz0qLw8RkYb2VnCe6HsJd1UfPa9oQi5"
NO_DATABASE = "postgresql+psycopg://plan_web@127.0.0.1:1/plan"
MEMBERS = ["type", "title", "status", "detail", "instance", "code", "request_id"]
HEAD = b" HTTP/1.1\r\nHost: plan.example\r\nConnection: close\r\n"


def get(path: str, *more: str) -> bytes:
    return b"GET " + path.encode() + HEAD + "".join(f"{line}\r\n" for line in more).encode() + b"\r\n"


@pytest.fixture(scope="module")
def app_port() -> Iterator[int]:
    """The real app, with a database that is away: the page, the assets and every error need none."""
    settings = Settings(database_url=NO_DATABASE, secret_key=SECRET, release=client_mark(), trusted_proxies=1)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def front(app_port: int) -> Iterator[Front]:
    with running_front(app_port) as running:
        yield running


@pytest.fixture(scope="module")
def lonely() -> Iterator[Front]:
    """A front whose API is not there."""
    with running_front(free_port()) as running:
        yield running


def check_problem(answer: tuple[int, dict[str, str], bytes], status: int, code: str) -> dict[str, object]:
    """The answer is this problem, in the shape and with the headers that the API gives."""
    got, headers, body = answer
    assert got == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert {"referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"} <= headers.keys()
    problem: dict[str, object] = json.loads(body)
    assert list(problem) == MEMBERS
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, f"/problems/{code}")
    assert problem["request_id"] == headers["x-request-id"]
    assert problem["detail"]
    return problem


OWN_ERRORS = {
    "not HTTP at all": (b"hello\r\n\r\n", 400, "bad-request"),
    "no Host": (b"GET /api/v1/plans HTTP/1.1\r\n\r\n", 400, "bad-request"),
    "two lengths": (b"POST /" + HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, "bad-request"),
    "length and chunks": (
        b"POST /" + HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "bad-request"
    ),
    "broken chunk": (b"POST /" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "bad-request"),
    "raw bytes in the address": (b"GET /\xff?q=\xff" + HEAD + b"\r\n", 400, "bad-request"),
    "markup in the address": (b'GET /a"b<i>' + HEAD + b"\r\n", 400, "bad-request"),
    "out of the root": (b"GET /../../etc/passwd" + HEAD + b"\r\n", 400, "bad-request"),
    "its own inner address": (get("/_problem"), 404, "not-found"),
    "TRACE": (b"TRACE /" + HEAD + b"\r\n", 405, "method-not-allowed"),
    "too large a body": (b"POST /" + HEAD + b"Content-Length: 5242881\r\n\r\n", 413, "body-too-large"),
    "too large in chunks": (
        b"POST /" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n500001\r\n" + b" " * 0x500001, 413, "body-too-large"
    ),
    "too long an address": (get("/" + "a" * 9000), 414, "uri-too-long"),
    "too large a header": (get("/", "X-Long: " + "a" * 9000), 431, "headers-too-large"),
    "an unknown coding": (b"POST /" + HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 501, "not-implemented"),
    "a later HTTP": (b"GET / HTTP/3.7\r\nHost: x\r\n\r\n", 505, "http-version-not-supported"),
}  # fmt: skip


@pytest.mark.parametrize(("request_bytes", "status", "code"), OWN_ERRORS.values(), ids=OWN_ERRORS)
def test_own_errors_are_problems(front: Front, request_bytes: bytes, status: int, code: str) -> None:
    check_problem(front.send(request_bytes), status, code)


def test_api_away(lonely: Front) -> None:
    answer = lonely.send(get("/api/v1/plans?q=secret"))
    problem = check_problem(answer, 502, "service-unreachable")
    assert problem["instance"] == "/api/v1/plans"
    assert answer[1]["retry-after"] == "5"


def test_page_of_an_absent_api_is_no_html(lonely: Front) -> None:
    check_problem(lonely.send(get("/")), 502, "service-unreachable")


@contextmanager
def silent_api() -> Iterator[int]:
    """Something that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_api_too_slow() -> None:
    with silent_api() as port, running_front(port, **{"proxy_read_timeout 60s": "proxy_read_timeout 1s"}) as front:
        answer = front.send(get("/api/v1/plans"))
    check_problem(answer, 504, "service-timeout")


def test_too_many_from_one_address() -> None:
    with (
        silent_api() as port,
        running_front(port, **{"limit_conn callers 256": "limit_conn callers 1"}) as front,
        socket.create_connection(("127.0.0.1", front.port)) as first,
    ):
        first.sendall(get("/api/v1/plans"))
        time.sleep(0.2)
        answer = front.send(get("/api/v1/plans"))
    check_problem(answer, 429, "too-many-requests")
    assert answer[1]["retry-after"] == "1"


def test_slow_header_is_cut_off() -> None:
    with (
        silent_api() as port,
        running_front(port, **{"client_header_timeout 10s": "client_header_timeout 1s"}) as front,
        socket.create_connection(("127.0.0.1", front.port), timeout=5) as caller,
    ):
        caller.sendall(b"GET /api/v1/me HT")
        began = time.monotonic()
        with suppress(ConnectionResetError):
            assert caller.recv(100) == b""
    assert time.monotonic() - began < 3


def test_every_header_that_the_api_reads_is_handed_on_and_looked_at() -> None:
    """By the names in its code and its document; whoever reads another header finds here that the front has to know it."""
    code = "".join(path.read_text("utf-8") for path in (REPO / "api").rglob("*.py"))
    read = set(re.findall(r'headers\.get\("([A-Za-z-]+)"|"([A-Za-z-]+)" (?:not )?in request\.headers', code))
    names = {one or other for one, other in read}
    settings = Settings(database_url=NO_DATABASE, secret_key=SECRET)
    with create_app(settings).app_context():
        document = openapi.document()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    parameters = [each for operation in operations for each in operation.get("parameters", ())]
    names |= {each["name"] for each in parameters if each["in"] == "header"}
    names |= {"Content-Type", "Content-Encoding", "Cookie", "X-CSRF-Token"}
    assert len(names) > 9
    said = SHIPPED.read_text("utf-8")
    looked_at = next(line for line in said.splitlines() if line.endswith("$plan_garbled {"))
    for name in names:
        variable = f"$http_{name.lower().replace('-', '_')}"
        assert f"proxy_set_header {name} {variable};" in said, name
        assert variable in looked_at, name


def test_problems_of_the_api_pass_as_they_are(front: Front) -> None:
    answer = front.send(get("/api/v1/me"))
    check_problem(answer, 401, "unauthenticated")
    assert answer[1]["www-authenticate"] == "Bearer"


def test_503_of_the_api_passes_as_it_is(front: Front) -> None:
    answer = front.send(get("/api/v1/health/ready"), wait=10)
    check_problem(answer, 503, "database-unavailable")
    assert answer[1]["retry-after"] == "5"


def test_page(front: Front) -> None:
    status, headers, body = front.send(get("/actions/4.10"))
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["content-security-policy"] == CSP
    assert headers["cache-control"] == "no-cache"
    assert f'src="/assets/{client_mark()}/js/main.js"'.encode() in body
    assert b"__ASSETS__" not in body


def test_assets_are_for_ever(front: Front) -> None:
    status, headers, body = front.send(get(f"/assets/{client_mark()}/js/main.js", "Accept-Encoding: gzip"))
    assert status == 200
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-encoding"] == "gzip"
    assert body


def test_request_id_of_the_caller_is_kept(front: Front) -> None:
    assert front.send(get("/api/v1/me", "X-Request-Id: from-the-caller-1"))[1]["x-request-id"] == "from-the-caller-1"
    assert front.send(get("/_problem", "X-Request-Id: from-the-caller-2"))[1]["x-request-id"] == "from-the-caller-2"


def test_odd_request_id_is_replaced(front: Front) -> None:
    for path in ("/api/v1/me", "/_problem"):
        assert re.fullmatch("[0-9a-f]{32}", front.send(get(path, 'X-Request-Id: "}'))[1]["x-request-id"])


def test_hsts_is_not_on_a_claim(front: Front) -> None:
    """One hop is trusted, and that hop was plain HTTP; what the caller says of earlier hops is not believed."""
    headers = front.send(get("/", "X-Forwarded-Proto: https", "X-Forwarded-For: 6.6.6.6"))[1]
    assert "strict-transport-security" not in headers


def test_log_has_no_query(front: Front) -> None:
    front.send(get("/api/v1/plans/x/actions?q=a-searched-word", "X-Request-Id: logged-request-1"))
    deadline = time.monotonic() + 2
    while "logged-request-1" not in front.log() and time.monotonic() < deadline:
        time.sleep(0.02)
    line = next(line for line in front.log().splitlines() if "logged-request-1" in line)
    assert json.loads(line)["path"] == "/api/v1/plans/x/actions"
    assert "a-searched-word" not in front.log()


class Recorder:
    """An API that keeps the bytes it is sent, and answers with many."""

    BODY = b"x" * 400_000

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(10)
        self.port = int(self.server.getsockname()[1])
        self.reached = threading.Event()
        self.sent = threading.Event()
        self.got = b""
        self.thread = threading.Thread(target=self.answer_one)
        self.thread.start()

    def answer_one(self) -> None:
        caller, _ = self.server.accept()
        self.reached.set()
        with caller:
            caller.settimeout(5)
            while b"\r\n\r\n" not in self.got or not self.got.endswith(b"END"):
                self.got += caller.recv(65536)
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(self.BODY) + self.BODY)
            self.sent.set()
        self.server.close()


def test_buffers_both_ways() -> None:
    """The API meets a request when all of it is here, and is rid of its answer before the caller has read it."""
    api = Recorder()
    with running_front(api.port) as front:
        with socket.socket() as caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            caller.settimeout(5)
            caller.connect(("127.0.0.1", front.port))
            caller.sendall(b"POST /api/v1/x" + HEAD + b"X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n")
            # The API's server could not tell these from those with dashes.
            caller.sendall(b"X_Forwarded_For: 7.7.7.7\r\nX_Forwarded-For: 7.7.7.7\r\n")
            caller.sendall(b"X-Forwarded-Host: evil\r\nContent-Length: 7\r\n\r\nhalf")
            assert not api.reached.wait(0.4)
            caller.sendall(b"END")
            assert api.sent.wait(3)
            assert read_answer(caller)[2] == Recorder.BODY
        api.thread.join()
    sent = api.got.decode().lower()
    assert "x-forwarded-for: 6.6.6.6, 127.0.0.1\r\n" in sent
    assert "x-forwarded-proto: https, http\r\n" in sent
    assert "x-forwarded-host" not in sent
    assert "7.7.7.7" not in sent
    assert "host: plan.example\r\n" in sent


def test_what_slow_callers_may_take_is_written_down() -> None:
    said = SHIPPED.read_text("utf-8")
    for directive in (
        "proxy_buffering on;", "proxy_request_buffering on;", "client_max_body_size 5m;", "client_header_timeout 10s;",
        "client_body_timeout 10s;", "send_timeout 10s;", "limit_conn callers 256;", "server_tokens off;", "gzip off;",
    ):  # fmt: skip
        assert directive in said
