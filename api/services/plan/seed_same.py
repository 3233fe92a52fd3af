"""`same_as` of a seed file: an entry says that it is somebody who is in the directory already, by id or by another plan's key."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.errors import FieldError
from api.domain.plan.seeding import HOLDER_LISTS
from api.models import Agency, NamedGroup, Person
from api.queries.people.agencies import find_succeeded
from api.queries.people.people import find_joined
from api.queries.plan.seeds import Keys, list_keys, list_there

_TABLES: dict[str, Any] = {"person": Person, "group": NamedGroup, "agency": Agency}
_REMEDY = {
    "person": "Join the two under Possible duplicates instead.",
    "agency": "Say what that agency became instead, in the directory.",
    "group": "Use another key.",
}
Given = dict[tuple[str, str], tuple[str, str]]
"""By kind and key: the entry's pointer and its `same_as`."""


def read_same_as(session: Session, document: dict[str, Any], known: Keys) -> tuple[Keys, list[FieldError]]:
    """Who is meant, by kind and key, and what is wrong. A SELECT for each plan, kind and chain that is named; none without any."""
    given = _given(document)
    if not given:
        return {}, []
    keys = {
        slug: list_keys(session, slug) for slug in {said.partition("/")[0] for _, said in given.values() if "/" in said}
    }
    found: Keys = {}
    errors: list[FieldError] = []
    for (kind, key), (pointer, said) in given.items():
        slug, _, their = said.partition("/")
        holder = keys[slug].get((kind, their)) if their else UUID(said)
        if holder is None:
            errors.append(
                FieldError(pointer, "unknown-key", f"The file of plan {slug} has no {kind} with the key {their}.")
            )
        else:
            found[kind, key] = holder
    errors += _not_there(session, given, found)
    return found, errors or [*_somebody_else(session, given, found, known), *_twice(given, found, known)]


def _given(document: dict[str, Any]) -> Given:
    return {
        (kind, entry["key"]): (f"/{held}/{place}/same_as", entry["same_as"])
        for kind, held in HOLDER_LISTS.items()
        for place, entry in enumerate(document[held])
        if "same_as" in entry
    }


def _not_there(session: Session, given: Given, found: Keys) -> list[FieldError]:
    errors = []
    for kind, table in _TABLES.items():
        ids = {each for (of, _), each in found.items() if of == kind}
        there = list_there(session, table, ids) if ids else set()
        errors += [
            FieldError(given[of, key][0], "unknown-id", f"There is no {kind} with this id.")
            for (of, key), each in found.items()
            if of == kind and each not in there
        ]
    return errors


def _somebody_else(session: Session, given: Given, found: Keys, known: Keys) -> list[FieldError]:
    """The error when a key is given another meaning: that is changed on screen, never by a file."""
    both = {each: (known[each], said) for each, said in found.items() if known.get(each, said) != said}
    ids = {each for pair in both.values() for each in pair}
    stands = {**find_joined(session, ids), **find_succeeded(session, ids)} if ids else {}
    return [
        FieldError(given[kind, key][0], "invalid", f"{key} is another {kind} in this plan already. {_REMEDY[kind]}")
        for (kind, key), (own, said) in both.items()
        if stands.get(own, own) != stands.get(said, said)
    ]


def _twice(given: Given, found: Keys, known: Keys) -> list[FieldError]:
    """The error when two keys of one file mean the same row."""
    errors = []
    means: dict[tuple[str, UUID], str] = {(kind, each): key for (kind, key), each in known.items()}
    for (kind, key), each in found.items():
        other = means.setdefault((kind, each), key)
        if other != key and (kind, key) not in known:
            errors.append(
                FieldError(given[kind, key][0], "duplicate", f"That is {other} of this plan already; use that key.")
            )
    return errors
