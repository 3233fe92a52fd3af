"""Numbers of actions and objectives: one transaction at a time changes them in a plan, and every move is journalled with the old number."""

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, case, update

from api.domain.errors import FieldError, ValidationFailed
from api.domain.plan.numbering import close_up, place_at, why_not_at
from api.models import Action, Objective
from api.queries.plan.actions import LoadedAction
from api.queries.plan.objectives import list_numbers, list_numbers_in
from api.services.journal import NEXT_REVISION, WRITE_CHANGES, Change, write_changes
from api.services.work import Work

RENUMBERED = "renumbered"
MOVED = "moved"

_PLAN: BindParameter[Any] = bindparam("plan")
# Their neighbours, their objective or its lead read differently now, so every action of the plan has another ETag. An open
# edit of one of them is spoiled all the same only when the same field was changed (API 3.2).
_RECORD = WRITE_CHANGES.add_cte(
    update(Action).where(Action.plan_id == _PLAN).values(revision=NEXT_REVISION).cte("marked")
)


def write_structure(work: Work, plan_id: UUID, changes: list[Change]) -> None:
    """Journal changes of the plan's structure. 1 statement."""
    write_changes(work, plan_id, changes, _RECORD)


def number_action(work: Work, action: LoadedAction, wanted: int, **said: Any) -> list[Change]:
    """Give an action of the held plan this number in its objective, new or moved: what to journal of all that moved."""
    objective = action.facts.objective_number
    taken = list_numbers_in(work.session, action.objective_id)
    moved = place_at(taken, action.id, wanted)
    write_numbers(work, Action, moved)
    found = [
        _renumbered("action", each, objective, taken[each], number) for each, number in moved.items() if each in taken
    ]
    return [_with(change, said) if change.object_id == action.id else change for change in found]


def carry_over(work: Work, action: LoadedAction, objective: Row[Any], wanted: int | None, **said: Any) -> list[Change]:
    """Put an action of the held plan into another objective, after its last or at this number: what to journal of all that moved.

    Its old number is closed up. Raises ValidationFailed. 2 SELECTs and up to 3 UPDATEs.
    """
    number, opened = make_room(work, objective.id, objective.position, action.id, wanted)
    taken = list_numbers_in(work.session, action.objective_id)
    there = {"objective_id": objective.id, "position": number, "version": Action.version + 1, "updated_at": work.now}
    work.session.execute(
        update(Action).where(Action.id == action.id).values(**there), execution_options={"synchronize_session": False}
    )
    closed = close_up(taken, action.id)
    write_numbers(work, Action, closed)
    old = action.facts.objective_number
    before = {"objective_id": action.objective_id, "position": action.position, "number": action.facts.number}
    after = {"objective_id": objective.id, "position": number, "number": f"{objective.position}.{number}", **said}
    moved = Change("action", action.id, MOVED, before, after)
    return [moved, *opened, *(_renumbered("action", each, old, taken[each], to) for each, to in closed.items())]


def make_room(
    work: Work, objective_id: UUID, objective: int, new: UUID, wanted: int | None
) -> tuple[int, list[Change]]:
    """The number for an action that is new in an objective, the last or this one, and what moves for it. Raises ValidationFailed."""
    taken = list_numbers_in(work.session, objective_id)
    number = wanted or max(taken.values(), default=0) + 1
    check_number(taken, new, number)
    moved = {each: to for each, to in place_at(taken, new, number).items() if each != new}
    write_numbers(work, Action, moved)
    return number, [_renumbered("action", each, objective, taken[each], to) for each, to in moved.items()]


def number_objective(work: Work, plan_id: UUID, objective_id: UUID, wanted: int, **said: Any) -> list[Change]:
    """The same for an objective of the held plan; each action of those that moved says its old number too."""
    taken = list_numbers(work.session, plan_id)
    moved = place_at(taken, objective_id, wanted)
    write_numbers(work, Objective, moved)
    changes: list[Change] = []
    for each, number in moved.items():
        if each in taken:
            old = taken[each]
            told = Change(
                "objective",
                each,
                RENUMBERED,
                {"position": old, "number": str(old)},
                {"position": number, "number": str(number)},
            )
            changes.append(_with(told, said) if each == objective_id else told)
            changes += _carried(work, each, old, number)
    return changes


def _carried(work: Work, objective_id: UUID, old: int, new: int) -> list[Change]:
    """Journal lines for the actions of a renumbered objective; their position in it stays."""
    places = list_numbers_in(work.session, objective_id)
    work.session.execute(
        update(Action).where(Action.id.in_(places)).values(version=Action.version + 1, updated_at=work.now),
        execution_options={"synchronize_session": False},
    )
    return [
        Change("action", each, RENUMBERED, {"number": f"{old}.{place}"}, {"number": f"{new}.{place}"})
        for each, place in sorted(places.items(), key=lambda item: item[1])
    ]


def check_number(taken: dict[UUID, int], key: UUID, wanted: int) -> None:
    """Raise ValidationFailed for a number that cannot be taken."""
    refusal = why_not_at(taken, key, wanted)
    if refusal is not None:
        raise ValidationFailed(refusal, [FieldError("/position", "invalid", refusal)])


def write_numbers(work: Work, table: Any, numbers: dict[UUID, int]) -> None:
    """Write these numbers in one statement: no two are equal when it ends. 1 UPDATE."""
    if not numbers:
        return
    values = {"position": case(numbers, value=table.id), "version": table.version + 1, "updated_at": work.now}
    work.session.execute(
        update(table).where(table.id.in_(numbers)).values(**values), execution_options={"synchronize_session": False}
    )


def _renumbered(noun: str, each: UUID, objective: int, old: int, new: int) -> Change:
    before, after = ({"position": place, "number": f"{objective}.{place}"} for place in (old, new))
    return Change(noun, each, RENUMBERED, before, after)


def _with(change: Change, said: dict[str, Any]) -> Change:
    return Change(change.object_type, change.object_id, change.verb, change.before, {**(change.after or {}), **said})
