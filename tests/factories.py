"""Things that tests need many of, each with sensible defaults."""

import copy
import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from api import local
from api.domain.journal import Entry
from api.domain.plan.by_when import DateKind
from api.domain.plan.document import ActionDoc, Author, ByWhom, LatestUpdate, Named, RatingNow
from api.domain.plan.permissions import ActionFacts, Actor, Role
from api.domain.plan.status import Status

Json = dict[str, Any]


def an_entry(**given: Any) -> Entry:
    """A line of the journal."""
    head = {
        "id": 1,
        "revision": 1,
        "at": datetime(2026, 11, 20, 12, tzinfo=UTC),
        "by": "Ann",
        "object_id": number_id(1),
    }
    return Entry(**{**head, "object_type": "action", "plan_id": None, "before": {}, "after": {}, **given})


@cache
def _seed_text() -> str:
    return local.FIRST_PLAN.read_text("utf-8")


def seed_document() -> Json:
    """The Havering seed, to be changed at will."""
    document: Json = json.loads(_seed_text())
    return document


def small_seed(slug: str = "small-plan", actions: int = 3, **more: Any) -> Json:
    """A plan of one objective, led by the first of two people, both on every action."""
    document = seed_document()
    people = [
        {"key": "anna-lead", "name": "Anna Lead", "post": None, "agency": "the-council"},
        {"key": "ben-named", "name": "Ben Named", "post": None, "agency": None},
    ]
    return {
        **{name: document[name] for name in ("$schema", "starts", "ends_on", "review_dates", "rating_key")},
        **dict.fromkeys(("next_review_on", "summary", "priority", "service_team")),
        "slug": slug,
        "heading": "Small plan",
        "partnership": "A partnership",
        "name": "Small plan",
        "title": "Small plan",
        "update_every_days": 92,
        "owner": {"printed": "Anna Lead", "person": "anna-lead"},
        "agencies": [{"key": "the-council", "name": "The Council", "short_name": "Council"}],
        "people": people,
        "groups": [{"key": "everybody", "name": "everybody"}],
        "objectives": [
            {
                "number": 1,
                "text": "Do good.",
                "short_title": None,
                "lead": {"person": "anna-lead", "printed": "Anna Lead"},
                "actions": [small_action(f"1.{position}") for position in range(1, actions + 1)],
            }
        ],
        "notes": [],
        **more,
    }


def small_action(number: str) -> Json:
    return {
        "number": number,
        "text": f"Do the good thing {number}.",
        "by_whom": {"printed": "Anna Lead and Ben Named", "named": [{"person": "anna-lead"}, {"person": "ben-named"}]},
        "by_when": {"printed": "Ongoing", "kind": "ongoing", "from": None, "to": None},
        "status": "not_reported",
        "notes": [],
    }


def numbered(document: Json) -> Json:
    """The file with its objectives and actions numbered as they stand in it."""
    for number, objective in enumerate(document["objectives"], 1):
        objective["number"] = number
        for place, action in enumerate(objective["actions"], 1):
            action["number"] = f"{number}.{place}"
    return document


def wide_seed(actions: int = 420) -> Json:
    """The Havering plan ten times as long, of the same people: every objective's actions repeated under numbers of their own."""
    document = seed_document()
    times = actions // 42
    for kind in ("people", "agencies", "groups"):
        document[kind] = [{**each, "same_as": f"{document['slug']}/{each['key']}"} for each in document[kind]]
    document["slug"] = "wide-plan"
    for objective in document["objectives"]:
        printed = objective["actions"]
        objective["actions"] = [
            {**copy.deepcopy(action), "number": f"{objective['number']}.{turn * len(printed) + place}"}
            for turn in range(times)
            for place, action in enumerate(printed, 1)
        ]
    return document


def number_id(number: int) -> UUID:
    """An id that a person can read in a failure."""
    return UUID(int=number)


def actor(role: Role = Role.CONTRIBUTOR, person: int | None = None, account: int = 900) -> Actor:
    return Actor(number_id(account), "Somebody", role, number_id(person) if person else None)


LEAD, ON, OFF = 1, 2, 3


def facts(status: Status = Status.IN_PROGRESS, **changes: Any) -> ActionFacts:
    """Action 3.4: person 1 leads its objective, persons 2 and 4 are named on it."""
    values: dict[str, Any] = {
        "number": "3.4",
        "objective_number": 3,
        "status": status,
        "lead_id": number_id(LEAD),
        "lead_name": "Jane Carroll",
        "people": ((number_id(ON), "Lucy Goodfellow"), (number_id(4), "Zoe Zed")),
        **changes,
    }
    return ActionFacts(**values)


GREY = RatingNow(None, "none", None, None, None, None, None)


def action_doc(number: str = "1.1", **changes: Any) -> ActionDoc:
    """An action of a plan document; a member that nothing is said of here is None."""
    objective, position = map(int, number.split("."))
    values: dict[str, Any] = dict.fromkeys(ActionDoc.__slots__) | {
        "id": number_id(objective * 1000 + position),
        "number": number,
        "objective": objective,
        "position": position,
        "text": f"Do {number}.",
        "by_whom": ByWhom("Ann", None, [Named(number_id(1), None, None, "Ann", None)]),
        "by_when": {"printed": "", "kind": DateKind.NOT_GIVEN, "from": None, "to": None, "moved": []},
        "status": Status.NOT_REPORTED,
        "status_reason": None,
        "rating": GREY,
        "needs_update": True,
        "past_date": False,
        "notes": [],
        "updates_count": 0,
        "latest_update": None,
        "version": 1,
        "updated_at": datetime(2026, 1, 1, tzinfo=UTC),
        **changes,
    }
    return ActionDoc(**values)


def due(last: date) -> Json:
    return {"printed": str(last), "kind": DateKind.DATE, "from": last, "to": last, "moved": []}


def latest(posted_at: datetime, text: str = "We met.") -> LatestUpdate:
    return LatestUpdate(
        number_id(7), text, posted_at, Author("Ann", None), None, None, None,
        no_change=False, acknowledgement=None, corrected=False,
    )  # fmt: skip
