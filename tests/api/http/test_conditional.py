"""Conditions on every address (RFC 9110, 13): If-Match on all writes, If-None-Match and an ETag on all reads, HEAD as GET.

The addresses and bodies are those of test_access.py, which has a row for each.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from api.http.declare import WRITING, Operation
from api.http.messages.etag import Tag, read_tags
from tests.api.contract.test_access import CALLERS, NOT_READY, TABLE, Prepared, body_for, caller_of, path_for, prepare
from tests.client import PLAN, Api, problem
from tests.conftest import Databases, Seeded, api_over

BY_NAME = {f"{method} {rule}": (method, rule) for method, rule in TABLE}
WRITES = [name for name, (method, _) in BY_NAME.items() if method in WRITING]
READS = [name for name, (method, rule) in BY_NAME.items() if method == "GET" and "/directory/" not in rule]
# What each answer has of its own, and one that is counted down.
OWN = ("X-Request-Id", "Date", "RateLimit")


@pytest.fixture(scope="module")
def standing(databases: Databases, seeded: Seeded) -> Iterator[Prepared]:
    with api_over(databases, seeded) as api:
        yield prepare(api)


@pytest.fixture(scope="module")
def declared(standing: Prepared) -> dict[str, Operation]:
    operations: list[Operation] = standing.api.app.extensions["plan_operations"]
    return {f"{each.method} {each.rule}": each for each in operations}


def who_may(name: str) -> str:
    """The first kind of caller for whom the table has a success; the administrator where it has none."""
    statuses = dict(zip(CALLERS, TABLE[BY_NAME[name]], strict=True))
    return next((kind for kind, status in statuses.items() if status < 300), "admin")


def ask(prepared: Prepared, name: str, **headers: str) -> TestResponse:
    """This request as somebody who may."""
    method, rule = BY_NAME[name]
    body = body_for(prepared, method, rule)
    options: dict[str, Any] = {} if body is None else {"json": body}
    caller = caller_of(prepared, who_may(name))
    return caller.open(method, path_for(prepared, method, rule), headers=headers, **options)


# --- If-Match ------------------------------------------------------------------------------------


def tag_of(prepared: Prepared, name: str) -> str:
    """The ETag of what this write is about, as somebody reads it now."""
    thing = "/".join(BY_NAME[name][1].split("/")[:3])
    return prepared.api.as_("admin").get(path_for(prepared, "GET", thing)).headers["ETag"]


def stands(api: Api) -> tuple[Any, ...]:
    """What any write would change: the plan, the journal, the directory and the accounts."""
    counted = "SELECT (SELECT count(*) FROM account), (SELECT value FROM directory_revision), (SELECT count(*) FROM idempotency_key)"
    return (api.revision(), api.journal_length(), *api.sql(counted)[0])


def unmet(name: str, takes: str) -> tuple[int, str]:
    """What is answered to a condition that does not hold; that the path names what is not there comes first (API 3.5)."""
    if "<" in BY_NAME[name][1] and TABLE[BY_NAME[name]][0] == 404:
        return 404, "not-found"
    return 412, "stale-version" if takes else "precondition-failed"


@pytest.mark.parametrize("name", WRITES)
def test_a_weak_tag_never_matches(standing: Prepared, declared: dict[str, Operation], name: str) -> None:
    """Also that of what stands there: If-Match compares strongly (RFC 9110, 13.1.1). Where none is taken, none is passed over."""
    takes = declared[name].if_match
    before = stands(standing.api)
    answer = ask(standing, name, **{"If-Match": f"W/{tag_of(standing, name)}" if takes else 'W/"x"'})
    assert problem(answer) == unmet(name, takes)
    assert stands(standing.api) == before


@pytest.mark.parametrize("name", WRITES)
def test_what_is_no_tag_matches_nothing(standing: Prepared, declared: dict[str, Operation], name: str) -> None:
    before = stands(standing.api)
    answer = ask(standing, name, **{"If-Match": "r1.v1"})
    assert problem(answer) == unmet(name, declared[name].if_match)
    assert stands(standing.api) == before


TAKING = {
    "PATCH /accounts/<account>", "PATCH /actions/<action>", "PATCH /agencies/<agency>", "PATCH /groups/<group>",
    "PATCH /objectives/<objective>", "PATCH /people/<person>", "PATCH /plans/<plan>", "PATCH /updates/<update>",
    "POST /actions/<action>/dates", "POST /actions/<action>/removal", "POST /actions/<action>/sign-off",
    "POST /actions/<action>/updates", "POST /objectives/<objective>/removal",
}  # fmt: skip


def test_these_take_a_condition(declared: dict[str, Operation]) -> None:
    """Every PATCH needs one."""
    assert {name for name, each in declared.items() if each.if_match} == TAKING
    assert {name for name, each in declared.items() if each.method == "PATCH" and each.if_match != "required"} == set()


@pytest.mark.parametrize("name", sorted(TAKING - {"POST /objectives/<objective>/removal"}))
def test_a_strong_tag_of_what_stands_there_matches(
    databases: Databases, seeded: Seeded, declared: dict[str, Operation], name: str
) -> None:
    with api_over(databases, seeded) as api:
        prepared = prepare(api)
        answer = ask(prepared, name, **{"If-Match": f'"another", {tag_of(prepared, name)}'})
        assert answer.status_code == declared[name].status, answer.text


FORMS = {
    "{}": 200,
    " {} ": 200,
    "{},": 200,
    ", {}": 200,
    '"another", {}': 200,
    '{}, W/"another"': 200,
    '"a,b",{}': 200,
    "*": 200,
    "W/{}": 412,
    'W/{}, "another"': 412,
    '"another"': 412,
    '""': 412,
    "w/{}": 412,
    "{} {}": 412,
    "*, {}": 412,
    "": 412,
    '"unfinished': 412,
    "'single'": 412,
}


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_of_if_match(api: Api, form: str) -> None:
    caller, path = api.as_("admin" if form == "*" else "jane"), api.action("3.4")
    tag = caller.get(path).headers["ETag"]
    body = {"status": "in_progress", "reason": "It has begun."}
    answer = caller.patch(path, body, headers={"If-Match": form.replace("{}", tag)})
    assert answer.status_code == FORMS[form], answer.text
    assert api.revision() == (2 if FORMS[form] == 200 else 1)


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_tag_of_a_compressed_form_is_taken(api: Api, coding: str) -> None:
    jane, path = api.as_("jane"), api.action("3.4")
    tag = jane.get(path, headers={"Accept-Encoding": coding}).headers["ETag"]
    assert tag.endswith(f'-{coding}"')
    answer = jane.patch(path, {"status": "in_progress", "reason": "It has begun."}, headers={"If-Match": tag})
    assert answer.status_code == 200


def test_several_lines_are_one_list(api: Api) -> None:
    path = api.action("3.4")
    jane = api.as_("jane")
    lines = Headers(jane.headers)
    lines.extend([("If-Match", '"another"'), ("If-Match", jane.get(path).headers["ETag"])])
    body = {"status": "in_progress", "reason": "It has begun."}
    assert api.app.test_client().patch(f"/api/v1{path}", json=body, headers=lines).status_code == 200


@pytest.mark.parametrize("meanwhile", ["status", "post"])
def test_what_is_signed_off_is_what_was_read(api: Api, meanwhile: str) -> None:
    lucy, jane, path = api.as_("lucy"), api.as_("jane"), api.action("3.4")
    lucy.say("3.4", claim="delivered", impact="One set of figures.")
    seen = jane.etag(path)
    if meanwhile == "status":
        api.as_("admin").set_status("3.4", "in_progress")
    else:
        lucy.say("3.4", "Wait: two figures are missing.")
    refused = jane.post(f"{path}/sign-off", {}, headers=seen)
    assert problem(refused) == (412, "stale-version")
    assert refused.json["current"]["number"] == "3.4"
    assert refused.headers["ETag"] == jane.etag(path)["If-Match"]


@pytest.mark.parametrize(
    ("given", "tags"),
    [
        ('"a"', [Tag(False, '"a"')]),
        ('W/"a","b"', [Tag(True, '"a"'), Tag(False, '"b"')]),
        (' , "a" ,, "b,c" ,', [Tag(False, '"a"'), Tag(False, '"b,c"')]),
        ('""', [Tag(False, '""')]),
        ('"\xe9"', [Tag(False, '"\xe9"')]),
        *[
            (given, None)
            for given in ("", " ", ",", "a", '"a', '"a" "b"', '"a"b', 'w/"a"', 'W/ "a"', '"a b"', "*", '*,"a"')
        ],
    ],
)
def test_the_reader_of_tags(given: str, tags: list[Tag] | None) -> None:
    assert read_tags(given) == tags


# --- ETag, If-None-Match, HEAD and Vary ----------------------------------------------------------

WITHOUT = {
    "GET /health/live", "GET /health/ready", "GET /audit.csv", "GET /people/<person>/data", "GET /people/<person>/data.html",
    "GET /me/data", "GET /auth/directory/start", "GET /auth/directory/callback",
    "GET /accounts/second-factors.csv",
}  # fmt: skip


def test_every_get_has_an_etag_but_these(declared: dict[str, Operation]) -> None:
    """Redirects have none; the others say why."""
    reads = {name: each for name, each in declared.items() if each.method == "GET"}
    assert {name for name, each in reads.items() if not each.conditional} == WITHOUT
    assert all(each.no_etag or each.status == 302 for each in reads.values() if not each.conditional)


@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
@pytest.mark.parametrize("name", READS)
def test_head_is_get_without_its_body_and_a_304_has_the_tag_of_the_200(
    standing: Prepared, declared: dict[str, Operation], name: str, coding: str
) -> None:
    rule = BY_NAME[name][1]
    path, caller = path_for(standing, "GET", rule), caller_of(standing, who_may(name))
    headers = {"Accept-Encoding": coding}
    head, got = (caller.open(method, path, headers=headers) for method in ("HEAD", "GET"))
    assert got.status_code == (503 if TABLE["GET", rule] == NOT_READY else 200)
    assert (head.status_code, head.data, _told(head)) == (got.status_code, b"", _told(got))
    assert int(head.headers["Content-Length"]) == len(got.data)
    assert {"Accept-Encoding", "Authorization", "Cookie"} <= set(got.headers["Vary"].split(", "))
    tag = got.headers.get("ETag")
    assert (tag is not None) == declared[name].conditional
    if tag is None:
        return
    tags = read_tags(tag)
    assert tags is not None
    assert [each.weak for each in tags] == [False]
    for method in ("GET", "HEAD"):
        for given in (tag, f"W/{tag}", f'"another", {tag}', "*"):
            again = caller.open(method, path, headers={**headers, "If-None-Match": given})
            assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
            assert "Content-Length" not in again.headers
            assert {name: again.headers[name] for name in ("Cache-Control", "Vary")} == {
                name: got.headers[name] for name in ("Cache-Control", "Vary")
            }
    assert caller.get(path, headers={**headers, "If-None-Match": '"another"'}).data == got.data


def _told(answer: TestResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OWN}


@pytest.mark.parametrize("path", [PLAN, "/people", "{action}"])
def test_a_304_names_the_form_that_the_caller_would_be_sent_of_those_they_have(still: Api, path: str) -> None:
    path, robert = path.replace("{action}", still.action("3.4")), still.as_("robert")
    plain, packed, zipped = (
        robert.get(path, headers={"Accept-Encoding": each}).headers["ETag"] for each in ("", "br", "gzip")
    )
    assert len({plain, packed, zipped}) == 3
    has: dict[tuple[str, str], str] = {
        ("br", f"{plain}, {zipped}, {packed}"): packed,
        ("gzip", f"{plain}, {zipped}, {packed}"): zipped,
        ("br, gzip;q=0.5", f"{zipped}, {packed}"): packed,
        ("br;q=0.5, gzip", f"{zipped}, {packed}"): zipped,
        ("br;q=0, gzip", f"{packed}, {zipped}"): zipped,
        ("", f"{packed}, {plain}"): plain,
        # One that they read before with other programs: it is the same thing, and they have it.
        ("br", plain): plain,
        ("", packed): packed,
    }
    for (coding, given), tag in has.items():
        answer = robert.get(path, headers={"Accept-Encoding": coding, "If-None-Match": given})
        assert (answer.status_code, answer.headers["ETag"]) == (304, tag), (coding, given)


@pytest.mark.parametrize("path", [PLAN, "/people"])
@pytest.mark.parametrize("given", ["nonsense", '"unfinished', "", ",", "*, *"])
def test_an_if_none_match_that_cannot_be_read_is_as_if_it_were_not_there(still: Api, path: str, given: str) -> None:
    assert still.as_("robert").get(path, headers={"If-None-Match": given}).status_code == 200


CODINGS = {
    "": None, "br": "br", "gzip": "gzip", "gzip, deflate, br, zstd": "br", "BR": "br", "*": "br", "*;q=0": None, "br;q=0": None,
    "br;q=0, *": "gzip", "gzip;q=1.0, br;q=0.1": "gzip", "identity": None, "zebra": None, "deflate": None, "br;q=0.0, gzip;q=0": None,
}  # fmt: skip


@pytest.mark.parametrize("accepts", CODINGS)
def test_the_coding_is_one_that_is_accepted(still: Api, accepts: str) -> None:
    for path in (f"/api/v1{PLAN}", "/"):
        answer = still.app.test_client().get(path, headers={**still.as_("robert").headers, "Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == CODINGS[accepts], path


@pytest.mark.parametrize("path", ["/me", "/nowhere", PLAN])
def test_what_nobody_is_answered_varies_alike(still: Api, path: str) -> None:
    answer = still.nobody.get(path)
    assert answer.headers["Vary"] == still.as_("robert").get(PLAN).headers["Vary"]


def test_the_tag_of_an_update_is_another_once_it_is_answered(api: Api) -> None:
    update = api.as_("lucy").say("3.4")
    path, robert = f"/updates/{update['id']}", api.as_("robert")
    before = {"If-None-Match": robert.get(path).headers["ETag"]}
    assert robert.get(path, headers=before).status_code == 304
    answered = api.as_("jane").post(f"{path}/acknowledgement", {"state": "acknowledged"})
    after = robert.get(path, headers=before)
    assert (after.status_code, after.json["acknowledgement"]["state"]) == (200, "acknowledged")
    assert answered.headers["ETag"] == api.as_("jane").get(path).headers["ETag"]


OVERWRITING = [
    (name, kind)
    for name in sorted(TAKING)
    if name.startswith("PATCH") or name.endswith("/removal")
    for kind, status in zip(CALLERS, TABLE[BY_NAME[name]], strict=True)
    if status < 300 and kind != "admin"
]


@pytest.mark.parametrize(("name", "kind"), OVERWRITING)
def test_a_star_overwrites_for_administrators_only(
    standing: Prepared, declared: dict[str, Operation], name: str, kind: str
) -> None:
    """`*` holds whatever there is, so what others changed since would be gone unseen; who leads sends the ETag they read."""
    method, rule = BY_NAME[name]
    assert declared[name].if_match == "required"
    body = body_for(standing, method, rule)
    options = {"json": body} if body is not None else {}
    headers = {"If-Match": "*", "Idempotency-Key": "0123456789abcdef"}
    answer = caller_of(standing, kind).open(method, path_for(standing, method, rule), headers=headers, **options)
    assert problem(answer) == (412, "precondition-failed")
    assert "only an administrator" in answer.json["detail"]
