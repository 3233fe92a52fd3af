"""Partner systems' tokens, for the administrator."""

from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from api.models import Agency, JournalEntry, PartnerToken
from api.queries.folding import is_called


def list_tokens(
    session: Session, *, after: tuple[str, UUID] | None = None, limit: int = 200
) -> list[tuple[PartnerToken, Agency]]:
    """(token, agency) in order of name, after the keyset given; those that ended too. 1 SELECT."""
    query = select(PartnerToken, Agency).join(Agency, Agency.id == PartnerToken.agency_id)
    if after is not None:
        query = query.where(tuple_(PartnerToken.name, PartnerToken.id) > after)
    rows = session.execute(query.order_by(PartnerToken.name, PartnerToken.id).limit(limit))
    return [(token, agency) for token, agency in rows]


def get_agency(session: Session, agency_id: UUID) -> Agency:
    """The agency of a token. 1 SELECT."""
    return session.get_one(Agency, agency_id)


def find_maker(session: Session, token_id: UUID) -> UUID | None:
    """Whose account made a token; None where it was made at the command line. 1 SELECT."""
    made = (JournalEntry.object_id == token_id, JournalEntry.verb == "created")
    return session.execute(select(JournalEntry.account_id).where(*made)).scalars().first()


def find_agency_by_name(session: Session, name: str) -> Agency | None:
    """The one agency with this name or short name, however it is typed; None when none or several are. 1 SELECT."""
    query = select(Agency).where(or_(*(is_called(each, name) for each in (Agency.name, Agency.short_name)))).limit(2)
    found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None
