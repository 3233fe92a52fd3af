"""What the routes for possible duplicates and merges answer."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.people.duplicates import Key, find_duplicates, key_of, why_alike
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.paging import forged_cursor, page, read_cursor
from api.models import Person
from api.queries.people.duplicates import get_merge, list_apart, list_merges, list_names
from api.queries.people.holdings import get_held, get_people, list_agencies_of
from api.schemas.people.duplicates import shape_apart, shape_holder
from api.schemas.people.merges import shape_merge
from api.services.people import duplicates, merges, unmerging


def read_duplicates(call: Call, *, limit: int, apart: bool, cursor: str | None = None) -> Answer:
    """Answer with the pairs in order of name, each with what stands to both names. 9 SELECTs, however many people."""
    after = read_cursor(cursor, "pair")
    told = {(each.first_id, each.second_id): each for each in list_apart(call.session)}
    names = dict(list_names(call.session))
    if apart:
        keyed = sorted((_key(names, *pair), why_alike(names[pair[0]], names[pair[1]])) for pair in told)
        shown = [each for each in keyed if after is None or each[0] > after][: limit + 1]
    else:
        place = _read_place(after) if after else None
        pairs = find_duplicates(names.items(), map(frozenset, told), after=place, most=limit + 1)
        shown = [(_key(names, pair.first, pair.second), pair.why) for pair in pairs]
    rows = _shape(call.session, shown, told)
    return page(rows, limit, "pair", lambda row: _key(names, row["first"]["id"], row["second"]["id"]), private=True)


def _key(names: dict[UUID, str], first: UUID, second: UUID) -> list[str]:
    """Its place in the list: by name, then by ids."""
    name, *both = key_of(names, first, second)
    return [name, *map(str, both)]


def _read_place(after: list[str]) -> Key:
    """The place that a cursor says. Raises InvalidCursor."""
    try:
        name, first, second = after
        return name, UUID(first), UUID(second)
    except ValueError as error:
        raise forged_cursor() from error


def _shape(session: Session, pairs: list[tuple[list[str], str | None]], told: dict[Any, Any]) -> list[dict[str, Any]]:
    """PairOuts."""
    ids = {UUID(each) for (_, *both), _ in pairs for each in both}
    people, held = get_people(session, ids), get_held(session, ids)
    agencies = list_agencies_of(session, people.values())

    def holder(person: Person) -> dict[str, Any]:
        return shape_holder(person, agencies.get(person.agency_id) if person.agency_id else None, held[person.id])

    rows = []
    for (_, *both), why in pairs:
        first, second = (UUID(each) for each in both)
        apart = told.get((first, second))
        shown = {"first": holder(people[first]), "second": holder(people[second])}
        rows.append({**shown, "why": why, "apart": apart and shape_apart(apart)})
    return rows


def tell_apart(call: Call, **pair: UUID) -> Answer:
    """Keep that they are two."""
    told = duplicates.tell_apart(call.work, **pair)
    return Answer({"first": told.first_id, "second": told.second_id, "apart": shape_apart(told)}, private=True)


def take_back_apart(call: Call, **pair: UUID) -> Answer:
    """They may be one after all."""
    duplicates.take_back_apart(call.work, **pair)
    return Answer(status=204, private=True)


def read_merges(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the merges, newest first."""
    found = read_cursor(cursor, "merge")
    try:
        before = UUID(found[0]) if found else None
    except ValueError as error:
        raise forged_cursor() from error
    rows = [_shape_merge(row) for row in list_merges(call.session, before=before, limit=limit + 1)]
    return page(rows, limit, "merge", lambda row: [str(row["id"])], private=True)


def merge(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Join them."""
    made = merges.merge_people(call.work, person_id, **fields)
    return Answer(_shape_merge(get_merge(call.session, made.id)), private=True)


def undo_merge(call: Call, merge_id: UUID) -> Answer:
    """Part them again."""
    undone, left = unmerging.undo_merge(call.work, merge_id)
    return Answer({**_shape_merge(get_merge(call.session, undone.id)), "left": left}, private=True)


def _shape_merge(row: Any) -> dict[str, Any]:
    merge, kept, merged = row
    return shape_merge(merge, kept, merged)
