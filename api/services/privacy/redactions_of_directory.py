"""Removing words for good from people, agencies and groups, accounts and systems, and wherever their names are repeated (DOMAIN 9, ADR 27).

What an action, an update or a plan says otherwise has redactions of its own.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from api.domain.editable import AGENCY, GROUP, PERSON
from api.domain.errors import NotFound
from api.domain.fields import CONTACT, LIST, WORDS
from api.domain.privacy.redaction import MARK, OF_NAMES
from api.models import Account, Action, Agency, Named, NamedGroup, Objective, PartnerToken, Person, Plan, Update
from api.services.journal import NEXT_REVISION, WRITE_CHANGES, Change, write_changes, write_directory_changes
from api.services.kept_answers import clean_kept_names
from api.services.locks import hold_directory, hold_tokens, hold_whole_plans, take_turns
from api.services.privacy.redaction_places import (
    Thing,
    Where,
    list_signed,
    places_of_actors,
    places_of_agency,
    places_of_holder,
    places_of_people,
    redacted_audit,
)
from api.services.privacy.redactions import FoundIn, check_found, read_words, redact_journal, redacted_members, without
from api.services.work import Work

_WORDS = tuple(dict.fromkeys(name for each in (PERSON, AGENCY, GROUP) for name in each.holding(WORDS, LIST, CONTACT)))
"""The columns of a row of the directory in which people type."""


def redact_person(work: Work, person_id: UUID, *, reason: str, words: str) -> FoundIn:
    """Remove a phrase from a person, whoever is the same, their account, and where their name stands. Raises NotFound, ValidationFailed.

    Where: on actions, in what they lead, own and wrote, in merges and handovers with their notes, in the history. The e-mail address goes
    whole when it holds the words.
    """
    pattern = _begin(work, words, reason)
    rows = _same_people(work, person_id)
    thing = Thing(rows)
    thing.find_spoken(work.session)
    thing.find_company(work.session)
    # One that ended when two were joined stands for nobody, and is still called so.
    stood = or_(Account.person_id.in_(thing.ids), Account.id.in_(thing.spoken.get("account", [])))
    thing.accounts = _accounts(work, stood)
    where = [*places_of_holder(thing, Named.person_id), *places_of_people(thing)]
    return _redact(work, thing, where, words, pattern, reason)


def redact_agency(work: Work, agency_id: UUID, *, reason: str, words: str) -> FoundIn:
    """The same for an agency: its names, where actions and updates name it, the note of what it became. Raises as above."""
    pattern = _begin(work, words, reason)
    agency = _get(work, Agency, agency_id, "agency")
    thing = Thing([agency], names=[agency.name, agency.short_name, *agency.aliases])
    thing.find_spoken(work.session)
    where = [*places_of_holder(thing, Named.agency_id), *places_of_agency(thing)]
    return _redact(work, thing, where, words, pattern, reason)


def redact_group(work: Work, group_id: UUID, *, reason: str, words: str) -> FoundIn:
    """The same for a named group. Raises as above."""
    pattern = _begin(work, words, reason)
    thing = Thing([_get(work, NamedGroup, group_id, "group")])
    thing.find_spoken(work.session)
    return _redact(work, thing, list(places_of_holder(thing, Named.group_id)), words, pattern, reason)


def redact_account(work: Work, account_id: UUID, *, reason: str, words: str) -> FoundIn:
    """The same for the name of an account, and for whatever it is written beside: what they did, in the audit too. Raises as above."""
    pattern = _begin(work, words, reason)
    _get(work, Account, account_id, "account")
    return _redact(work, Thing([], accounts=_accounts(work, Account.id == account_id)), [], words, pattern, reason)


def redact_token(work: Work, token_id: UUID, *, reason: str, words: str) -> FoundIn:
    """The same for the name of a partner's system, revoked or not. Raises as above."""
    pattern = _begin(work, words, reason)
    token = _get(work, PartnerToken, token_id, "token")
    return _redact(work, Thing([token], tokens=[token.id]), [], words, pattern, reason)


def _begin(work: Work, words: str, reason: str) -> str:
    """What finds the words, once it is our turn. No merge, handover or seed meanwhile, and nobody edits the directory."""
    pattern = read_words(words, reason)
    take_turns(work)
    hold_directory(work)
    return pattern


def _hold(work: Work, thing: Thing, where: list[Where]) -> None:
    """Every row that may change, in the order of all writes; the directory and the accounts are held."""
    hold_tokens(work, or_(*(each.these for each in where if each.table is PartnerToken)))
    for row in sorted(thing.rows, key=lambda each: each.id):
        work.session.refresh(row, with_for_update={"key_share": True})
    statements = [plans for each in where if (plans := each.plans()) is not None]
    hold_whole_plans(work, {each for statement in statements for each in work.connection.execute(statement).scalars()})


def _get(work: Work, table: type[Any], row_id: UUID, what: str) -> Any:
    """The row; the directory is held, so that nobody changes it meanwhile. Raises NotFound."""
    found = work.session.get(table, row_id, populate_existing=True)
    if found is None:
        raise NotFound(f"There is no such {what}.")
    return found


def _same_people(work: Work, person_id: UUID) -> list[Person]:
    """The person, and everybody who was joined to them, or to whom they were joined, however often. Raises NotFound."""
    found = {person_id: _get(work, Person, person_id, "person")}
    wanted = [person_id]
    while wanted:
        into = [row.merged_into_id for row in found.values() if row.merged_into_id is not None]
        alike = or_(Person.merged_into_id.in_(found), Person.id.in_(into))
        query = select(Person).where(alike, Person.id.not_in(found)).order_by(Person.id)
        more = {row.id: row for row in work.session.scalars(query)}
        found |= more
        wanted = list(more)
    return list(found.values())


