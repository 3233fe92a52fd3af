"""A plan's own settings, edited by an administrator: nobody's change is overwritten, and every change is journalled."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from api.domain.editable import PLAN
from api.domain.errors import FieldError, ValidationFailed
from api.domain.fields import Clash
from api.domain.plan import permissions
from api.domain.plan.periods import find_wrong_days
from api.domain.plan.plan_settings import SHOWN_BY_ACTIONS, as_columns
from api.models import Action, Person, Plan
from api.queries.journal import list_changes_of
from api.queries.people.holdings import get_people
from api.services.clashes import column_of, refuse_clashes, seen_at
from api.services.journal import NEXT_REVISION, WRITE_CHANGES, Change, write_changes
from api.services.locks import hold_actions_of_plan, hold_plan_row
from api.services.work import Seen, Work, raise_if_refused

# What a change of the title, the key or the cycle makes of every action: it reads differently, so its ETag is another.
_WRITE_AND_MARK = WRITE_CHANGES.add_cte(
    update(Action).where(Action.plan_id == bindparam("plan")).values(revision=NEXT_REVISION).cte("marked")
)


def hold_plan(work: Work, plan_id: UUID) -> Plan:
    """The plan, locked until the commit, once this actor may change its settings. Raises Forbidden. 2 SELECTs, 3 after waiting.

    Whoever waited for the lock is asked again who they are.
    """
    raise_if_refused(permissions.may_edit_plan(work.actor))
    hold_plan_row(work, plan_id)
    return work.session.get_one(Plan, plan_id, populate_existing=True)


def may_edit(work: Work, plan_id: UUID, seen: Seen | None = None, writes: frozenset[str] = frozenset()) -> Plan:
    """The plan, locked, once this actor may change these members of it. Raises Forbidden, StaleVersion."""
    plan = hold_plan(work, plan_id)
    if seen is not None:
        refuse_clashes(PLAN, find_clashes(work, plan, seen_at(seen.plan), writes))
    return plan


def find_clashes(work: Work, plan: Plan, since: int, writes: frozenset[str]) -> list[Clash]:
    """The last change of each of these fields since that revision, with the present value. 1 SELECT."""
    return PLAN.find_clashes(list_changes_of(work.session, plan.id, since), writes, partial(column_of, plan))


def edit_plan(work: Work, plan_id: UUID, seen: Seen | None, **members: Any) -> None:
    """Change what is given; None empties it. Raises Forbidden, StaleVersion, ValidationFailed."""
    values = as_columns(members)
    owner = values.get("owner_id")
    people = get_people(work.session, [owner], lock=True) if owner else {}
    plan = may_edit(work, plan_id, seen, frozenset(members))
    if owner is not None and owner != plan.owner_id:
        check_owner(people.get(owner))
    write(work, plan, values)


def check_owner(person: Person | None) -> None:
    """Raise ValidationFailed for an unknown person, and for one who cannot own a plan any more."""
    if person is None:
        detail = "There is no such person; GET /people lists them."
    elif person.merged_into_id is not None:
        detail = f"{person.name} was joined to somebody else; choose them."
    elif person.left_on is not None:
        detail = f"{person.name} has left; choose somebody else."
    else:
        return
    raise ValidationFailed(detail, [FieldError("/owner/person", "invalid", detail)])


def write(work: Work, plan: Plan, values: Mapping[str, Any], said: Mapping[str, Any] | None = None) -> None:
    """Write these columns of a locked plan and journal what changed, with `said`. Raises ValidationFailed."""
    first, last, end = (values.get(name, getattr(plan, name)) for name in ("starts_from", "starts_to", "ends_on"))
    wrong = find_wrong_days(first, last, end)
    if wrong:
        raise ValidationFailed(wrong[0].detail, wrong)
    new = {name: value for name, value in values.items() if getattr(plan, name) != value}
    if not new:
        return
    before = {name: getattr(plan, name) for name in new}
    save(
        work, plan, Change("plan", plan.id, "edited", PLAN.as_json(before), {**PLAN.as_json(new), **(said or {})}), new
    )


def save(work: Work, plan: Plan, change: Change, values: Mapping[str, Any]) -> None:
    """Write these columns of a locked plan, raise its version, and journal this change."""
    if marks := bool(values.keys() & SHOWN_BY_ACTIONS):
        hold_actions_of_plan(work, plan.id)
    raised = {"version": Plan.version + 1, "updated_at": work.now}
    work.session.execute(
        update(Plan).where(Plan.id == plan.id).values(**values, **raised),
        execution_options={"synchronize_session": False},
    )
    work.session.expire(plan)
    write_changes(work, plan.id, [change], _WRITE_AND_MARK if marks else WRITE_CHANGES)
