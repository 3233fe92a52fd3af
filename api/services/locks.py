"""The locks of a write, in the one order in which all writes take them (ADR 25): from the widest to the counters.

1. the turn of moves  2. the directory's counter  3. accounts  4. systems' tokens, people  5. a plan  6. its numbers
7. actions, in order of id  8. objectives, updates  9. plans' counters, in order of id
10. what an account signs in with; in any order once the account is held

Rows are locked FOR NO KEY UPDATE, never FOR UPDATE: a foreign key that somebody checks meanwhile waits for nobody. Whoever had
to wait is asked again who they are, because a right that was taken away meanwhile must not be used.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Text, bindparam, cast, func, select

from api.models import Account, Action, DirectoryRevision, Objective, PartnerToken, Plan, PlanRevision, Update
from api.queries.accounts import account_list
from api.queries.plan.actions import LoadedAction, get_action, lock_action
from api.services.work import Work

# Any number, the same in every process: who moves what stands to people's names, and who loads a seed.
SEED_LOCK = 6_042_2021

_PLAN: BindParameter[Any] = bindparam("plan")
_COUNTER = select(DirectoryRevision.value)
_PLAN_ROW = select(Plan.id).where(Plan.id == _PLAN)
_TURN_OF_NUMBERS = select(func.pg_advisory_xact_lock(func.hashtextextended(cast(_PLAN, Text), 0)))
_ACTIONS_OF_PLAN = select(Action.id).where(Action.plan_id == _PLAN).order_by(Action.id).with_for_update(key_share=True)


def take_turns(work: Work) -> None:
    """Wait until no other merge, undo, handover or seed runs: each of them reads first and then changes. 1 SELECT."""
    if not try_turn(work):
        work.connection.execute(select(func.pg_advisory_xact_lock(SEED_LOCK)))
        work.ask_again()


def try_turn(work: Work) -> bool:
    """The same without waiting; returns whether the turn was free. 1 SELECT."""
    return bool(work.connection.execute(select(func.pg_try_advisory_xact_lock(SEED_LOCK))).scalar_one())


def hold_directory(work: Work) -> None:
    """Let nobody else change people, agencies, groups, accounts or tokens until the commit. 1 SELECT, 4 after waiting.

    Before whatever else such a write locks, so that two of them come one after the other and never each have half.
    """
    _hold_row(work, _COUNTER, {})


def hold_account(work: Work, account_id: UUID) -> Account:
    """One account, with the directory. Raises NotFound. 2 SELECTs."""
    hold_directory(work)
    return account_list.lock_account(work.session, account_id)


def hold_accounts_of(work: Work, people: Collection[UUID]) -> list[Account]:
    """The accounts that stand for these people, in order of id; the directory is held. 1 SELECT."""
    theirs = select(Account).where(Account.person_id.in_(people)).order_by(Account.id)
    fresh = theirs.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(work.session.scalars(fresh))


def hold_tokens(work: Work, those: ColumnElement[bool]) -> None:
    """Systems' tokens, the directory is held. 1 SELECT."""
    _hold_rows(work, PartnerToken, those)


def hold_plan_row(work: Work, plan_id: UUID) -> None:
    """The plan's own row. 1 SELECT, 3 after waiting."""
    _hold_row(work, _PLAN_ROW, {"plan": plan_id})


def hold_plans(work: Work, plans: Collection[UUID]) -> None:
    """Several plans' rows, in order of id. 1 SELECT."""
    _hold_rows(work, Plan, Plan.id.in_(plans))


def hold_numbers(work: Work, plan_id: UUID) -> None:
    """Let nobody else add, remove or number in this plan until the commit, nor write to its actions. 2 SELECTs and who asks."""
    work.connection.execute(_TURN_OF_NUMBERS, {"plan": plan_id})
    hold_actions_of_plan(work, plan_id)
    work.ask_again()


def hold_actions_of_plan(work: Work, plan_id: UUID) -> None:
    """Every action of a plan, removed ones too. 1 SELECT."""
    work.connection.execute(_ACTIONS_OF_PLAN, {"plan": plan_id})


def hold_actions(work: Work, actions: Collection[UUID]) -> None:
    """These actions. 1 SELECT."""
    _hold_rows(work, Action, Action.id.in_(actions))


def hold_action(work: Work, action_id: UUID, *, removed: bool = False) -> LoadedAction:
    """The action, locked until the commit, as it stands under that lock. Raises NotFound. 2 SELECTs, 4 after waiting.

    With `removed`, one that was removed from its plan too.
    """
    if lock_action(work.session, action_id):
        work.ask_again()
    return get_action(work.session, action_id, removed=removed)


def hold_whole_plans(work: Work, plans: Collection[UUID]) -> None:
    """All of these plans, down to their counters: for removing words, where what changes is not known before. 5 SELECTs."""
    hold_plans(work, plans)
    _hold_rows(work, Action, Action.plan_id.in_(plans))
    _hold_rows(work, Objective, Objective.plan_id.in_(plans))
    _hold_rows(work, Update, Update.action_id.in_(select(Action.id).where(Action.plan_id.in_(plans))))
    counters = select(PlanRevision.plan_id).where(PlanRevision.plan_id.in_(plans)).order_by(PlanRevision.plan_id)
    work.connection.execute(counters.with_for_update(key_share=True))


def hold_objectives(work: Work, objectives: Collection[UUID]) -> None:
    """These objectives. 1 SELECT."""
    _hold_rows(work, Objective, Objective.id.in_(objectives))


def _hold_row(work: Work, row: Any, named: dict[str, Any]) -> None:
    if work.connection.execute(row.with_for_update(key_share=True, skip_locked=True), named).first() is None:
        work.connection.execute(row.with_for_update(key_share=True), named)
        work.ask_again()


def _hold_rows(work: Work, table: Any, those: Any) -> None:
    work.connection.execute(select(table.id).where(those).order_by(table.id).with_for_update(key_share=True))
