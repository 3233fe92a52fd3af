"""What a seed document must hold beyond its JSON Schema, and what a second run may change."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from api.domain.errors import FieldError
from api.domain.plan.by_when import ByWhen, DateKind
from api.domain.plan.periods import find_wrong, find_wrong_days
from api.domain.privacy.redaction import is_marked
from api.domain.text import why_unlike

# What a place may name, and the list that holds it.
HOLDER_LISTS = {"person": "people", "group": "groups", "agency": "agencies"}


def cross_check(document: dict[str, Any]) -> list[FieldError]:
    """Text can be stored, keys are unique, references resolve, numbers run in order, and dates mean what their words say."""
    return [
        *_texts(document),
        *_unique(document),
        *_references(document),
        *_numbers(document),
        *_dates(document),
    ]


def _texts(value: Any, pointer: str = "") -> Iterator[FieldError]:
    """Text that could not be stored, or would read differently from what is stored."""
    if isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(child, f"{pointer}/{step}")
    elif isinstance(value, str):
        wrong = why_unlike(value)
        if wrong:
            yield FieldError(pointer, "text", wrong)


def _unique(document: dict[str, Any]) -> Iterator[FieldError]:
    for kind in ("agencies", "people", "groups"):
        seen: set[str] = set()
        for place, entry in enumerate(document[kind]):
            if entry["key"] in seen:
                yield FieldError(
                    f"/{kind}/{place}/key", "duplicate", f"The key {entry['key']} is there twice; use another."
                )
            seen.add(entry["key"])
    shorts: set[str] = set()
    for place, term in enumerate(document.get("glossary", [])):
        if term["short"] in shorts:
            yield FieldError(f"/glossary/{place}/short", "duplicate", f"{term['short']} is there twice; keep one.")
        shorts.add(term["short"])


def _references(document: dict[str, Any]) -> Iterator[FieldError]:
    known = {kind: {entry["key"] for entry in document[kind]} for kind in ("agencies", "people", "groups")}
    for pointer, kind, key in _every_reference(document):
        if key not in known[kind]:
            near = ", ".join(sorted(name for name in known[kind] if name[:3] == key[:3])[:5])
            hint = f" Accepted keys like it: {near}." if near else f" Add it to /{kind}."
            yield FieldError(pointer, "unknown-key", f"There is no {key} in {kind}.{hint}")


def _every_reference(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(pointer, list it refers to, key) of each reference."""
    if document["owner"]["person"] is not None:
        yield "/owner/person", "people", document["owner"]["person"]
    for place, person in enumerate(document["people"]):
        if person["agency"] is not None:
            yield f"/people/{place}/agency", "agencies", person["agency"]
    for number, objective in enumerate(document["objectives"]):
        if objective["lead"] is not None:
            yield f"/objectives/{number}/lead/person", "people", objective["lead"]["person"]
        for position, action in enumerate(objective["actions"]):
            yield from _places(f"/objectives/{number}/actions/{position}/by_whom/named", action["by_whom"]["named"])


def _places(pointer: str, places: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for order, place in enumerate(places):
        kind = next(name for name in HOLDER_LISTS if name in place)
        yield f"{pointer}/{order}/{kind}", HOLDER_LISTS[kind], place[kind]


def _numbers(document: dict[str, Any]) -> Iterator[FieldError]:
    last = 0
    for place, objective in enumerate(document["objectives"]):
        number = objective["number"]
        if number <= last:
            yield FieldError(
                f"/objectives/{place}/number", "order", f"Objective {number} comes after {last}; numbers rise."
            )
        last = max(last, number)
        before = 0
        for order, action in enumerate(objective["actions"]):
            pointer = f"/objectives/{place}/actions/{order}/number"
            of, position = (int(part) for part in action["number"].split("."))
            if of != number:
                yield FieldError(
                    pointer, "order", f"{action['number']} stands under objective {number}; write {number}.{position}."
                )
            if position <= before:
                yield FieldError(pointer, "order", f"{action['number']} comes after {number}.{before}; numbers rise.")
            before = max(before, position)


def _dates(document: dict[str, Any]) -> Iterator[FieldError]:
    """What is wrong with days, by the rules of every other way in."""
    starts = document["starts"]
    days = (starts["from"], starts["to"], document["ends_on"], document["next_review_on"])
    yield from find_wrong_days(*map(_day, days))
    for place, objective in enumerate(document["objectives"]):
        for order, action in enumerate(objective["actions"]):
            given = action["by_when"]
            when = ByWhen(given["printed"], DateKind(given["kind"]), _day(given["from"]), _day(given["to"]))
            for wrong in find_wrong(when):
                pointer = f"/objectives/{place}/actions/{order}/by_when{wrong.pointer}"
                yield FieldError(pointer, wrong.code, wrong.detail)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def merge(current: dict[str, Any], seeded: dict[str, Any], wanted: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(what a second run writes, what it keeps): a file's change is applied only where nobody changed the plan since.

    All three hold the same members: as the plan stands, as the last seed left it, as this seed has it. Words that were
    removed are a change by hand: the file may hold them still, and must not bring them back.
    """
    changed = {name: value for name, value in wanted.items() if seeded.get(name) != value and current[name] != value}
    untouched = {name for name in changed if current[name] == seeded.get(name) and not is_marked(current[name])}
    writes = {name: value for name, value in changed.items() if name in untouched}
    return writes, [name for name in changed if name not in writes]


def remember(seeded: dict[str, Any], wanted: dict[str, Any], kept: Collection[str]) -> dict[str, Any]:
    """What the seed left, for the next run: the file, but never words that were removed since."""
    return {**wanted, **{name: seeded[name] for name in kept if is_marked(seeded.get(name))}}


def fill_in(
    current: dict[str, Any], wanted: dict[str, Any], by_hand: Collection[str]
) -> tuple[dict[str, Any], list[str]]:
    """(what a second run fills in, what it keeps) of a person, an agency or a group: what is empty, and was not emptied by hand."""
    differs = {name: value for name, value in wanted.items() if value is not None and current[name] != value}
    empty = {name: value for name, value in differs.items() if current[name] is None and name not in by_hand}
    return empty, sorted(differs.keys() - empty.keys())


def resolve(row: dict[str, Any], joined: dict[str, str]) -> dict[str, Any]:
    """A row of the file in JSON form, with those who were joined to another, or became another, replaced by that (ADR 15).

    `joined` is by id. Where both are on one action, the one who stands for both keeps their own place.
    """
    if not joined:
        return row
    found = {name: joined.get(value, value) if name in _REFERS else value for name, value in row.items()}
    if "places" in row:
        own = {each for place in row["places"] for each in place[:_HOLDERS] if each} - joined.keys()
        found["places"] = list(_stand_in(row["places"], joined, own))
    return found


_REFERS = frozenset({"owner_id", "lead_id", "agency_id"})
_HOLDERS = len(HOLDER_LISTS)


def _stand_in(places: list[Any], joined: dict[str, str], own: set[str]) -> Iterator[list[Any]]:
    seen = set(own)
    for place in places:
        holder = next(each for each in place[:_HOLDERS] if each)
        stands = joined.get(holder, holder)
        if stands != holder and stands in seen:
            continue
        seen.add(stands)
        yield [stands if each == holder else each for each in place[:_HOLDERS]] + place[_HOLDERS:]
