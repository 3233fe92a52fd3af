"""The directory: what agencies are."""

from enum import StrEnum


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
