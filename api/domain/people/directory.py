"""The directory: what agencies are, who reads an e-mail address, and what becomes of a name that changes."""

from collections.abc import Iterable
from enum import StrEnum

from api.domain.plan.permissions import Role


class AgencyKind(StrEnum):
    """What sort of agency it is."""

    COUNCIL = "council"
    HEALTH = "health"
    POLICE = "police"
    EDUCATION = "education"
    PROBATION = "probation"
    VOLUNTARY = "voluntary"
    PARTNERSHIP = "partnership"
    OTHER = "other"


class Emails(StrEnum):
    """Whose e-mail addresses somebody may read."""

    ALL = "all"
    OWN_AGENCY = "own agency"
    NONE = "none"


def readable_emails(role: Role) -> Emails:
    """Whose addresses this role reads (API 10): admins and lead officers all, contributors those of their own agency."""
    if role in {Role.ADMIN, Role.LEAD_OFFICER}:
        return Emails.ALL
    return Emails.OWN_AGENCY if role is Role.CONTRIBUTOR else Emails.NONE


def keep_names(name: str, aliases: Iterable[str], *former: str) -> list[str]:
    """The other names, each once and in order; a former name joins them, and the name itself is none of them."""
    return [each for each in dict.fromkeys([*aliases, *former]) if each != name]
