"""One edit of an action: its own fields, its status, its people, its number and its objective, or several of them at once."""

from typing import Any
from uuid import UUID

from api.domain.editable import ACTION
from api.domain.plan.status import Status
from api.queries.plan.actions import LoadedAction, find_plan_of
from api.queries.plan.objectives import list_numbers_in
from api.services.journal import Change
from api.services.locks import hold_numbers, take_turns
from api.services.plan.actions import change, change_status, claim, may_lead
from api.services.plan.by_whom import hold_for_new, replace_named
from api.services.plan.numbering import carry_over, check_number, write_structure
from api.services.plan.structure import may_put_into, move_to
from api.services.work import Seen, Work

_FIELD_OF = {"objective": "position", "reason": "status"}
"""The field that a member of the body is of, where that is called otherwise."""


def edit_action(work: Work, action_id: UUID, seen: Seen | None, **members: Any) -> None:
    """Change what is given; None empties it. What others changed meanwhile stays, the paper's words stay beside the new ones.

    At another number those between move by one. Into another objective whoever leads both may move it: after its last action,
    or at the number. Raises NotFound, Forbidden, StaleVersion, MoveNotAllowed, ValidationFailed.
    """
    _hold(work, action_id, members)
    writes = frozenset(_FIELD_OF.get(name, name) for name in members)
    action = may_lead(work, action_id, seen, writes)
    position, objective_id = members.get("position"), members.get("objective")
    other = None
    if objective_id not in {None, action.objective_id}:
        other = may_put_into(work, action.plan_id, objective_id)
    _edit_fields(work, action, members)
    if other is not None:
        write_structure(work, action.plan_id, carry_over(work, action, other, position))
    elif position is not None:
        check_number(list_numbers_in(work.session, action.objective_id), action.id, position)
        move_to(work, action, position)


def _hold(work: Work, action_id: UUID, members: dict[str, Any]) -> None:
    """Take what this edit needs before the action, in the order of everybody (ADR 25)."""
    if "by_whom" in members:
        # A merge or handover that moves somebody's places is done before this, or after it.
        take_turns(work)
        hold_for_new(work, members["by_whom"])
    if members.keys() & {"position", "objective"}:
        hold_numbers(work, find_plan_of(work.session, action_id))


def _edit_fields(work: Work, action: LoadedAction, members: dict[str, Any]) -> None:
    """Everything but its number: one version more, and an entry for each verb."""
    changes, values = _edit_plain(action, members)
    if "status" in members:
        wanted = Status(members["status"])
        moved = change_status(action, wanted, members["reason"])
        changes.append(moved)
        values |= {**(moved.after or {}), **claim(work, claims=wanted is Status.DELIVERED)}
    if "by_whom" in members and (named := replace_named(work, action, members["by_whom"])) is not None:
        changes.append(named)
        values["by_whom"] = (named.after or {})["by_whom"]
    if changes:
        change(work, action, changes, values)


def _edit_plain(action: LoadedAction, members: dict[str, Any]) -> tuple[list[Change], dict[str, Any]]:
    """The fields of which nothing else has to be asked: an entry for each verb, and the new values by column."""
    given = ACTION.as_columns({name: value for name, value in members.items() if name in ACTION.plain_names})
    new = {column: value for column, value in given.items() if action.own[column] != value}
    verbs: dict[str, dict[str, Any]] = {}
    for column, value in new.items():
        verbs.setdefault(ACTION.by_column[column].verbs[0], {})[column] = value
    changes = [
        Change(
            "action", action.id, verb, ACTION.as_json({name: action.own[name] for name in after}), ACTION.as_json(after)
        )
        for verb, after in verbs.items()
    ]
    return changes, new
