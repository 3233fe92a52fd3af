"""One flat row for each action: for Power BI and spreadsheets (API 7.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from api.domain.days import london_day
from api.domain.editable import ACTION
from api.domain.plan.by_when import count_moves
from api.domain.plan.document import ActionDoc, ObjectiveDoc, PlanDocument
from api.domain.plan.filters import ActionIndex
from api.domain.plan.status import WORDS, Status

NOT_RATED = "Not rated"


@dataclass(frozen=True, slots=True)
class FlatAction:
    """An action in one row. The order of these is the order of the columns; `number` is text ("4.10")."""

    plan: str
    objective_number: int
    objective: str
    lead_officer: str | None
    lead_agency: str | None
    number: str
    number_objective: int
    number_position: int
    action: str
    by_whom: str
    people: str
    groups: str
    agencies: str
    by_when: str
    by_when_kind: str
    due_from: date | None
    due_to: date | None
    times_moved: int
    first_due: str
    status: str
    status_word: str
    rating: str | None
    rating_word: str
    rating_basis: str
    declared_rating: str | None
    declared_by: str | None
    past_date: bool
    needs_update: bool
    updates: int
    last_update_on: date | None
    last_update_by: str | None
    last_update: str | None
    as_of: date
    revision: int
    url: str


# The wording is the column `action`.
_OWN = tuple(name for name in ACTION.as_is if name != "text")
_FIXED = tuple(FlatAction.__dataclass_fields__)
COLUMNS = (*_FIXED, *_OWN)
"""Those of every plan, then whatever else can be edited of an action."""


def rows_of(document: PlanDocument, index: ActionIndex, site: str) -> list[dict[str, Any]]:
    """The rows of a plan document by column, in the plan's order; `site` is the address that the page of an action is under."""
    flat = _Flat(document, index, site)
    return [
        _whole(flat.row(objective, action), action) for objective in document.objectives for action in objective.actions
    ]


def _whole(row: FlatAction, action: ActionDoc) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _FIXED}, **{name: getattr(action, name) for name in _OWN}}


class _Flat:
    """The names that the rows of one document need."""

    def __init__(self, document: PlanDocument, index: ActionIndex, site: str) -> None:
        self.document, self.index = document, index
        self.names = {each.id: each.name for each in document.people}
        self.names |= {each.id: each.name for each in document.groups}
        self.words = {line["letter"]: line["word"] for line in document.rating_key}
        self.pages = f"{site}/p/{quote(document.slug)}/actions/"

    def row(self, objective: ObjectiveDoc, action: ActionDoc) -> FlatAction:
        """One action's row."""
        when, rating, latest, lead = action.by_when, action.rating, action.latest_update, objective.lead
        places = action.by_whom.named
        return FlatAction(
            plan=self.document.slug,
            objective_number=objective.number,
            objective=objective.short_title or objective.text,
            lead_officer=lead.name if lead else None,
            lead_agency=lead.agency if lead else None,
            number=action.number,
            number_objective=action.objective,
            number_position=action.position,
            action=action.text,
            by_whom=action.by_whom.printed,
            people=_join(self.names[each.person] for each in places if each.person),
            groups=_join(self.names[each.group] for each in places if each.group),
            agencies=self._agencies(action),
            by_when=when["printed"],
            by_when_kind=when["kind"],
            due_from=when["from"],
            due_to=when["to"],
            times_moved=count_moves(when["moved"]),
            first_due=when["moved"][0]["printed"] if when["moved"] else when["printed"],
            status=action.status,
            status_word=WORDS[Status(action.status)],
            rating=rating.value,
            rating_word=self.words.get(rating.value, rating.value) if rating.value else NOT_RATED,
            rating_basis=rating.basis,
            declared_rating=rating.declared,
            declared_by=rating.declared_by,
            past_date=action.past_date,
            needs_update=action.needs_update,
            updates=action.updates_count,
            last_update_on=london_day(latest.posted_at) if latest else None,
            last_update_by=latest.author.name if latest else None,
            last_update=latest.text if latest else None,
            as_of=self.document.as_of,
            revision=self.document.revision,
            url=f"{self.pages}{action.number}",
        )

    def _agencies(self, action: ActionDoc) -> str:
        on_it = self.index.agencies_of(action)
        return _join(each.short_name for each in self.document.agencies if str(each.id) in on_it)


def _join(names: Iterable[str]) -> str:
    return "; ".join(names)
