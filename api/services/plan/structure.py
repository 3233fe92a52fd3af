"""Actions added to a plan, given another number, removed from it and brought back."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from api.domain.editable import ACTION
from api.domain.errors import Conflict, FieldError, NotFound, ValidationFailed
from api.domain.plan import permissions
from api.domain.plan.by_when import ByWhen, DateKind
from api.domain.plan.by_whom import print_named
from api.domain.plan.numbering import next_free
from api.domain.plan.periods import ask
from api.domain.plan.status import Status
from api.models import Action, DateEntry, Named
from api.queries.plan.actions import LoadedAction, find_plan_of
from api.queries.plan.objectives import facts_of, get_objective, list_numbers_in
from api.queries.plan.removed import get_removal
from api.services.ids import new_id
from api.services.journal import Change
from api.services.locks import hold_action, hold_numbers
from api.services.plan.actions import may_lead
from api.services.plan.by_whom import Row, hold_for_new, read_named
from api.services.plan.numbering import carry_over, make_room, number_action, write_structure
from api.services.plan.seed_rows import named_rows, original_date
from api.services.plan.updates import check_posts
from api.services.work import Seen, Work, raise_if_refused

_WHOLE = frozenset(ACTION.by_name)


def may_add(work: Work, plan_id: UUID, objective_id: UUID) -> Any:
    """The objective of the plan, held, once this actor may add an action to it. Raises ValidationFailed, Forbidden."""
    hold_numbers(work, plan_id)
    return may_put_into(work, plan_id, objective_id)


def may_put_into(work: Work, plan_id: UUID, objective_id: UUID) -> Any:
    """The objective of the held plan, once this actor may put an action into it. Raises ValidationFailed, Forbidden."""
    try:
        objective = get_objective(work.session, objective_id)
    except NotFound as gone:
        raise _wrong("/objective", gone.detail) from gone
    if objective.plan_id != plan_id:
        raise _wrong("/objective", "There is no such objective in this plan.")
    raise_if_refused(permissions.may_add_action(work.actor, facts_of(objective)))
    return objective


def add_action(
    work: Work,
    plan_id: UUID,
    *,
    objective: UUID,
    text: str,
    by_when: dict[str, Any] | None = None,
    by_whom: list[dict[str, Any]] | None = None,
    position: int | None = None,
) -> UUID:
    """Add an action, after the last of its objective or at this number: its id. Raises Forbidden, ValidationFailed."""
    hold_for_new(work, by_whom or [])
    found = may_add(work, plan_id, objective)
    when = _read_when(by_when)
    rows = read_named(work, by_whom or [])
    action_id = new_id()
    number, moved = make_room(work, found.id, found.position, action_id, position)
    said = {"text": text, "text_printed": text, "by_whom_printed": print_named(rows), "by_when_printed": when.printed}
    where = {"id": action_id, "plan_id": plan_id, "objective_id": found.id, "position": number}
    _insert(work, {**where, **said}, when, rows)
    days = [when.printed, when.kind, *(each and each.isoformat() for each in (when.first, when.last))]
    after = {"objective": found.id, "position": number, "number": f"{found.position}.{number}", **said}
    after |= {"status": Status.NOT_REPORTED, "date": days, "places": rows}
    write_structure(work, plan_id, [Change("action", action_id, "created", None, after), *moved])
    return action_id


def _insert(work: Work, own: dict[str, Any], when: ByWhen, rows: list[Row]) -> None:
    session, made = work.session, {"created_at": work.now, "updated_at": work.now}
    date_columns = {"by_when": when.printed, "kind": when.kind, "first_on": when.first, "last_on": when.last}
    action = {**own, **date_columns, **made, "status": Status.NOT_REPORTED, "version": 1}
    session.execute(insert(Action), action)
    if rows:
        session.execute(insert(Named), list(named_rows(own["id"], rows)))
    session.execute(insert(DateEntry), {**original_date(own["id"], action), "at": work.now})


def _read_when(given: dict[str, Any] | None) -> ByWhen:
    """The By When of a new action. Raises ValidationFailed with pointers into the member."""
    if given is None:
        return ByWhen("", DateKind.NOT_GIVEN)
    days: tuple[date | None, date | None] = (given.get("first"), given.get("last"))
    try:
        return ask(DateKind(given["kind"]), given.get("printed"), *days)
    except ValidationFailed as wrong:
        raise wrong.below("/by_when") from wrong


def carry_back(work: Work, action: LoadedAction, objective_id: UUID, position: int, **said: Any) -> None:
    """Put a moved action of the held plan back where it was, or at the end when there are fewer by now. Raises Conflict, Forbidden."""
    objective = get_objective(work.session, objective_id, removed=True)
    if objective.position is None:
        raise Conflict("The objective that it was in was removed from the plan. Bring the objective back first.")
    raise_if_refused(permissions.may_add_action(work.actor, facts_of(objective)))
    last = max(list_numbers_in(work.session, objective_id).values(), default=0) + 1
    write_structure(work, action.plan_id, carry_over(work, action, objective, min(position, last), **said))


def move_to(work: Work, action: LoadedAction, position: int, **said: Any) -> None:
    """Give an action of the held plan this number."""
    changes = number_action(work, action, position, **said)
    if changes:
        write_structure(work, action.plan_id, changes)


def may_remove(work: Work, action_id: UUID, seen: Seen | None = None) -> LoadedAction:
    """The action, with its plan held, once this actor may remove it and nobody changed anything of it meanwhile.

    One that was removed already is there for nobody, and of that only who may remove it is told.
    """
    hold_numbers(work, find_plan_of(work.session, action_id))
    raise_if_refused(permissions.may_lead(work.actor, hold_action(work, action_id, removed=True).facts))
    action = may_lead(work, action_id, seen, _WHOLE)
    check_posts(action, seen)
    return action


def remove_action(work: Work, action_id: UUID, seen: Seen | None, *, reason: str) -> LoadedAction:
    """Take an action out of its plan, which frees its number; its history stays. Raises NotFound, Forbidden, StaleVersion."""
    action = may_remove(work, action_id, seen)
    before = {"position": action.position, "number": action.facts.number}
    _write(work, action, position=None, removed_at=work.now)
    removed = Change("action", action.id, "removed", before, {"position": None, "reason": reason})
    write_structure(work, action.plan_id, [removed])
    return action


def bring_back(work: Work, action: LoadedAction, **said: Any) -> None:
    """Put a removed action of the held plan back at its number, or at the end when that was taken. Raises Conflict."""
    objective = get_objective(work.session, action.objective_id, removed=True)
    if objective.position is None:
        raise Conflict("Its objective was removed from the plan too. Bring the objective back first.")
    old = get_removal(work.session, action.id).before["position"]
    number = next_free(list_numbers_in(work.session, objective.id), old)
    _write(work, action, position=number, removed_at=None)
    after = {"position": number, "number": f"{objective.position}.{number}", **said}
    write_structure(work, action.plan_id, [Change("action", action.id, "brought-back", {"position": None}, after)])


def _write(work: Work, action: LoadedAction, **values: Any) -> None:
    work.session.execute(
        update(Action).where(Action.id == action.id).values(**values, version=Action.version + 1, updated_at=work.now),
        execution_options={"synchronize_session": False},
    )


def _wrong(pointer: str, detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError(pointer, "invalid", detail)])
