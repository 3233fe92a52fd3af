"""Who is named on an action: the whole list is replaced; somebody new is added to the directory on the way."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, column, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from api.domain.errors import Duplicate, FieldError, ValidationFailed
from api.domain.plan.by_when import say_date
from api.domain.plan.by_whom import print_named
from api.domain.plan.permissions import Role
from api.domain.plan.seeding import HOLDER_LISTS
from api.models import Agency, Named, NamedGroup, Person
from api.queries.people.holdings import read_placed
from api.queries.people.people import count_added, find_joined
from api.queries.plan.actions import LoadedAction
from api.services.journal import Change
from api.services.locks import hold_directory
from api.services.people import agencies, people
from api.services.work import Work

MOST_NEW_A_DAY = 50
"""How many people and groups a lead officer may add in 24 hours; a mistake or a stolen account fills no directory."""
Holder = tuple[str | None, ...]
Row = list[str | None]
"""A place as the journal holds it: [person, group, agency, name, qualifier]."""


def hold_for_new(work: Work, given: Collection[dict[str, Any]]) -> None:
    """Lock the directory when somebody new is among these: before the actions, as everything that changes both does (ADR 25). 1 SELECT at most."""
    if _new_ones(given):
        hold_directory(work)


def _new_ones(given: Collection[dict[str, Any]]) -> list[int]:
    return [order for order, place in enumerate(given) if "new_person" in place or "new_group" in place]


def _refuse_too_many(work: Work, given: list[dict[str, Any]]) -> None:
    """Raise ValidationFailed when a lead officer adds more than MOST_NEW_A_DAY; the directory is locked, so the count is exact. 1 SELECT."""
    new = _new_ones(given)
    if not new or work.actor.role is not Role.LEAD_OFFICER or work.actor.account_id is None:
        return
    left = max(0, MOST_NEW_A_DAY - count_added(work.session, work.actor.account_id, work.now - timedelta(days=1)))
    if len(new) > left:
        detail = (
            f"You can add {MOST_NEW_A_DAY} people and groups to the directory in a day, and {left or 'none'} of them are left. "
            "Choose somebody from the list, or ask an administrator to add the others."
        )
        raise ValidationFailed(detail, [FieldError(f"/by_whom/{new[left]}", "too-many", detail)])


def replace_named(work: Work, action: LoadedAction, given: list[dict[str, Any]]) -> Change | None:
    """Replace the names on the locked action by these, in this order; None when nothing changed.

    The change's `after` holds `places` and `by_whom`, the words for the paper: None while the paper's own say it.
    Raises ValidationFailed, Duplicate (a new group that there is already).
    """
    before = read_placed(work.session, [action.id]).get(action.id, [])
    rows = read_named(work, given, {tuple(each[:3]) for each in before})
    if rows == before:
        return None
    write_named(work.session, action.id, rows)
    return _change(action, before, rows, words_for(action, rows))


def put_back(work: Work, action: LoadedAction, places: list[Row], words: str | None, said: dict[str, Any]) -> Change:
    """Restore the names of an earlier day, as the people that they are now; `said` goes into the journal."""
    joined = find_joined(work.session, [UUID(each[0]) for each in places if each[0]])
    stand = {str(each): str(into) for each, into in joined.items()}
    rows = [[stand.get(each[0] or "", each[0]), *each[1:]] for each in places]
    rows = list({tuple(each[:3]): each for each in reversed(rows)}.values())[::-1]
    before = read_placed(work.session, [action.id]).get(action.id, [])
    write_named(work.session, action.id, rows)
    told = _change(action, before, rows, words)
    return Change(told.object_type, told.object_id, told.verb, told.before, {**(told.after or {}), **said})


def words_for(action: LoadedAction, rows: list[Row]) -> str | None:
    """The words for the paper; None where they are the paper's own."""
    words = print_named(rows)
    return None if words == action.by_whom_printed else words


def _change(action: LoadedAction, before: list[Row], after: list[Row], words: str | None) -> Change:
    told = {"places": before, "by_whom": action.by_whom}, {"places": after, "by_whom": words}
    return Change("action", action.id, "places-changed", *told)


def read_named(work: Work, given: list[dict[str, Any]], there: Collection[Holder] = ()) -> list[Row]:
    """Each with who it is; `there` are on the action already. All are checked before anybody new is added. Raises ValidationFailed."""
    known = _find(work.session, given)
    errors: list[FieldError] = []
    rows = [_known(place, known, there, f"/by_whom/{order}", errors) for order, place in enumerate(given)]
    _refuse_twice(rows, errors)
    if errors:
        raise ValidationFailed(errors[0].detail, errors)
    _refuse_too_many(work, given)
    return [
        row or _add(work, place, f"/by_whom/{order}")
        for order, (place, row) in enumerate(zip(given, rows, strict=True))
    ]


_TABLES: dict[str, Any] = {"person": Person, "group": NamedGroup, "agency": Agency}


