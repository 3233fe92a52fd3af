"""The plan as it stood at the end of a past day: the rows of now and the journal since, by SELECTs whose number is fixed.

Of the updates only those that an action showed are read, one index range each, however long its history.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Text, and_, bindparam, cast, exists, func, literal_column, or_, select, true
from sqlalchemy.orm import Session, aliased

from api.domain.days import end_of_day, london_day
from api.domain.errors import NotFound
from api.domain.plan.as_at import Cut, LooseRow, name_holders, restore, turn_back
from api.domain.plan.by_when import say_date
from api.domain.plan.document import AgencyDoc, GroupDoc, PersonDoc, PlanDocument
from api.domain.plan.plan_rows import PlanRows
from api.models import Action, JournalEntry, Objective, Update
from api.queries import AnySelect
from api.queries.journal import as_entry, entry_columns
from api.queries.plan.plan_document import load_rows, shape_plan
from api.queries.plan.plan_statements import AGENCIES_OF, EVERY_OBJECTIVE, GROUPS_OF, PEOPLE_OF, action_columns

# The instant of a change is when its request came in, its revision when it was saved. Around midnight the two may
# differ in order, by no more than a request can take; farther from it the instant alone says on which side a change is.
LONGEST_REQUEST = timedelta(minutes=10)

_PLAN: BindParameter[Any] = bindparam("plan")
_CUT: BindParameter[Any] = bindparam("cut")
_END: BindParameter[Any] = bindparam("end")
_UNTIL: BindParameter[Any] = bindparam("until")
_OF_PLAN = JournalEntry.plan_id == _PLAN

_LAST = (
    select(JournalEntry.revision)
    .where(_OF_PLAN, JournalEntry.at < _END)
    .order_by(JournalEntry.revision.desc())
    .limit(1)
    .cte("last")
)
_LAST_OF_DIRECTORY = (
    select(JournalEntry.directory_revision)
    .where(JournalEntry.directory_revision.is_not(None), JournalEntry.at < _END)
    .order_by(JournalEntry.directory_revision.desc())
    .limit(1)
    .scalar_subquery()
)
_WITHDRAWAL = (
    select(func.max(JournalEntry.revision))
    .where(_OF_PLAN, JournalEntry.revision > _LAST.c.revision, JournalEntry.verb.in_(("withdrawn", "redacted")))
    .scalar_subquery()
)
_FIND_CUT: AnySelect = select(
    _LAST.c.revision, func.coalesce(_LAST_OF_DIRECTORY, 0), func.coalesce(_WITHDRAWAL, 0)
).select_from(_LAST)
_BEGINS: AnySelect = select(JournalEntry.at).where(_OF_PLAN).order_by(JournalEntry.revision).limit(1)


def find_cut(session: Session, plan_id: UUID, day: date) -> Cut:
    """Where the day ended. Raises NotFound when the plan was not there yet. 1 SELECT."""
    found = session.execute(_FIND_CUT, {"plan": plan_id, "end": end_of_day(day)}).one_or_none()
    if found is None:
        begins = session.execute(_BEGINS, {"plan": plan_id}).scalar_one_or_none()
        since = f"; it begins on {say_date(london_day(begins))}" if begins else ""
        raise NotFound(f"This plan was not there on {say_date(day)}{since}.")
    return Cut(*found)


def _tells(update_id: Any, verb: str) -> Any:
    """Whether this happened to an update after the cut."""
    return exists().where(JournalEntry.object_id == update_id, JournalEntry.verb == verb, JournalEntry.revision > _CUT)


def _posted_by_then(update: Any) -> Any:
    return and_(update.action_id == Action.id, update.posted_at < _UNTIL, ~_tells(update.id, "posted"))


def _shown(*more: Any) -> Any:
    """The newest update of an action that was there and not withdrawn by then."""
    update = aliased(Update)
    stood = or_(update.withdrawn_at.is_(None), _tells(update.id, "withdrawn"))
    conditions = [_posted_by_then(update), stood, *(getattr(update, name).is_not(None) for name in more)]
    newest = select(update).where(*conditions).order_by(update.posted_at.desc(), update.id.desc()).limit(1)
    return newest.correlate(Action).lateral()


def _posted_since() -> Any:
    update = aliased(Update)
    late = or_(update.posted_at >= _UNTIL, _tells(update.id, "posted"))
    counted = select(func.count()).where(update.action_id == Action.id, update.posted_at >= _END, late)
    return counted.correlate(Action).scalar_subquery()


def _touched_at() -> Any:
    """When an action was last changed before the cut: by a post, an edit, or an answer to one of its updates."""
    update = aliased(Update)
    posted = select(update.posted_at).where(_posted_by_then(update)).order_by(update.posted_at.desc()).limit(1)
    own = (
        select(JournalEntry.at)
        .where(JournalEntry.object_id == Action.id, JournalEntry.revision <= _CUT, JournalEntry.verb != "created")
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    latest = (each.correlate(Action).scalar_subquery() for each in (posted, own))
    return func.coalesce(func.greatest(*latest, _ANSWERED.c.at), Action.created_at)


_OF_ACTION = JournalEntry.after[literal_column("'action'")].astext
_ANSWERED = (
    select(_OF_ACTION.label("action"), func.max(JournalEntry.at).label("at"))
    .where(_OF_PLAN, JournalEntry.revision <= _CUT, JournalEntry.object_type == "update", JournalEntry.verb != "posted")
    .group_by(_OF_ACTION)
    .cte("answered")
)
_latest, _rated = _shown(), _shown("rating")
_ACTIONS: AnySelect = (
    select(
        *action_columns(_latest.c, _rated.c),
        _rated.c.id.label("rated_id"),
        _latest.c.withdrawn_at.label("latest_withdrawn_at"),
        _posted_since().label("posted_since"),
        _touched_at().label("touched_at"),
    )
    .join(Objective, Objective.id == Action.objective_id)
    .outerjoin(_latest, true())
    .outerjoin(_rated, true())
    .outerjoin(_ANSWERED, _ANSWERED.c.action == cast(Action.id, Text))
    .where(Action.plan_id == _PLAN, Objective.plan_id == _PLAN)
)

# Posts are left out: what they changed is found among the updates themselves.
_ENTRIES: AnySelect = (
    select(*entry_columns(JournalEntry.revision))
    .where(
        _OF_PLAN,
        JournalEntry.revision > _CUT,
        JournalEntry.verb != "posted",
        or_(JournalEntry.object_type != "update", JournalEntry.object_id.in_(bindparam("updates", expanding=True))),
    )
    .order_by(JournalEntry.id.desc())
)
_PLAN_TOUCHED: AnySelect = (
    select(JournalEntry.at)
    .where(JournalEntry.object_id == _PLAN, JournalEntry.revision <= _CUT, JournalEntry.verb != "created")
    .order_by(JournalEntry.id.desc())
    .limit(1)
)
_OF_DIRECTORY: AnySelect = (
    select(*entry_columns(JournalEntry.directory_revision))
    .where(
        JournalEntry.directory_revision > _CUT,
        JournalEntry.object_type.in_(("person", "agency", "named_group")),
        JournalEntry.before.is_not(None),
    )
    .order_by(JournalEntry.id.desc())
)


def get_plan_as_at(session: Session, plan_id: UUID, day: date, cut: Cut) -> PlanDocument:
    """The plan as it stood at the cut, computed for that day. Raises NotFound. 11 SELECTs.

    Exact, but for three things: words that were withdrawn since are empty; of two posts on one action that waited for each
    other the later instant counts; and `updated_at` is the latest instant, where changes waited for each other.
    """
    end = end_of_day(day)
    keys = {"plan": plan_id, "cut": cut.revision, "end": end, "until": end + LONGEST_REQUEST}
    rows = load_rows(session, plan_id, _ACTIONS, keys, EVERY_OBJECTIVE)
    rows.plan = LooseRow(**{column.key: getattr(rows.plan, column.key) for column in rows.plan.__table__.columns})
    rows.revision = cut.revision
    rows.objectives = [LooseRow(**row._asdict()) for row in rows.objectives]
    rows.actions = [_as_posted(LooseRow(**row._asdict())) for row in rows.actions]
    shown = {each for action in rows.actions for each in (action.latest_id, action.rated_id) if each}
    entries = session.execute(_ENTRIES, {"plan": plan_id, "cut": cut.revision, "updates": sorted(shown)})
    turn_back(rows, (as_entry(row) for row in entries))
    touched = session.execute(_PLAN_TOUCHED, {"plan": plan_id, "cut": cut.revision}).scalar_one_or_none()
    rows.plan.updated_at = touched or rows.plan.created_at
    _call_by_name(session, rows, cut.directory_revision)
    return shape_plan(rows, day)


def _as_posted(action: LooseRow) -> LooseRow:
    """The action with what its updates, rather than the journal, say about that day."""
    action.updates_count -= action.posted_since
    action.updated_at = action.touched_at
    if action.latest_withdrawn_at is not None:
        action.latest_text = ""
    return action


def _call_by_name(session: Session, rows: PlanRows, directory_cut: int) -> None:
    """Find the people whom the rows name, under the names that they had that day. 4 SELECTs."""
    entries = [as_entry(row) for row in session.execute(_OF_DIRECTORY, {"cut": directory_cut})]

    def find(statement: AnySelect, ids: Iterable[UUID]) -> dict[UUID, LooseRow]:
        found = {row.id: LooseRow(**row._asdict()) for row in session.execute(statement, {"ids": sorted(ids)})}
        for entry in entries:
            if entry.object_id in found:
                restore(found[entry.object_id], entry.object_type, entry.before)
        by_name = sorted(found.values(), key=attrgetter("name", "id"))
        return {each.id: each for each in by_name}

    people = find(PEOPLE_OF, rows.person_ids())
    rows.people = [PersonDoc(each.id, each.name, each.post, each.agency_id, each.left_on) for each in people.values()]
    agencies = find(AGENCIES_OF, rows.agency_ids())
    rows.agencies = [AgencyDoc(each.id, each.name, each.short_name) for each in agencies.values()]
    rows.groups = [GroupDoc(each.id, each.name) for each in find(GROUPS_OF, rows.group_ids()).values()]
    name_holders(rows, people, agencies)
