"""Rows into the parts of the document: one place for the plan's actions, the single action, and both on a past day."""

from datetime import date
from typing import Any

from api.domain.days import london_day
from api.domain.editable import ACTION
from api.domain.plan import status as statuses
from api.domain.plan.document import (
    ActionDoc,
    Author,
    ByWhenNow,
    ByWhom,
    DateMove,
    LatestUpdate,
    LeadOfficer,
    Named,
    Note,
    RatingNow,
    Term,
)
from api.domain.plan.rating import Acknowledgement, Declared, Letter, effective, is_past_date
from api.domain.plan.status import Status


def shape_action(
    row: Any, places: list[Named], moved: list[DateMove], words: dict[str, str], today: date, every_days: int
) -> ActionDoc:
    """An action from its row, who is named on it, and its dates, with the ratings computed for `today`."""
    status = Status(row.status)
    rating = effective(status, row.last_on, _declared(row), today=today, cycle_days=every_days, words=words)
    posted_on = london_day(row.latest_posted_at) if row.latest_id else None
    return ActionDoc(
        id=row.id,
        number=f"{row.objective_position}.{row.position}",
        objective=row.objective_position,
        position=row.position,
        **{name: getattr(row, name) for name in ACTION.as_is},
        by_whom=shape_by_whom(row, places),
        by_when=ByWhenNow(
            {"printed": row.by_when, "kind": row.kind, "from": row.first_on, "to": row.last_on, "moved": moved}
        ),
        status=status,
        status_reason=row.status_reason,
        rating=RatingNow(
            rating.value,
            rating.basis,
            rating.declared,
            rating.declared_by,
            rating.declared_on,
            rating.acknowledgement,
            rating.says,
        ),
        needs_update=statuses.needs_update(status, posted_on, today, every_days),
        past_date=is_past_date(status, row.last_on, today),
        notes=shape_notes(row.notes),
        updates_count=row.updates_count,
        latest_update=_latest(row) if row.latest_id else None,
        version=row.version,
        updated_at=row.updated_at,
    )


def shape_by_whom(row: Any, places: list[Named]) -> ByWhom:
    """By Whom as it stands, and the paper's own words where they are others."""
    paper = row.by_whom_printed
    if row.by_whom is None or row.by_whom == paper:
        return ByWhom(paper, None, places)
    return ByWhom(row.by_whom, paper, places)


def _declared(row: Any) -> Declared | None:
    if row.rated_rating is None:
        return None
    return Declared(
        Letter(row.rated_rating),
        row.rated_by,
        london_day(row.rated_at),
        Acknowledgement(row.rated_acknowledgement) if row.rated_acknowledgement else None,
    )


def _latest(row: Any) -> LatestUpdate:
    return LatestUpdate(
        id=row.latest_id,
        text=row.latest_text,
        posted_at=row.latest_posted_at,
        author=Author(row.latest_author, row.latest_agency),
        entered_by=row.latest_entered_by,
        rating=row.latest_rating,
        claim=row.latest_claim,
        no_change=row.latest_no_change,
        acknowledgement=row.latest_acknowledgement,
        corrected=row.latest_corrected_at is not None,
    )


def shape_move(row: Any) -> DateMove:
    """One entry of the by-when history."""
    return DateMove(
        {
            "printed": row.printed,
            "kind": row.kind,
            "from": row.first_on,
            "to": row.last_on,
            "reason": row.reason,
            "at": row.at,
            "by": row.by_name,
        }
    )


def shape_lead(row: Any) -> LeadOfficer | None:
    """The lead officer of an objective's row; None when it has none."""
    if row.lead_id is None:
        return None
    return LeadOfficer(row.lead_id, row.lead_name, row.lead_post, row.lead_agency, row.lead_printed)


def shape_notes(notes: list[dict[str, Any]]) -> list[Note]:
    """The open questions, as the seed or somebody asked them."""
    return [{"code": note["code"], "text": note["text"], "for": note.get("for")} for note in notes]


def shape_glossary(terms: list[dict[str, Any]]) -> list[Term]:
    """The plan's short forms, in the order in which they were written down."""
    return [Term(term["short"], term["long"], term.get("note")) for term in terms]
