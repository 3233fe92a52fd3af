"""Whoever is in the tables is found however they are typed: by the lists of the API, and by every query that compares names."""

from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import ARRAY, Text, bindparam, func, select

from api.domain.folding import fold
from api.extensions import db
from api.queries.folding import folded
from api.queries.people.mentions import list_mentions
from api.queries.people.people import find_person_by_name
from api.queries.privacy.person_data import find_people_called
from tests.client import Api, problem
from tests.unit.people.test_fold import APART, NAMES, TEXTS, WRITTEN


@pytest.fixture(scope="module")
def named(still: Api) -> Callable[[str], Api]:
    """Somebody of this name in the directory, and an account and an agency called so."""
    person = still.one("SELECT id FROM person WHERE name = 'Kate Dempsey'")
    account = still.one("SELECT id FROM account WHERE name = 'Somebody Else'")

    def name(written: str) -> Api:
        still.sql("UPDATE person SET name = %s WHERE id = %s", written, person)
        still.sql("UPDATE account SET name = %s WHERE id = %s", written, account)
        return still

    return name


def found(api: Api, path: str, typed: str) -> list[Any]:
    rows: list[Any] = api.as_("admin").read(f"{path}?q={quote(typed)}")["data"]
    return rows


@pytest.mark.parametrize(("written", "typed"), NAMES)
def test_somebody_is_found_by_their_name_and_as_it_is_typed(
    named: Callable[[str], Api], written: str, typed: str
) -> None:
    api = named(written)
    for words in (written, typed):
        assert found(api, "/people", words)
        assert found(api, "/accounts", words)
    with api.app.app_context():
        assert find_people_called(db.session(), typed)
        assert find_person_by_name(db.session(), written) is not None


@pytest.mark.parametrize(("written", "typed"), APART)
def test_and_by_nothing_else(named: Callable[[str], Api], written: str, typed: str) -> None:
    assert not found(named(written), "/people", typed)


def test_the_actions_of_a_plan_are_found_so_too(api: Api) -> None:
    path = api.action("1.1")
    admin = api.as_("admin")
    for written, typed in TEXTS + NAMES[:4]:
        admin.patch(path, {"text": f"Ask {written} again"}, headers=admin.etag(path))
        for words in (typed, written):
            assert "1.1" in [each["number"] for each in found(api, "/plans/havering-2020-23/actions", words)], words


def test_the_audit_is_looked_through_so_too(api: Api) -> None:
    api.sql("UPDATE account SET name = 'Ann O’Connor' WHERE name = 'Jane Carroll'")
    api.as_("jane").get("/accounts")  # refused, and noted
    assert found(api, "/audit", "ann o'connor")
    assert not found(api, "/audit", "ann o'conner")


@pytest.mark.parametrize(("path", "also"), [("/agencies", {"short_name": "StM", "kind": "other"}), ("/groups", {})])
def test_a_second_agency_or_group_of_the_same_name_is_a_duplicate(api: Api, path: str, also: dict[str, str]) -> None:
    admin = api.as_("admin")
    assert admin.post(path, {"name": "St Mary’s Multi‑Academy", **also}).status_code == 201
    again = admin.post(path, {"name": "st mary's multi academy", **also})
    assert problem(again) == (409, "duplicate")


def test_a_mention_is_one_in_any_kind_of_quote(api: Api) -> None:
    api.as_("admin").say("1.1", "Ann O’Connor and Ben Smith‑Jones met.")
    with api.app.app_context():
        for name in ("Ann O'Connor", "ben smith-jones"):
            assert [each["what"] for each in list_mentions(db.session(), [name])] == ["progress update"]


def test_the_tables_fold_every_letter_as_the_server_does(still: Api) -> None:
    random = Random(21)
    texts = [chr(code) for code in WRITTEN]
    texts += ["".join(map(chr, random.choices(WRITTEN, k=random.randint(1, 30)))) for _ in range(2000)]
    texts += [each for pair in NAMES + TEXTS for each in pair]
    given = (
        func.unnest(bindparam("texts", texts, ARRAY(Text)))
        .table_valued("text", with_ordinality="place")
        .render_derived()
    )
    with still.app.app_context():
        made = list(db.session.scalars(select(folded(given.c.text)).order_by(given.c.place)))
    assert {
        each: (ours, theirs) for each, ours, theirs in zip(texts, map(fold, texts), made, strict=True) if ours != theirs
    } == {}
