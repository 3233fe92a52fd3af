"""The country: its areas, and in each of them agencies, groups and people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from api.generate import words
from api.generate.chance import Chance

Row = dict[str, Any]
# Plans were made on the first, and the last update is before the second: always the same, so that a seed says everything.
BEGAN = datetime(2024, 4, 1, 9, tzinfo=UTC)
UNTIL = datetime(2026, 11, 20, 17, tzinfo=UTC)
PEOPLE = 24
NEIGHBOURS = 3
SHARE_WITH_AGENCY = 0.7


@dataclass(frozen=True)
class Size:
    """How much there is: plans, actions of each, updates of all plans together."""

    plans: int
    actions: int
    updates: int

    def updates_of(self, plan: int) -> int:
        """The plan's share of the updates; the first plans take what is left over."""
        return self.updates // self.plans + (plan < self.updates % self.plans)


@dataclass(frozen=True)
class Area:
    """One area: its name and slug, and the rows of what it brings into the directory."""

    number: int
    name: str
    slug: str
    agencies: list[Row]
    groups: list[Row]
    people: list[Row]

    def agency_of(self, person: Row) -> str | None:
        """The short name of a person's agency."""
        return next((row["short_name"] for row in self.agencies if row["id"] == person["agency_id"]), None)


@dataclass(frozen=True)
class Country:
    """All of it, from a seed; an area is made when it is asked for and depends on nothing but seed and number."""

    seed: int
    size: Size
    _made: dict[int, Area] = field(default_factory=dict)

    @cached_property
    def slugs(self) -> list[str]:
        """The plans' slugs."""
        return [self.area(number).slug for number in range(self.size.plans)]

    def areas(self) -> Iterator[Area]:
        """All areas, in the order of their plans."""
        return (self.area(number) for number in range(self.size.plans))

    def area(self, number: int) -> Area:
        """One area."""
        if number not in self._made:
            self._made[number] = _make_area(self.seed, number)
        return self._made[number]

    def known_in(self, area: Area) -> list[Row]:
        """Who works on an area's plan: its people, and some of the area before, because agencies cover several."""
        neighbours = self.area(area.number - 1).people[:NEIGHBOURS] if area.number else []
        return [*area.people, *neighbours]


def _make_area(seed: int, number: int) -> Area:
    chance = Chance(seed, "area", number)
    first, last = number % len(words.FIRST_PARTS), number * 7 // len(words.FIRST_PARTS) % len(words.LAST_PARTS)
    again = number // (len(words.FIRST_PARTS) * len(words.LAST_PARTS))
    name = words.FIRST_PARTS[first] + words.LAST_PARTS[(last + first) % len(words.LAST_PARTS)]
    name += f" {again + 1}" if again else ""
    slug = f"invented-{seed}-{number + 1:03}-{name.lower().replace(' ', '-')}"
    agencies = [
        _entry(chance, name=f"{name} {long} (invented)", short_name=f"{name} {short}") for long, short in words.AGENCIES
    ]
    groups = [_entry(chance, name=f"{name} {group}") for group in words.GROUPS]
    return Area(number, name, slug, agencies, groups, _people(chance, [row["id"] for row in agencies]))


def _people(chance: Chance, agencies: list[UUID]) -> list[Row]:
    surnames = chance.some(words.SURNAMES, min(PEOPLE, len(words.SURNAMES)))
    return [
        _entry(
            chance,
            name=f"{chance.pick(words.FORENAMES)} {surname}",
            post=chance.pick(words.POSTS),
            agency_id=chance.pick(agencies) if chance.whether(SHARE_WITH_AGENCY) else None,
        )
        for surname in surnames
    ]


def _entry(chance: Chance, **values: Any) -> Row:
    return {"id": chance.id_at(BEGAN), "created_at": BEGAN, "updated_at": BEGAN, **values}
