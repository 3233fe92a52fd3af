"""What only a real server and the real front can show of addresses and headers: the bytes as they are sent, and as they come.

The database is away: all of this is answered without one.
"""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.front import Front, running_front
from tests.integration.server.test_front import NO_DATABASE, SECRET, check_problem
from tests.integration.serving import Server, serving

HEAD = b" HTTP/1.1\r\nHost: plan.example\r\nConnection: close\r\n"
TOKEN = "Authorization: Bearer x.y.z"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    with serving("serve", folder, SECRET_KEY=SECRET, DATABASE_URL=NO_DATABASE, DATA_DIR=str(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def places(server: Server) -> Iterator[dict[str, Front]]:
    """The server itself and the front before it, by name."""
    with running_front(server.port) as front:
        yield {"alone": Front(server.port, Path()), "behind the front": front}


def ask(place: Front, path: str, *more: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    lines = "".join(f"{line}\r\n" for line in more).encode()
    return place.send(f"{method} {path}".encode() + HEAD + lines + b"\r\n", wait=10)


PLACES = ["alone", "behind the front"]
SPELLINGS = [
    "/api/v1/me/", "//api/v1/me", "///api/v1/me", "/api//v1/me", "/api/v1//me", "/API/v1/me", "/Api/V1/me", "/./api/v1/me",
    "/x/../api/v1/me", "/api/v1/../v1/me", "//evil.example/api/v1/me", "/problems/", "/api/v1/me/?x=1", "/x/%2e%2e/api/v1/me",
]  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("path", SPELLINGS)
def test_another_spelling_is_of_nothing(places: dict[str, Front], where: str, path: str) -> None:
    answer = ask(places[where], path)
    check_problem(answer, 404, "not-found")
    assert "location" not in answer[1]


@pytest.mark.parametrize(
    "path", ["/api%2fv1/me", "/api%2Fv1%2Fme", "/api/v1%2fme", "/api/v1/plans/x%2factions", "/%2fapi/v1/me"]
)
def test_a_hidden_slash_is_of_nothing_behind_the_front(places: dict[str, Front], path: str) -> None:
    check_problem(ask(places["behind the front"], path), 404, "not-found")


def test_a_hidden_slash_in_a_query_is_one(places: dict[str, Front]) -> None:
    check_problem(ask(places["behind the front"], "/api/v1/me?q=a%2fb"), 401, "unauthenticated")


@pytest.mark.parametrize("path", ["/api%2fv1/me", "/%61pi/v1/me"])
def test_the_server_alone_reads_the_same_address_in_another_coding(places: dict[str, Front], path: str) -> None:
    """It is handed on decoded, so that nothing after it can tell; it is answered as what it then is, without a redirect."""
    check_problem(ask(places["alone"], path), 401, "unauthenticated")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/health/live",
        "/problems/forbidden",
        "/",
        "/api/v1/me",
        "/nope.js",
    ],
)
def test_head_is_get_without_its_body(places: dict[str, Front], where: str, path: str) -> None:
    own = {"x-request-id", "date"}
    got = ask(places[where], path)
    with_body = {name: value for name, value in got[1].items() if name not in own}
    raw = _raw(places[where], f"HEAD {path}".encode() + HEAD + b"\r\n")
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
    assert int(first.split()[1]) == got[0]
    assert {name: value for name, value in headers.items() if name not in own} == with_body
    assert body == b""


def _raw(place: Front, request: bytes) -> bytes:
    """All bytes until the connection is closed."""
    with socket.create_connection(("127.0.0.1", place.port), timeout=10) as caller:
        caller.sendall(request)
        return b"".join(iter(lambda: caller.recv(65536), b""))


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_304_has_the_tag_of_the_200(places: dict[str, Front], where: str, coding: str, method: str) -> None:
    accepts = f"Accept-Encoding: {coding}"
    tag = ask(places[where], "/api/v1/openapi.json", accepts)[1]["etag"]
    assert tag.endswith({"identity": '"', "br": '-br"', "gzip": '-gzip"'}[coding])
    raw = _raw(
        places[where],
        f"{method} /api/v1/openapi.json".encode() + HEAD + f"{accepts}\r\nIf-None-Match: {tag}\r\n\r\n".encode(),
    )
    head, _, body = raw.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 304 ")
    assert f"\r\netag: {tag}\r\n" in head.decode().lower() + "\r\n"
    assert body == b""


def test_two_authorizations_are_refused(places: dict[str, Front]) -> None:
    problem = check_problem(ask(places["alone"], "/api/v1/me", TOKEN, TOKEN), 400, "invalid-header")
    assert "twice" in str(problem["detail"])
    assert ask(places["behind the front"], "/api/v1/me", TOKEN, TOKEN)[0] == 400


def test_two_request_ids_are_none(places: dict[str, Front]) -> None:
    """The front hands on one id, its own or a caller's; without it we see that there are two."""
    lines = ("X-Request-Id: the-first-one", "X-Request-Id: the-second-one")
    got = ask(places["alone"], "/api/v1/health/live", *lines)[1]["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", got)


def test_several_lines_of_if_none_match_are_one_list(places: dict[str, Front]) -> None:
    tag = ask(places["alone"], "/api/v1/openapi.json")[1]["etag"]
    raw = _raw(
        places["alone"],
        b"GET /api/v1/openapi.json" + HEAD + f'If-None-Match: "x"\r\nIf-None-Match: {tag}\r\n\r\n'.encode(),
    )
    assert raw.startswith(b"HTTP/1.1 304 ")
