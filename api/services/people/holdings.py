"""Moving what people hold, one transaction at a time, each plan's journal under one revision."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from api.domain.plan.by_whom import print_named
from api.models import Action, Named, Objective, Plan
from api.queries.people.holdings import read_placed
from api.services.journal import Change, write_changes, write_directory_changes
from api.services.locks import hold_actions, hold_numbers, hold_objectives, hold_plans
from api.services.work import Work


@dataclass(slots=True)
class Moves:
    """What is moved, to be journalled at the end: the directory's changes, and for each plan its own."""

    work: Work
    verb: str
    said: dict[str, Any]
    directory: list[Change] = field(default_factory=list)
    plans: dict[UUID, list[Change]] = field(default_factory=lambda: defaultdict(list))
    objectives: set[UUID] = field(default_factory=set)

    def hold(self, actions: Collection[UUID], led: Collection[Any], owned: Collection[Any]) -> None:
        """Lock what is to change, before any of it changes (ADR 25): rows of `list_led` and `list_owned`, and actions. 3 SELECTs and 3 a plan.

        Another lead officer makes every action of the objective read differently, so those plans are held whole.
        """
        hold_plans(self.work, [row.plan_id for row in owned])
        for plan_id in sorted({row.plan_id for row in led}):
            hold_numbers(self.work, plan_id)
        hold_actions(self.work, actions)
        hold_objectives(self.work, [row.id for row in led])

    def change_places(
        self, plan_of: dict[UUID, UUID], moved: Collection["Moved"], said: dict[UUID, dict[str, Any]] | None = None
    ) -> None:
        """Name others on actions, take names away or put them back. `plan_of`: the plan of each action.

        The actions are held: whoever posts on one has done so, or does so after this. `said` is more for the journal, by
        action. Where the people were changed by hand, the words for the paper follow.
        """
        session, actions = self.work.session, sorted({each.action_id for each in moved})
        if not actions:
            return
        held = select(Action.id, Action.by_whom).where(Action.id.in_(actions))
        words = {row.id: row.by_whom for row in session.execute(held)}
        before = read_placed(session, actions)
        for each in moved:
            each.write(self.work)
        after = read_placed(session, actions)
        for action in actions:
            told = {"places": after.get(action, []), **self.said, **(said or {}).get(action, {})}
            was: dict[str, Any] = {"places": before.get(action, [])}
            if words[action] is not None:
                was["by_whom"], told["by_whom"] = words[action], print_named(told["places"])
                session.execute(update(Action).where(Action.id == action).values(by_whom=told["by_whom"]))
            self.plans[plan_of[action]].append(Change("action", action, self.verb, was, told))

    def change_lead(self, plan_id: UUID, objective: Any, lead: UUID | None, printed: str | None, **said: Any) -> None:
        """Give an objective, a row with id, lead_id and lead_printed, another lead officer. 1 UPDATE."""
        before = {"lead_id": objective.lead_id, "lead_printed": objective.lead_printed}
        values = {"lead_id": lead, "lead_printed": printed}
        self._update(Objective, objective.id, values)
        self.objectives.add(objective.id)
        self.plans[plan_id].append(
            Change("objective", objective.id, "lead-changed", before, {**values, **self.said, **said})
        )

    def change_owner(self, plan: Any, owner: UUID | None, printed: str, **said: Any) -> None:
        """Give a plan, a row with plan_id, owner_id and owner_printed, another owner. 1 UPDATE."""
        before = {"owner_id": plan.owner_id, "owner_printed": plan.owner_printed}
        values = {"owner_id": owner, "owner_printed": printed}
        self._update(Plan, plan.plan_id, values)
        self.plans[plan.plan_id].append(
            Change("plan", plan.plan_id, "owner-changed", before, {**values, **self.said, **said})
        )

    def _update(self, table: Any, thing: UUID, values: dict[str, Any]) -> None:
        statement = update(table).where(table.id == thing)
        self.work.session.execute(statement.values(**values, version=table.version + 1, updated_at=self.work.now))

    def record_plans(self) -> None:
        """Journal what changed in the plans, in order of their ids, and mark the actions that read differently now.

        Before an account stands for somebody else: whoever posts with it holds a plan's counter when they ask for its key.
        """
        for plan_id in sorted(self.plans):
            self._mark(plan_id, write_changes(self.work, plan_id, self.plans[plan_id]))

    def record_directory(self) -> None:
        """Journal what changed in the directory. 1 statement."""
        write_directory_changes(self.work, self.directory)

    def _mark(self, plan_id: UUID, revision: int) -> None:
        own = [change.object_id for change in self.plans[plan_id] if change.object_type == "action"]
        raised = {"version": Action.version + 1, "updated_at": self.work.now, "revision": revision}
        session = self.work.session
        session.execute(update(Action).where(Action.id.in_(own)).values(**raised))
        led = (Action.plan_id == plan_id) & Action.objective_id.in_(self.objectives) & Action.id.not_in(own)
        session.execute(update(Action).where(led).values(revision=revision))


@dataclass(frozen=True, slots=True)
class Moved:
    """One name on an action and its new value: `person_id` None removes it; `values` puts a removed one back."""

    id: UUID
    action_id: UUID
    person_id: UUID | None
    name: str | None = None
    values: dict[str, Any] | None = None

    def write(self, work: Work) -> None:
        """Write it. 1 statement."""
        if self.values is not None:
            row = {"id": self.id, "action_id": self.action_id, "person_id": self.person_id, **self.values}
            work.session.execute(insert(Named), row)
        elif self.person_id is None:
            work.session.execute(delete(Named).where(Named.id == self.id))
        else:
            named = {"name": self.name} if self.name else {}
            work.session.execute(update(Named).where(Named.id == self.id).values(person_id=self.person_id, **named))
