"""Objectives of a plan: added, edited, numbered, removed and brought back by an administrator."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from api.domain.editable import OBJECTIVE
from api.domain.errors import Conflict, FieldError, ValidationFailed
from api.domain.fields import Clash
from api.domain.plan.by_when import say_date
from api.domain.plan.numbering import next_free
from api.models import Objective, Person
from api.queries.journal import list_changes_of
from api.queries.people.people import find_joined
from api.queries.plan.objectives import get_objective, list_numbers
from api.queries.plan.removed import get_removal
from api.services.clashes import column_of, refuse_clashes, seen_at
from api.services.ids import new_id
from api.services.journal import Change
from api.services.locks import hold_numbers, hold_objectives
from api.services.plan.numbering import check_number, number_objective, write_structure
from api.services.work import Seen, Work


def hold_objective(work: Work, objective_id: UUID, *, removed: bool = False) -> Any:
    """The objective, with its plan held until the commit. Raises NotFound."""
    hold_numbers(work, get_objective(work.session, objective_id, removed=removed).plan_id)
    hold_objectives(work, [objective_id])
    return get_objective(work.session, objective_id, removed=removed)


def may_edit(work: Work, objective_id: UUID, seen: Seen | None = None, writes: frozenset[str] = frozenset()) -> Any:
    """The objective, held, when nobody changed one of these fields since the caller read it. Raises NotFound, StaleVersion."""
    objective = hold_objective(work, objective_id)
    if seen is not None:
        refuse_clashes(OBJECTIVE, find_clashes(work, objective, seen_at(seen.revision), writes))
    return objective


def find_clashes(work: Work, objective: Any, since: int, writes: frozenset[str]) -> list[Clash]:
    """The last change of each of these fields since that revision, with the present value."""
    entries = list_changes_of(work.session, objective.id, since)
    return OBJECTIVE.find_clashes(entries, writes, partial(column_of, objective))


def add_objective(
    work: Work,
    plan_id: UUID,
    *,
    text: str,
    short_title: str | None = None,
    lead: UUID | None = None,
    lead_printed: str | None = None,
    position: int | None = None,
) -> UUID:
    """Add an objective, after the last or at this number: its id. Raises ValidationFailed."""
    hold_numbers(work, plan_id)
    own = {"text": text, "text_printed": text, "short_title": short_title, **_read_lead(work, lead, lead_printed)}
    taken = list_numbers(work.session, plan_id)
    objective_id, number = new_id(), position or max(taken.values(), default=0) + 1
    check_number(taken, objective_id, number)
    # At the end first, so that those it pushes move as by any other renumbering.
    last = max([*taken.values(), number - 1]) + 1
    row = {"id": objective_id, "plan_id": plan_id, "position": last, **own}
    work.session.execute(insert(Objective), {**row, "created_at": work.now, "updated_at": work.now, "version": 1})
    moved = number_objective(work, plan_id, objective_id, number) if number != last else []
    moved = [each for each in moved if each.object_id != objective_id]
    after = {"position": number, "number": str(number), **own}
    write_structure(work, plan_id, [Change("objective", objective_id, "created", None, after), *moved])
    return objective_id


def edit_objective(
    work: Work, objective_id: UUID, seen: Seen | None, *, position: int | None = None, **members: Any
) -> None:
    """Change what is given; null empties the short title and the lead. Raises NotFound, StaleVersion, ValidationFailed.

    Another lead officer takes effect with the next request: rights are asked of the objective each time.
    """
    writes = frozenset(members) | ({"position"} if position is not None else set())
    objective = may_edit(work, objective_id, seen, writes)
    changes = _edit(work, objective, members)
    if position is not None:
        check_number(list_numbers(work.session, objective.plan_id), objective.id, position)
        changes += number_objective(work, objective.plan_id, objective.id, position)
    if changes:
        write_structure(work, objective.plan_id, changes)


def move_to(work: Work, objective: Any, position: int, **said: Any) -> None:
    """Give an objective of the held plan this number."""
    changes = number_objective(work, objective.plan_id, objective.id, position, **said)
    if changes:
        write_structure(work, objective.plan_id, changes)


def put_back(work: Work, objective: Any, before: Mapping[str, Any], **said: Any) -> None:
    """Give an objective of the held plan the values it had, by column in JSON form. Raises ValidationFailed for a lead who left."""
    values = OBJECTIVE.from_json(before)
    if values.keys() & {"lead_id", "lead_printed"}:
        lead, printed = (values.get(name, getattr(objective, name)) for name in ("lead_id", "lead_printed"))
        values |= _read_lead(work, lead, printed)
    changes = write_objective(work, objective, values, **said)
    if changes:
        write_structure(work, objective.plan_id, changes)


def _edit(work: Work, objective: Any, members: dict[str, Any]) -> list[Change]:
    values = OBJECTIVE.as_columns({name: value for name, value in members.items() if name in OBJECTIVE.plain_names})
    if members.keys() & {"lead", "lead_printed"}:
        lead = members.get("lead", objective.lead_id)
        same = lead is not None and lead == objective.lead_id
        values |= _read_lead(
            work, lead, members.get("lead_printed", objective.lead_printed if same else None), same=same
        )
    return write_objective(work, objective, values)


def write_objective(work: Work, objective: Any, values: dict[str, Any], **said: Any) -> list[Change]:
    """Give an objective these values, by column: the change to journal, if anything changes."""
    new = {name: value for name, value in values.items() if getattr(objective, name) != value}
    if not new:
        return []
    _write(work, objective.id, **new)
    before = {name: getattr(objective, name) for name in new}
    return [Change("objective", objective.id, "changed", OBJECTIVE.as_json(before), {**OBJECTIVE.as_json(new), **said})]


def _read_lead(work: Work, lead: UUID | None, printed: str | None, *, same: bool = False) -> dict[str, Any]:
    """The columns of a lead officer, with the words for the paper: their name unless others are given. Raises ValidationFailed."""
    if lead is None:
        if printed is not None:
            raise _wrong("/lead_printed", "Name the lead officer (lead) that these words are for.")
        return {"lead_id": None, "lead_printed": None}
    lead = find_joined(work.session, [lead]).get(lead, lead)
    person = work.session.get(Person, lead)
    if person is None:
        raise _wrong("/lead", "There is no such person; GET /people lists them.")
    if person.left_on is not None and not same:
        raise _wrong("/lead", f"{person.name} left on {say_date(person.left_on)}; name somebody who is there.")
    return {"lead_id": lead, "lead_printed": printed or person.name}


def remove_objective(work: Work, objective_id: UUID, seen: Seen | None, *, reason: str) -> Any:
    """Remove an objective without actions from its plan; returns it as it was. Raises NotFound, StaleVersion, Conflict."""
    objective = may_edit(work, objective_id, seen, frozenset(OBJECTIVE.by_name))
    if objective.actions:
        count = f"{objective.actions} action{'' if objective.actions == 1 else 's'}"
        conflict = Conflict(f"{count} in objective {objective.position}. Remove them first, each with its reason.")
        conflict.extra = {"actions": objective.actions}
        raise conflict
    _write(work, objective.id, position=None, removed_at=work.now)
    before = {"position": objective.position, "number": str(objective.position)}
    removed = Change("objective", objective.id, "removed", before, {"position": None, "reason": reason})
    write_structure(work, objective.plan_id, [removed])
    return objective


def bring_back(work: Work, objective: Any, **said: Any) -> None:
    """Put a removed objective back at its number, or at the end when that was taken."""
    old = get_removal(work.session, objective.id).before["position"]
    number = next_free(list_numbers(work.session, objective.plan_id), old)
    _write(work, objective.id, position=number, removed_at=None)
    after = {"position": number, "number": str(number), **said}
    write_structure(
        work, objective.plan_id, [Change("objective", objective.id, "brought-back", {"position": None}, after)]
    )


def _write(work: Work, objective_id: UUID, **values: Any) -> None:
    work.session.execute(
        update(Objective)
        .where(Objective.id == objective_id)
        .values(**values, version=Objective.version + 1, updated_at=work.now),
        execution_options={"synchronize_session": False},
    )


def _wrong(pointer: str, detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError(pointer, "invalid", detail)])