def _accounts(work: Work, these: Any) -> list[Account]:
    query = select(Account).where(these).order_by(Account.id).with_for_update(key_share=True)
    return list(work.session.scalars(query, execution_options={"populate_existing": True}))


def _redact(work: Work, thing: Thing, where: list[Where], words: str, pattern: str, reason: str) -> FoundIn:
    """Remove them from everything that is listed, and journal what reads differently now."""
    thing.names += [row.name for row in (*thing.rows, *thing.accounts)] + list_signed(work.session, thing)
    where = [*where, *places_of_actors(thing)]
    _hold(work, thing, where)
    touched = _Touched()
    found: FoundIn = {"directory": 0, "accounts": 0}
    for each in where:
        found[each.place] = found.get(each.place, 0) + touched.clean(work, each, pattern)
    spoken = [
        each for kind in ("action", "objective", "plan", "person", "agency") for each in thing.spoken.get(kind, [])
    ]
    wrote = (
        (Update.author_person_id, thing.ids), (Update.author_account_id, thing.account_ids),
        (Update.entered_by_account_id, thing.account_ids), (Update.partner_token_id, thing.tokens),
    )  # fmt: skip
    updates = work.session.scalars(select(Update.id).where(or_(*(column.in_(ids) for column, ids in wrote))))
    objects = [*thing.ids, *thing.account_ids, *spoken, *thing.spoken.get("update", []), *updates]
    found["history"] = redact_journal(work, [*dict.fromkeys(objects)], OF_NAMES, pattern)
    found["audit"] = int(work.connection.execute(redacted_audit(thing, pattern)).scalar_one())
    found["kept answers"] = clean_kept_names(work, words, pattern)
    entries = [_clean_row(work, row, pattern, reason) for row in (*thing.rows, *thing.accounts)]
    changed = [each for each in entries if each is not None]
    found["directory"] = sum(each.object_type != "account" for each in changed)
    found["accounts"] += len(changed) - found["directory"]
    check_found(found)
    named = (thing.rows or thing.accounts)[0]
    write_directory_changes(
        work, changed or [Change(named.__tablename__, named.id, "redacted", None, _said(named, reason))]
    )
    touched.record(work, reason)
    return found


def _said(row: Any, reason: str) -> dict[str, Any]:
    return {"reason": reason, "name": row.name}


def _clean_row(work: Work, row: Any, pattern: str, reason: str) -> Change | None:
    """Take the words from a row of the directory; what to tell of it. The new words are told, so that nobody puts the old ones back unseen."""
    new = {name: _clean(name, getattr(row, name), pattern) for name in _WORDS if hasattr(row, name)}
    new = {name: value for name, value in new.items() if value != getattr(row, name)}
    if isinstance(row, Account):
        new.pop("email", None)  # an account is found by it; erasing ends both
    if not new:
        return None
    for name, value in new.items():
        setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
        row.updated_at = work.now
    work.session.flush()
    return Change(row.__tablename__, row.id, "redacted", None, {**new, **_said(row, reason)})


def _clean(member: str, value: Any, pattern: str) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(_clean(member, each, pattern) for each in value))
    if value is None or re.search(pattern, value) is None:
        return value
    return None if member == "email" else re.sub(pattern, MARK, value)


class _Touched:
    """What reads differently in the plans: the actions, objectives and plans of which a word went."""

    def __init__(self) -> None:
        self.actions: set[UUID] = set()
        self.objectives: set[UUID] = set()
        self.plans: set[UUID] = set()

    def clean(self, work: Work, where: Where, pattern: str) -> int:
        """Take the words from these rows: how many held them. 1 UPDATE."""
        values: dict[str, Any] = {each.key: without(each, pattern) for each in where.texts}
        held = [each.op("~")(pattern) for each in where.texts]
        for column, members in where.documents:
            values[column.key] = redacted_members(column, members, pattern)
            held.append(values[column.key] != column)
        table = where.table
        if table in {Objective, Plan, Update}:
            values |= {"version": table.version + 1, "updated_at": work.now}
        of = table.action_id if hasattr(table, "action_id") else next(iter(table.__table__.primary_key))
        statement = update(table).where(where.these, or_(*held)).values(values).returning(of)
        found = list(work.connection.execute(statement).scalars())
        self._keep(table, found)
        return len(found)

    def _keep(self, table: Any, found: Iterable[UUID]) -> None:
        if table is Action or hasattr(table, "action_id"):
            self.actions.update(found)
        elif table is Objective:
            self.objectives.update(found)
        elif table is Plan:
            self.plans.update(found)

    def record(self, work: Work, reason: str) -> None:
        """Journal it in each plan, in order of id, and mark the actions that read differently now."""
        changes: dict[UUID, list[Change]] = {
            each: [Change("plan", each, "redacted", None, {"reason": reason})] for each in self.plans
        }
        for kind, table, ids in (("objective", Objective, self.objectives), ("action", Action, self.actions)):
            for row in work.connection.execute(select(table.id, table.plan_id).where(table.id.in_(ids))):
                changes.setdefault(row.plan_id, []).append(Change(kind, row.id, "redacted", None, {"reason": reason}))
        for plan_id in sorted(changes):
            read = or_(Action.id.in_(self.actions), Action.objective_id.in_(self.objectives)) & (
                Action.plan_id == plan_id
            )
            marked = (
                update(Action)
                .where(read)
                .values(revision=NEXT_REVISION, version=Action.version + 1, updated_at=work.now)
            )
            write_changes(work, plan_id, changes[plan_id], WRITE_CHANGES.add_cte(marked.cte("touched")))
