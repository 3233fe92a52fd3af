"""One flat row for each progress update of a plan, the oldest first: for Power BI and spreadsheets (API 7.2).

Those of actions that were removed from the plan since are among them, without a number; one that was withdrawn is there without its words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from api.domain.days import london_day
from api.domain.plan.document import ActionDoc, ObjectiveDoc, PlanDocument
from api.domain.plan.status import WORDS, Status


@dataclass(frozen=True, slots=True)
class FlatUpdate:
    """An update in one row. The order of these is the order of the columns; `number` is text, None when the action is not in the plan."""

    plan: str
    objective_number: int | None
    objective: str | None
    number: str | None
    number_objective: int | None
    number_position: int | None
    action: str
    posted_on: date
    posted_at: str
    author: str
    agency: str | None
    entered_by: str | None
    via: str | None
    rating: str | None
    rating_word: str | None
    previous_rating: str | None
    claim: str | None
    no_change: bool
    text: str
    next_step: str | None
    impact: str | None
    evidence: str
    status: str
    status_word: str
    acknowledgement: str | None
    acknowledged_by: str | None
    acknowledged_on: date | None
    question: str | None
    corrected_on: date | None
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    words_removed_on: date | None
    as_of: date
    revision: int
    url: str | None
    action_id: str
    id: str


UPDATE_COLUMNS = tuple(FlatUpdate.__dataclass_fields__)


def update_rows(
    document: PlanDocument, updates: Iterable[tuple[Mapping[str, Any], str]], site: str
) -> list[FlatUpdate]:
    """The rows of these (update as the API answers it, words of its action); `site` is the address the page of an action is under."""
    flat = _Flat(document, site)
    return [flat.row(update, text) for update, text in updates]


class _Flat:
    """What the rows of one document need of it."""

    def __init__(self, document: PlanDocument, site: str) -> None:
        self.document = document
        self.words = {line["letter"]: line["word"] for line in document.rating_key}
        self.places = {action.id: (each, action) for each in document.objectives for action in each.actions}
        self.pages = f"{site}/p/{quote(document.slug)}/actions/"

    def row(self, update: Mapping[str, Any], text: str) -> FlatUpdate:
        """One update's row."""
        objective, action = self.places.get(update["action"], (None, None))
        return FlatUpdate(**self._of_action(objective, action, text), **self._said(update), **_became(update))

    def _of_action(self, objective: ObjectiveDoc | None, action: ActionDoc | None, text: str) -> dict[str, Any]:
        return {
            "plan": self.document.slug,
            "objective_number": objective and objective.number,
            "objective": objective and (objective.short_title or objective.text),
            "number": action and action.number,
            "number_objective": action and action.objective,
            "number_position": action and action.position,
            "action": action.text if action else text,
            "as_of": self.document.as_of,
            "revision": self.document.revision,
            "url": action and f"{self.pages}{action.number}",
        }

    def _said(self, update: Mapping[str, Any]) -> dict[str, Any]:
        rating = update["rating"]
        return {
            **{name: update[name] for name in _AS_IT_IS},
            "posted_on": london_day(update["posted_at"]),
            "posted_at": f"{update['posted_at']:%Y-%m-%dT%H:%M:%SZ}",
            "author": update["author"]["name"],
            "agency": update["author"]["agency"],
            "rating_word": rating and self.words.get(rating, rating),
            "evidence": "; ".join(f"{each['title']}: {each['url']}" for each in update["evidence"]),
            "status_word": WORDS[Status(update["status"])],
            "action_id": str(update["action"]),
            "id": str(update["id"]),
        }


_AS_IT_IS = (
    "entered_by", "via", "rating", "previous_rating", "claim", "no_change", "text", "next_step", "impact", "status",
)  # fmt: skip


def _became(update: Mapping[str, Any]) -> dict[str, Any]:
    """What was said and done about it since."""
    answer, withdrawn, redacted = (update[name] or {} for name in ("acknowledgement", "withdrawn", "redacted"))
    return {
        "acknowledgement": answer.get("state"),
        "acknowledged_by": answer.get("by"),
        "acknowledged_on": _day(answer.get("at")),
        "question": answer.get("question"),
        "corrected_on": _day(update["corrected_at"]),
        "withdrawn_on": _day(withdrawn.get("at")),
        "withdrawn_by": withdrawn.get("by"),
        "withdrawn_reason": withdrawn.get("reason"),
        "words_removed_on": _day(redacted.get("at")),
    }


def _day(at: datetime | None) -> date | None:
    return london_day(at) if at else None
