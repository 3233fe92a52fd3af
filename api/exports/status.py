"""The status of a plan in numbers: small, for a dashboard that asks often (API 7.2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.domain.plan.counts import count
from api.domain.plan.document import ActionDoc, Counts, ObjectiveDoc, PlanDocument
from api.domain.plan.filters import ActionIndex, Filters

SAID = ("delivered_or_complete", "dated", "past_date", "needs_update", "nobody_named", "no_date")


@dataclass(frozen=True, slots=True)
class PlanName:
    """Which plan it is."""

    id: UUID
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads an objective; the agency where the plan states it."""

    name: str
    agency: str | None


@dataclass(frozen=True, slots=True)
class ObjectiveStatus:
    """An objective in numbers."""

    id: UUID
    number: int
    short_title: str | None
    lead: Lead | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class AgencyStatus:
    """An agency and the actions it is on, itself or by one of its people; an action can be on several."""

    id: UUID
    name: str
    short_name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """The whole plan, each objective and each agency in numbers; `says` has them as people write them ("4 of 42")."""

    plan: PlanName
    as_of: date
    revision: int
    counts: Counts
    says: dict[str, str]
    objectives: list[ObjectiveStatus]
    agencies: list[AgencyStatus]
    agency_not_stated: Counts


def status_of(document: PlanDocument, index: ActionIndex) -> PlanStatus:
    """The summary of a plan document; `index` is the document's."""
    counts = document.counts
    agencies = [
        AgencyStatus(each.id, each.name, each.short_name, count(_of_agency(index, each.id)))
        for each in document.agencies
    ]
    return PlanStatus(
        plan=PlanName(document.id, document.slug, document.title),
        as_of=document.as_of,
        revision=document.revision,
        counts=counts,
        says={name: f"{getattr(counts, name)} of {counts.actions}" for name in SAID},
        objectives=[_objective(each) for each in document.objectives],
        agencies=agencies,
        agency_not_stated=count([each for each in index.actions if not index.agencies_of(each)]),
    )


def _of_agency(index: ActionIndex, agency: UUID) -> list[ActionDoc]:
    return index.select(Filters(agency=frozenset([str(agency)])))


def _objective(objective: ObjectiveDoc) -> ObjectiveStatus:
    lead = Lead(objective.lead.name, objective.lead.agency) if objective.lead else None
    return ObjectiveStatus(objective.id, objective.number, objective.short_title, lead, count(objective.actions))
