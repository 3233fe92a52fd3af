"""The plan document: the one read model behind the API's plan, its lists, every export and the as-at (ADR 2).

Plain dataclasses in the shape and order of the JSON; `None` is null. Nothing here depends on who is reading.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Named:
    """A person, a group or an agency on an action, as printed: `name` and `qualifier` are the plan's words."""

    person: UUID | None
    group: UUID | None
    agency: UUID | None
    name: str
    qualifier: str | None


@dataclass(frozen=True, slots=True)
class ByWhom:
    """The By Whom cell and who is named in it, in printed order.

    `printed` is how it stands; `first_printed` is the paper's own, once the people were changed so that it differs.
    """

    printed: str
    first_printed: str | None
    named: list[Named]


# "from" is a Python keyword, so these three are spelt as the JSON is.
DateMove = TypedDict(
    "DateMove",
    {
        "printed": str,
        "kind": str,
        "from": date | None,
        "to": date | None,
        "reason": str | None,
        "at": datetime,
        "by": str | None,
    },
)
"""One date the action has had; the first is the printed original (no reason, no author)."""

ByWhenNow = TypedDict(
    "ByWhenNow",
    {"printed": str, "kind": str, "from": date | None, "to": date | None, "moved": list[DateMove]},
)
"""The By When as it stands; `moved` holds every date so far, oldest first, and is empty if it never moved."""

Starts = TypedDict("Starts", {"printed": str, "from": date | None, "to": date | None})
"""The plan's start as printed ("September 2020") and the period it means."""


@dataclass(frozen=True, slots=True)
class RatingNow:
    """The effective rating (domain.rating), flat for JSON."""

    value: str | None
    basis: str
    declared: str | None
    declared_by: str | None
    declared_on: date | None
    acknowledgement: str | None
    says: str | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an update, with the agency they were of at the time."""

    name: str
    agency: str | None


@dataclass(frozen=True, slots=True)
class LatestUpdate:
    """The newest progress update of an action."""

    id: UUID
    text: str
    posted_at: datetime
    author: Author
    entered_by: str | None
    rating: str | None
    claim: str | None
    no_change: bool
    acknowledgement: str | None
    corrected: bool


Note = TypedDict("Note", {"code": str, "text": str, "for": str | None})
"""Something the plan leaves open; `for` says who should settle it: admin, lead (the lead officer), or None."""


@dataclass(frozen=True, slots=True)
class ActionDoc:
    """One numbered action. `number` is text ("4.10"); sort by (`objective`, `position`)."""

    id: UUID
    number: str
    objective: int
    position: int
    text: str
    by_whom: ByWhom
    by_when: ByWhenNow
    status: str
    status_reason: str | None
    rating: RatingNow
    needs_update: bool
    past_date: bool
    notes: list[Note]
    updates_count: int
    latest_update: LatestUpdate | None
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LeadOfficer:
    """The lead officer of an objective, with the words of the plan."""

    person: UUID
    name: str
    post: str | None
    agency: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class ObjectiveDoc:
    """An objective with its actions in number order."""

    id: UUID
    number: int
    text: str
    short_title: str | None
    lead: LeadOfficer | None
    actions: list[ActionDoc]


@dataclass(frozen=True, slots=True)
class PersonDoc:
    """Somebody named in the plan; `agency` is an id, None when the plan does not state it; `left_on` their last day."""

    id: UUID
    name: str
    post: str | None
    agency: UUID | None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyDoc:
    """An agency of somebody named in the plan."""

    id: UUID
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class GroupDoc:
    """A named collective: no account, no reminder, never an agency."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the overview says; every number counts actions."""

    actions: int
    rating: dict[str, int]
    status: dict[str, int]
    dated: int
    past_date: int
    needs_update: int
    nobody_named: int
    no_date: int
    delivered_or_complete: int


@dataclass(frozen=True, slots=True)
class Owner:
    """The plan's owner as printed, and the person read from it."""

    printed: str
    person: UUID | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A short form in the plan's words; `long` is None where nobody has said what it stands for."""

    short: str
    long: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A whole plan as it stands at `revision` on the day `as_of`."""

    id: UUID
    slug: str
    title: str
    partnership: str
    name: str
    heading: str
    owner: Owner
    priority: str | None
    service_team: str | None
    starts: Starts
    ends_on: date | None
    review_dates: str | None
    next_review_on: date | None
    summary: str | None
    update_every_days: int
    rating_key: list[dict[str, str]]
    revision: int
    as_of: date
    created_at: datetime
    updated_at: datetime
    version: int
    counts: Counts
    objectives: list[ObjectiveDoc]
    people: list[PersonDoc]
    agencies: list[AgencyDoc]
    groups: list[GroupDoc]
    notes: list[Note]
    glossary: list[Term]
