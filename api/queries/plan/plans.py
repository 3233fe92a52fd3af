"""Plans: the list, and the revision stamp of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.models import Action, Named, Objective, Plan, PlanRevision


def list_plans(session: Session, *, after: str = "", limit: int = 50) -> list[dict[str, Any]]:
    """Plans in order of slug, after the slug given. 1 SELECT."""
    rows = session.execute(
        select(
            Plan.id,
            Plan.slug,
            Plan.title,
            Plan.partnership,
            Plan.name,
            PlanRevision.value.label("revision"),
            Plan.created_at,
            Plan.updated_at,
            Plan.version,
        )
        .join(PlanRevision, PlanRevision.plan_id == Plan.id)
        .where(Plan.slug > after)
        .order_by(Plan.slug)
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]


def get_revision(session: Session, plan_id: UUID) -> int:
    """The plan's revision. 1 SELECT."""
    return session.execute(select(PlanRevision.value).where(PlanRevision.plan_id == plan_id)).scalar_one()


def list_plans_of_person(session: Session, person_id: UUID) -> list[tuple[UUID, int]]:
    """(plan id, revision) of the plans in which somebody leads or is named, by slug. 1 SELECT."""
    standing = (Objective.plan_id == Plan.id, Objective.position.is_not(None))
    leads = select(Objective.id).where(*standing, Objective.lead_id == person_id).exists()
    named = (
        select(Named.id)
        .join(Action, Action.id == Named.action_id)
        .where(Action.plan_id == Plan.id, Action.position.is_not(None), Named.person_id == person_id)
        .exists()
    )
    rows = session.execute(
        select(Plan.id, PlanRevision.value)
        .join(PlanRevision, PlanRevision.plan_id == Plan.id)
        .where(or_(leads, named, Plan.owner_id == person_id))
        .order_by(Plan.slug)
    )
    return [(row[0], row[1]) for row in rows]


def has_plans(session: Session) -> bool:
    """Whether any plan is there at all. 1 SELECT."""
    return session.execute(select(Plan.id).limit(1)).first() is not None


def find_service_name(session: Session) -> str:
    """What letters call the service: the partnership whose plans these are; with several, a name for all. 1 SELECT."""
    found = session.execute(select(Plan.partnership).distinct().limit(2)).scalars().all()
    return found[0] if len(found) == 1 and found[0] else "Partnership Plan"
