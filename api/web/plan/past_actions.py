"""What one action answers for a past day: from the plan of that day, with what was said and decided on it until then."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.days import end_of_day
from api.domain.errors import NotFound
from api.domain.plan.as_at import Cut
from api.domain.plan.by_when import say_date
from api.domain.plan.document import ActionDoc, ObjectiveDoc, PlanDocument
from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import held
from api.http.paging import write_cursor
from api.queries.plan.actions import get_printed_words, list_status_changes
from api.queries.plan.updates import find_wordings, list_updates
from api.schemas.plan.updates import shape_update
from api.web.plan.actions import UPDATES_SHOWN, posted_key, read_action, reader_mark, updates_path
from api.web.plan.rendering import check_day, past_cut, past_tag, plan_stamp, rendered_past, stands_at
from api.web.plan.updates import as_then


@dataclass(frozen=True, slots=True)
class _Found:
    """An action in the plan of a day, and its neighbours there."""

    action: ActionDoc
    objective: ObjectiveDoc
    previous: ActionDoc | None
    next: ActionDoc | None


def read_action_as_at(call: Call, action_id: UUID, as_at: date | None = None) -> Answer:
    """Answer with one action as it stood at the end of a day, as it stands for None and today.

    Nothing can be done with what is past. Raises NotFound, InvalidParameter. 4 SELECTs beside those of the plan of that day.
    """
    if as_at is None or as_at == call.work.today:
        return read_action(call, action_id)
    check_day(call, as_at)
    at, key = stands_at(call), (plan_stamp(call)[0], as_at)
    cut = past_cut(at, key)
    tag = past_tag(cut, as_at, f"{action_id} {reader_mark(call)}")
    if have := held(tag):
        return Answer(etag=have, known=True)
    plan = rendered_past(at, key, cut).document
    found = _find(plan, action_id)
    told = read_several(at, lambda session: _told(session, call, found.action, as_at, cut))
    return Answer({**_stood(plan, found), **told}, etag=tag)


def _find(plan: PlanDocument, action_id: UUID) -> _Found:
    pairs = [(action, objective) for objective in plan.objectives for action in objective.actions]
    place = next((at for at, (action, _) in enumerate(pairs) if action.id == action_id), None)
    if place is None:
        raise NotFound(f"This action was not in the plan on {say_date(plan.as_of)}.")
    before = pairs[place - 1][0] if place else None
    after = pairs[place + 1][0] if place + 1 < len(pairs) else None
    return _Found(*pairs[place], before, after)


def _stood(plan: PlanDocument, found: _Found) -> dict[str, Any]:
    """What the plan of that day says of it."""
    return {
        **{name: getattr(found.action, name) for name in ActionDoc.__slots__},
        "plan": {"id": plan.id, "slug": plan.slug, "title": plan.title},
        "objective_id": found.objective.id,
        "lead": found.objective.lead,
        "previous": _neighbour(found.previous),
        "next": _neighbour(found.next),
        "may": [],
        "why_not": {},
        "moves": [],
    }


def _neighbour(action: ActionDoc | None) -> dict[str, Any] | None:
    return {"id": action.id, "number": action.number} if action else None


def _told(session: Session, call: Call, action: ActionDoc, day: date, cut: Cut) -> dict[str, Any]:
    """What was posted and decided until the end of that day."""
    until = end_of_day(day)
    rows = list_updates(session, action.id, until=until, limit=UPDATES_SHOWN + 1)
    wordings = find_wordings(session, rows)
    shown = [shape_update(row, call.here.id, wordings[row["id"]]) for row in rows[:UPDATES_SHOWN]]
    more = write_cursor("posted", posted_key(rows[UPDATES_SHOWN - 1])) if len(rows) > UPDATES_SHOWN else None
    printed = get_printed_words(session, action.id)
    return {
        "text_printed": printed if printed != action.text else None,
        "updates": [as_then(each, until) for each in shown],
        "status_changes": list_status_changes(session, action.id, cut.revision),
        "links": {"updates": f"{updates_path(action.id)}?as_at={day}&cursor={more}" if more else None},
    }
