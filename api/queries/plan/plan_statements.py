"""The SELECTs of the plan document: built once, so that SQLAlchemy's cache key for each is computed once."""

from typing import Any

from sqlalchemy import ARRAY, BindParameter, Uuid, any_, bindparam, func, select, union
from sqlalchemy.orm import aliased

from api.domain.editable import ACTION, OBJECTIVE
from api.models import Action, Agency, DateEntry, Named, NamedGroup, Objective, Person, Plan, PlanRevision, Update
from api.queries import AnySelect

_KEY: BindParameter[Any] = bindparam("plan")
_Owner = aliased(Person)
_Latest = aliased(Update)
_Rated = aliased(Update)
_Moved = aliased(DateEntry)

PLAN: AnySelect = (
    select(Plan, PlanRevision.value, _Owner.name)
    .join(PlanRevision, PlanRevision.plan_id == Plan.id)
    .outerjoin(_Owner, _Owner.id == Plan.owner_id)
    .where(Plan.id == _KEY)
)

EVERY_OBJECTIVE: AnySelect = (
    select(
        Objective.id,
        *(getattr(Objective, name) for name in OBJECTIVE.columns),
        Person.name.label("lead_name"),
        Person.post.label("lead_post"),
        Agency.short_name.label("lead_agency"),
    )
    .outerjoin(Person, Person.id == Objective.lead_id)
    .outerjoin(Agency, Agency.id == Person.agency_id)
    .where(Objective.plan_id == _KEY)
    .order_by(Objective.position)
)
"""Those that were removed from the plan too: on a past day they stood in it."""

OBJECTIVES: AnySelect = EVERY_OBJECTIVE.where(Objective.position.is_not(None))


def action_columns(latest: Any, rated: Any) -> list[Any]:
    """What the document shows of an action; `latest` and `rated` have the columns of the updates it shows."""
    return [
        Action.id,
        *(getattr(Action, name) for name in ACTION.columns),
        Objective.position.label("objective_position"),
        Action.by_whom_printed,
        Action.notes,
        Action.updates_count,
        Action.version,
        Action.updated_at,
        latest.id.label("latest_id"),
        latest.text.label("latest_text"),
        latest.posted_at.label("latest_posted_at"),
        latest.author_name.label("latest_author"),
        latest.author_agency.label("latest_agency"),
        latest.entered_by_name.label("latest_entered_by"),
        latest.rating.label("latest_rating"),
        latest.claim.label("latest_claim"),
        latest.no_change.label("latest_no_change"),
        latest.acknowledgement.label("latest_acknowledgement"),
        latest.corrected_at.label("latest_corrected_at"),
        rated.rating.label("rated_rating"),
        rated.author_name.label("rated_by"),
        rated.posted_at.label("rated_at"),
        rated.acknowledgement.label("rated_acknowledgement"),
    ]


ACTIONS: AnySelect = (
    select(*action_columns(_Latest, _Rated))
    .join(Objective, Objective.id == Action.objective_id)
    .outerjoin(_Latest, _Latest.id == Action.latest_update_id)
    .outerjoin(_Rated, _Rated.id == Action.rating_update_id)
    # Both, so that the objectives are found by index too: a country has a thousand.
    .where(Action.plan_id == _KEY, Objective.plan_id == _KEY, Action.position.is_not(None))
    .order_by(Objective.position, Action.position)
)

PLACES: AnySelect = (
    select(Named.action_id, Named.person_id, Named.group_id, Named.agency_id, Named.name, Named.qualifier)
    .join(Action, Action.id == Named.action_id)
    .where(Action.plan_id == _KEY)
    .order_by(Named.action_id, Named.position)
)

# Only the actions that were ever re-dated: entry 0 alone says nothing that the action does not say itself.
DATES: AnySelect = (
    select(
        DateEntry.action_id,
        DateEntry.printed,
        DateEntry.kind,
        DateEntry.first_on,
        DateEntry.last_on,
        DateEntry.reason,
        DateEntry.at,
        DateEntry.by_name,
    )
    .join(Action, Action.id == DateEntry.action_id)
    .join(_Moved, (_Moved.action_id == Action.id) & (_Moved.position == 1))
    .where(Action.plan_id == _KEY)
    .order_by(DateEntry.action_id, DateEntry.position)
)

_STANDING = (Action.plan_id == _KEY, Action.position.is_not(None))
_ON_ACTIONS = select(Named.person_id).join(Action, Action.id == Named.action_id).where(*_STANDING)
_NAMED = union(
    _ON_ACTIONS,
    select(Objective.lead_id).where(Objective.plan_id == _KEY, Objective.position.is_not(None)),
    select(Plan.owner_id).where(Plan.id == _KEY),
)

# Names in the order of their code points, whatever the database: as they are sorted on a past day.
PEOPLE: AnySelect = (
    select(Person.id, Person.name, Person.post, Person.agency_id, Person.left_on)
    .where(Person.id.in_(_NAMED.scalar_subquery()))
    .order_by(Person.name.collate("C"), Person.id)
)

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
PEOPLE_OF: AnySelect = select(Person.id, Person.name, Person.post, Person.agency_id, Person.left_on).where(
    Person.id.in_(_IDS)
)
AGENCIES_OF: AnySelect = select(Agency.id, Agency.name, Agency.short_name).where(Agency.id.in_(_IDS))
GROUPS_OF: AnySelect = select(NamedGroup.id, NamedGroup.name).where(NamedGroup.id.in_(_IDS))
"""Of these ids, in no order."""

AGENCIES: AnySelect = AGENCIES_OF.order_by(Agency.name.collate("C"), Agency.id)

_GROUPS_HELD = select(Named.group_id).join(Action, Action.id == Named.action_id).where(*_STANDING)

# As an array, so that they are found by index: as a join, all groups of the country would be read.
GROUPS: AnySelect = (
    select(NamedGroup.id, NamedGroup.name)
    .where(NamedGroup.id == any_(func.array(_GROUPS_HELD.scalar_subquery(), type_=ARRAY(Uuid))))
    .order_by(NamedGroup.name.collate("C"), NamedGroup.id)
)