def _find(session: Session, given: list[dict[str, Any]]) -> dict[UUID, Any]:
    """People, groups and agencies by the ids given; who was joined to another is that other one. 4 SELECTs, and one a step."""
    ids = {kind: {place[kind] for place in given if kind in place} for kind in HOLDER_LISTS}
    joined = find_joined(session, ids["person"]) if ids["person"] else {}
    ids["person"] |= set(joined.values())
    found: dict[UUID, Any] = {}
    for kind, table in _TABLES.items():
        if ids[kind]:
            found |= {row.id: row for row in session.scalars(select(table).where(table.id.in_(ids[kind])))}
    return found | {each: found[into] for each, into in joined.items()}


def _known(
    place: dict[str, Any], known: dict[UUID, Any], there: Collection[Holder], pointer: str, errors: list[FieldError]
) -> Row | None:
    """The row of somebody who is in the directory; None for somebody new, and where it cannot be (an error is noted).

    Who is on the action stays on it, whatever became of them since.
    """
    kind = next((kind for kind in HOLDER_LISTS if kind in place), None)
    if kind is None:
        return None
    found = known.get(place[kind])
    row = _row(kind, found.id, place.get("name") or found.name, place) if found else None
    refusal = _WHERE[kind] if row is None else None if tuple(row[:3]) in there else _gone(kind, found)
    if refusal:
        errors.append(FieldError(f"{pointer}/{kind}", "invalid", refusal))
        return None
    return row


_WHERE = {
    "person": "There is no such person; GET /people lists them.",
    "group": "There is no such group; GET /groups lists them.",
    "agency": "There is no such agency; GET /agencies lists them.",
}


def _gone(kind: str, found: Any) -> str | None:
    """Why somebody of the directory cannot be named on an action."""
    if kind == "person" and found.left_on is not None:
        return f"{found.name} left on {say_date(found.left_on)}; name somebody who is there."
    if kind == "agency" and found.ended_on is not None:
        return f"{found.name} has ended; name the agency that there is now."
    return None


def _row(kind: str, holder: UUID, name: str, place: dict[str, Any]) -> Row:
    return [*(str(holder) if each == kind else None for each in HOLDER_LISTS), name, place.get("qualifier")]


def _refuse_twice(rows: list[Row | None], errors: list[FieldError]) -> None:
    first: dict[tuple[str | None, ...], int] = {}
    for order, row in enumerate(rows):
        if row is None:
            continue
        if first.setdefault(tuple(row[:3]), order) != order:
            kind = next(kind for kind, each in zip(HOLDER_LISTS, row, strict=False) if each)
            errors.append(FieldError(f"/by_whom/{order}/{kind}", "duplicate", f"{row[3]} is on this list twice."))


def _add(work: Work, place: dict[str, Any], pointer: str) -> Row:
    """Add somebody to the directory, who is then on the action."""
    try:
        if "new_group" in place:
            group = agencies.create_group(work, name=place["new_group"]["name"])
            return _row("group", group.id, place.get("name") or group.name, place)
        person = people.create_person(work, **place["new_person"])
    except Duplicate as there:
        detail = f"{there.detail} Choose it from the list."
        raise ValidationFailed(detail, [FieldError(f"{pointer}/new_group/name", "duplicate", detail)]) from there
    except ValidationFailed as wrong:
        raise wrong.below(f"{pointer}/new_person") from wrong
    return _row("person", person.id, place.get("name") or person.name, place)


# The rows come as one document, so that all move in one statement: no two have one position even in passing.
_GIVEN = (
    func.jsonb_to_recordset(bindparam("rows", type_=JSONB()))
    .table_valued(column("id", Uuid), column("position", Integer), column("name", Text), column("qualifier", Text))
    .render_derived(name="given", with_types=True)
)
_MOVE = (
    update(Named)
    .where(Named.id == _GIVEN.c.id)
    .values(position=_GIVEN.c.position, name=_GIVEN.c.name, qualifier=_GIVEN.c.qualifier)
    .execution_options(synchronize_session=False)
)


def write_named(session: Session, action_id: UUID, rows: list[Row]) -> None:
    """Make these the names on the action. Who was on it keeps the row, so that a merge can still be undone in it."""
    there = {
        tuple(str(each) if each else None for each in holder): place
        for place, *holder in session.execute(
            select(Named.id, Named.person_id, Named.group_id, Named.agency_id).where(Named.action_id == action_id)
        )
    }
    stay, new = [], []
    for position, (*holder, name, qualifier) in enumerate(rows, 1):
        words = {"position": position, "name": name, "qualifier": qualifier}
        place = there.pop(tuple(holder), None)
        if place is not None:
            stay.append({"id": str(place), **words})
        else:
            ids = {f"{kind}_id": UUID(each) if each else None for kind, each in zip(HOLDER_LISTS, holder, strict=True)}
            new.append({"action_id": action_id, **ids, **words})
    if there:
        session.execute(delete(Named).where(Named.id.in_(there.values())))
    if stay:
        session.execute(_MOVE, {"rows": stay})
    if new:
        session.execute(insert(Named), new)
