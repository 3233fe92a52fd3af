"""The rows that a plan document is made of: as the tables hold them, or turned back to a past day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.domain.plan.document import AgencyDoc, DateMove, GroupDoc, Named, PersonDoc


@dataclass(slots=True)
class PlanRows:
    """A plan's rows, by the names of their columns: `plan`, `objectives` and `actions` are rows or anything like them.

    `moves` holds only actions that were ever re-dated. `people`, `agencies` and `groups` are those that the rows name.
    """

    plan: Any
    revision: int
    owner_name: str | None
    objectives: Sequence[Any]
    actions: Sequence[Any]
    places: dict[UUID, list[Named]]
    moves: dict[UUID, list[DateMove]]
    people: list[PersonDoc] = field(default_factory=list)
    agencies: list[AgencyDoc] = field(default_factory=list)
    groups: list[GroupDoc] = field(default_factory=list)

    def held(self) -> list[Named]:
        """Every place on an action of the plan."""
        return [place for action in self.actions for place in self.places.get(action.id, [])]

    def person_ids(self) -> set[UUID]:
        """Everybody who is on an action, leads an objective or owns the plan."""
        named = [place.person for place in self.held()]
        led = [objective.lead_id for objective in self.objectives]
        return {each for each in [*named, *led, self.plan.owner_id] if each is not None}

    def agency_ids(self) -> set[UUID]:
        """The agencies on the actions, and those of the people."""
        found = [place.agency for place in self.held()] + [person.agency for person in self.people]
        return {each for each in found if each is not None}

    def group_ids(self) -> set[UUID]:
        """The groups on the actions."""
        return {place.group for place in self.held() if place.group is not None}
