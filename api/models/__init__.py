"""The tables. Importing this package registers all of them on `Base.metadata`."""

from api.models.accounts import Account, Session, SignInGuess
from api.models.actions import Action, DateEntry, Place
from api.models.base import Base
from api.models.journal import DirectoryRevision, IdempotencyKey, JournalEntry, PlanRevision
from api.models.partners import PartnerToken
from api.models.people import Agency, NamedGroup, Person
from api.models.plans import Objective, Plan
from api.models.updates import Update

__all__ = [
    "Account",
    "Action",
    "Agency",
    "Base",
    "DateEntry",
    "DirectoryRevision",
    "IdempotencyKey",
    "JournalEntry",
    "NamedGroup",
    "Objective",
    "PartnerToken",
    "Person",
    "Place",
    "Plan",
    "PlanRevision",
    "Session",
    "SignInGuess",
    "Update",
]
