"""The tables. Importing this package registers all of them on `Base.metadata`."""

from api.models.accounts import Account, Session, SignInGuess
from api.models.actions import Action, DateEntry, Named
from api.models.audit import AuditEvent
from api.models.base import Base
from api.models.credentials import AccountLink, Challenge, Passkey, RecoveryCode
from api.models.journal import (
    DirectoryRevision,
    IdempotencyKey,
    JournalEnd,
    JournalEntry,
    JournalRedaction,
    PlanRevision,
)
from api.models.partners import PartnerToken
from api.models.people import Agency, NamedGroup, PeopleApart, Person, PersonMerge, SeedKey
from api.models.plans import Objective, Plan
from api.models.updates import Update, UpdateWording

__all__ = [
    "Account",
    "AccountLink",
    "Action",
    "Agency",
    "AuditEvent",
    "Base",
    "Challenge",
    "DateEntry",
    "DirectoryRevision",
    "IdempotencyKey",
    "JournalEnd",
    "JournalEntry",
    "JournalRedaction",
    "Named",
    "NamedGroup",
    "Objective",
    "PartnerToken",
    "Passkey",
    "PeopleApart",
    "Person",
    "PersonMerge",
    "Plan",
    "PlanRevision",
    "RecoveryCode",
    "SeedKey",
    "Session",
    "SignInGuess",
    "Update",
    "UpdateWording",
]
