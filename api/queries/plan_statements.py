"""The SELECTs of the plan document: built once, so that SQLAlchemy's cache key for each is computed once."""

from typing import Any

from sqlalchemy import ARRAY, BindParameter, Uuid, any_, bindparam, func, select, union
from sqlalchemy.orm import aliased

from api.models import Action, Agency, DateEntry, NamedGroup, Objective, Person, Place, Plan, PlanRevision, Update
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

OBJECTIVES: AnySelect = (
    select(
        Objective.id,
        Objective.position,
        Objective.text,
        Objective.short_title,
        Objective.lead_id,
        Objective.lead_printed,
        Person.name.label("lead_name"),
        Person.post.label("lead_post"),
        Agency.short_name.label("lead_agency"),
    )
    .outerjoin(Person, Person.id == Objective.lead_id)
    .outerjoin(Agency, Agency.id == Person.agency_id)
    .where(Objective.plan_id == _KEY)
    .order_by(Objective.position)
)

ACTIONS: AnySelect = (
    select(
        Action.id,
        Action.objective_id,
        Objective.position.label("objective_position"),
        Action.position,
        Action.text,
        Action.by_whom_printed,
        Action.by_when,
        Action.kind,
        Action.first_on,
        Action.last_on,
        Action.status,
        Action.status_reason,
        Action.notes,
        Action.updates_count,
        Action.version,
        Action.updated_at,
        _Latest.id.label("latest_id"),
        _Latest.text.label("latest_text"),
        _Latest.posted_at.label("latest_posted_at"),
        _Latest.author_name.label("latest_author"),
        _Latest.author_agency.label("latest_agency"),
        _Latest.entered_by_name.label("latest_entered_by"),
        _Latest.rating.label("latest_rating"),
        _Latest.claim.label("latest_claim"),
        _Latest.no_change.label("latest_no_change"),
        _Latest.acknowledgement.label("latest_acknowledgement"),
        _Rated.rating.label("rated_rating"),
        _Rated.author_name.label("rated_by"),
        _Rated.posted_at.label("rated_at"),
        _Rated.acknowledgement.label("rated_acknowledgement"),
    )
    .join(Objective, Objective.id == Action.objective_id)
    .outerjoin(_Latest, _Latest.id == Action.latest_update_id)
    .outerjoin(_Rated, _Rated.id == Action.rating_update_id)
    # Both, so that the objectives are found by index too: a country has a thousand.
    .where(Action.plan_id == _KEY, Objective.plan_id == _KEY)
    .order_by(Objective.position, Action.position)
)

PLACES: AnySelect = (
    select(Place.action_id, Place.person_id, Place.group_id, Place.agency_id, Place.name, Place.qualifier)
    .join(Action, Action.id == Place.action_id)
    .where(Action.plan_id == _KEY)
    .order_by(Place.action_id, Place.position)
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

_ON_ACTIONS = select(Place.person_id).join(Action, Action.id == Place.action_id).where(Action.plan_id == _KEY)
_NAMED = union(
    _ON_ACTIONS,
    select(Objective.lead_id).where(Objective.plan_id == _KEY),
    select(Plan.owner_id).where(Plan.id == _KEY),
)

PEOPLE: AnySelect = (
    select(Person.id, Person.name, Person.post, Person.agency_id)
    .where(Person.id.in_(_NAMED.scalar_subquery()))
    .order_by(Person.name, Person.id)
)

AGENCIES: AnySelect = (
    select(Agency.id, Agency.name, Agency.short_name)
    .where(Agency.id.in_(bindparam("ids", expanding=True)))
    .order_by(Agency.name, Agency.id)
)

_GROUPS_HELD = select(Place.group_id).join(Action, Action.id == Place.action_id).where(Action.plan_id == _KEY)

# As an array, so that they are found by index: as a join, all groups of the country would be read.
GROUPS: AnySelect = (
    select(NamedGroup.id, NamedGroup.name)
    .where(NamedGroup.id == any_(func.array(_GROUPS_HELD.scalar_subquery(), type_=ARRAY(Uuid))))
    .order_by(NamedGroup.name, NamedGroup.id)
)
