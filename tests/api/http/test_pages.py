"""The client's files and pages, and the headers of every answer (API 9)."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.client.client_files import read_pages
from tests.client import PLAN, SECURITY_HEADERS, Api, check_problem

FRONTEND = Path(__file__).parents[3] / "frontend"


@pytest.fixture(scope="module")
def visitor(still: Api) -> FlaskClient:
    return still.app.test_client()


@pytest.fixture(scope="module")
def front(visitor: FlaskClient) -> TestResponse:
    return visitor.get("/")


def assets_of(front: TestResponse) -> list[str]:
    return sorted(set(re.findall(r'"(/assets/[^"]+)"', front.text)))


@pytest.mark.parametrize(
    "path", ["/", "/actions/4.10", "/actions", "/sign-in", "/report", "/p/some-plan/actions/1.1", "/admin/people/x/y"]
)
def test_every_address_of_the_client_is_the_page(visitor: FlaskClient, front: TestResponse, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "text/html", front.data)


@pytest.mark.parametrize(
    "path",
    ["/nope.js", "/app.css", "/favicon.png", "/wp-login.php", "/.env", "/assets/x/nope.js", "/x.MAP", "/data.json"],
)
def test_what_looks_like_a_file_and_is_none_is_404(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    check_problem(answer)


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NO_PAGES = [
    "/metrics",
    "/apiary",
    "/plans/x/y",
    "/p/some-plan/metrics",
    "/server-status",
    "/actions/1.1/more",
    "/p",
    "/admin.cgi",
    "/myself",
]
NEVER = [
    "/.git/config",
    "/.well-known/security",
    "/.well-known/change-password",
    "/.env.local",
    "/p/x/.git/config",
    "/admin/.htaccess",
    "/x/.../y",
]


@pytest.mark.parametrize("path", NO_PAGES)
def test_an_address_without_a_page_is_404_and_says_so_to_people(
    visitor: FlaskClient, front: TestResponse, path: str
) -> None:
    check_problem(nothing := visitor.get(path))
    assert nothing.status_code == 404
    told = visitor.get(path, headers=BROWSER)
    assert (told.status_code, told.mimetype, told.data) == (404, "text/html", front.data)
    assert "Accept" in told.headers["Vary"].split(", ")


@pytest.mark.parametrize("path", [*NEVER, "/wp-login.php", "/admin.php", "/.env"])
def test_what_only_programs_ask_for_is_404_whatever_they_accept(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path, headers=BROWSER)
    assert answer.status_code == 404
    check_problem(answer)


def test_the_pages_are_those_of_the_clients_own_router() -> None:
    """Each line of its table was read: a page that the server does not know would be 404."""
    router = FRONTEND / "js" / "router.js"
    lines = re.findall(r"^  \[/.*/, '([a-z-]+)'\],$", router.read_text(), re.MULTILINE)
    names = set(
        re.findall(r"^  '?([a-z-]+)'?: \[\(\) => import", (FRONTEND / "js" / "pages.js").read_text(), re.MULTILINE)
    )
    is_page = read_pages({"js/router.js": router.read_bytes()})
    examples = [
        "/",
        "/actions",
        "/actions/4.10",
        "/my",
        "/report",
        "/gaps",
        "/sign-in",
        "/account/security",
        "/reset",
        "/admin/people/x",
        "/accessibility",
        "/journal/",
        "/search",
        "/glossary",
    ]
    assert len(lines) == len(examples)
    assert set(lines) == names - {"board", "past-action", "missing"}
    assert [path for path in examples if not is_page(path)] == []
    assert not read_pages({})("/")


@pytest.mark.parametrize("path", ["/assets/test/../app.py", "/assets/test/%2e%2e/%2e%2e/pyproject.toml"])
def test_nothing_outside_the_clients_folder_is_given(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_the_page_is_asked_for_each_time_and_its_assets_never_again(visitor: FlaskClient, front: TestResponse) -> None:
    assert front.headers["Cache-Control"] == "no-cache"
    assert assets_of(front)
    for path in assets_of(front):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_no_placeholder_is_left_in_what_is_filled_in(visitor: FlaskClient, front: TestResponse) -> None:
    manifest = next(path for path in assets_of(front) if path.endswith(".webmanifest"))
    for text in (front.text, visitor.get("/sw.js").text, visitor.get(manifest).text):
        assert not re.search(r"__[A-Z_]+__", text)


def test_the_page_says_its_language(front: TestResponse) -> None:
    assert '<html lang="en-GB">' in front.text


def test_the_worker_names_files_of_this_release_and_is_asked_for_each_time(visitor: FlaskClient) -> None:
    worker = visitor.get("/sw.js")
    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    [base], [files] = re.findall(r"BASE = '([^']+)'", worker.text), re.findall(r"FILES = (\[.+\])", worker.text)
    for path in ["index.html", *json.loads(files)]:
        answer = visitor.get(f"{base}/{path}")
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["Cache-Control"], path


def test_a_page_left_open_learns_which_release_is_served(still: Api, front: TestResponse) -> None:
    mark = assets_of(front)[0].split("/")[2]
    assert still.as_("lucy").get("/me").headers["Client-Release"] == mark


def test_without_a_client_there_is_no_worker(tmp_path: Path) -> None:
    from api.app import create_app
    from tests.conftest import settings_for

    app = create_app(settings_for("postgresql+psycopg://plan_web@127.0.0.1:9/nowhere"), frontend=tmp_path)
    assert app.test_client().get("/sw.js").status_code == 404


def test_another_releases_asset_is_given_and_not_kept(visitor: FlaskClient, front: TestResponse) -> None:
    path = re.sub(r"^/assets/[^/]+/", "/assets/old/", next(each for each in assets_of(front) if each.endswith(".js")))
    assert visitor.get(path).headers["Cache-Control"] == "no-cache"


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(front: TestResponse) -> None:
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', front.text)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", front.text)
    assert not re.findall(r"\son[a-z]+=|<style|\sstyle=", front.text)


def test_a_file_of_the_client_changes_the_mark_of_the_release(tmp_path: Path) -> None:
    from api.release import client_mark

    (tmp_path / "a.js").write_text("1")
    before = client_mark(tmp_path)
    (tmp_path / "a.js").write_text("2")
    assert client_mark(tmp_path) != before


# Every answer the API client of these tests gets is held to the same; these are the others.
@pytest.mark.parametrize(
    "path", ["/", "/nope.js", "/assets/x/nope.js", "/api", "/api/v1", "/api/v2/plans", "/api//v1/plans"]
)
def test_every_answer_carries_the_security_headers(visitor: FlaskClient, path: str) -> None:
    headers = visitor.get(path).headers
    assert set(headers.keys()) >= SECURITY_HEADERS
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    } <= set(policy.split("; "))


@pytest.mark.parametrize("path", ["/api", "/api/v1", "/api/v2/plans", "/api//v1/plans", "/api/v1//plans"])
def test_no_address_of_the_api_is_a_page(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    check_problem(answer)


def test_https_is_asked_for_under_https_only(visitor: FlaskClient) -> None:
    assert "Strict-Transport-Security" in visitor.get("/", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in visitor.get("/", base_url="http://localhost").headers


@pytest.mark.parametrize("path", ["/me", "/people", "/health/live"])
def test_what_is_about_people_and_state_is_stored_nowhere(still: Api, path: str) -> None:
    assert still.as_("lucy").get(path).headers["Cache-Control"] == "no-store"


def test_no_other_site_may_read(still: Api) -> None:
    headers = still.as_("lucy").get(PLAN, headers={"Origin": "https://example.org"}).headers
    assert not [name for name, _ in headers if name.startswith("Access-Control")]


def test_health_live_needs_no_database() -> None:
    from api.app import create_app
    from tests.conftest import settings_for

    app = create_app(settings_for("postgresql+psycopg://plan_web@127.0.0.1:9/nowhere"))
    assert app.test_client().get("/api/v1/health/live").json == {"status": "ok"}


@pytest.mark.parametrize("path", ["/health/ready", "/me", PLAN])
def test_without_a_database_the_rest_is_503(still: Api, path: str) -> None:
    from api.app import create_app
    from tests.conftest import settings_for

    app = create_app(settings_for("postgresql+psycopg://plan_web@127.0.0.1:9/nowhere"))
    answer = app.test_client().get(f"/api/v1{path}", headers=still.as_("lucy").headers)
    assert (answer.status_code, answer.json["code"]) == (503, "database-unavailable")
    assert answer.headers["Retry-After"] == "5"


def test_ready_says_when_the_database_is_behind(api: Api) -> None:
    api.sql("UPDATE alembic_version SET version_num = '0001'")
    answer = api.nobody.get("/health/ready")
    assert answer.json["code"] == "not-ready"
    assert "plan migrate" in answer.json["detail"]


def test_ready_says_when_what_is_acknowledged_may_be_lost(still: Api) -> None:
    assert "fsync" in still.nobody.get("/health/ready").json["detail"]
