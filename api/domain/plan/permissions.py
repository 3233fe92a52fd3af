"""Who may do what with an action (API 10). The role opens the door; the relation to the object decides.

Every `may_…` answers None when it is allowed, else a `Refusal` with a sentence that says who can.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from api.domain.plan.status import OPEN, Status
from api.domain.text import join_names

OWN_WITHDRAWAL = timedelta(days=1)


class Role(StrEnum):
    """What an account is for."""

    ADMIN = "admin"
    LEAD_OFFICER = "lead_officer"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"
    PARTNER = "partner"


ACCOUNT_ROLES = (Role.ADMIN, Role.LEAD_OFFICER, Role.CONTRIBUTOR, Role.VIEWER)
"""The roles a person's account can have; a partner's system signs in with a token of its own and has none."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: an account with the person it stands for and that person's agency now, or an agency's system.

    A system's `name` is its agency's, and `via` is its own.
    """

    account_id: UUID | None
    name: str
    role: Role
    person_id: UUID | None = None
    agency_id: UUID | None = None
    agency_name: str | None = None
    partner_id: UUID | None = None
    via: str | None = None

    @property
    def id(self) -> UUID | None:
        """The account's or the system's id; None for an operator at the command line."""
        return self.account_id or self.partner_id

    @property
    def full_name(self) -> str:
        """The name for the journal: "NELFT via Rio" for a system."""
        return f"{self.name} via {self.via}" if self.via else self.name


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """The facts that rules about one action decide on.

    `people` are (id, name) of those named on it, in printed order; `agencies` are theirs and those named themselves.
    `claimed_by_account` is whose account said that it is delivered, or who made the token of the system that did.
    """

    number: str
    objective_number: int
    status: Status
    lead_id: UUID | None
    lead_name: str | None
    people: tuple[tuple[UUID, str], ...]
    agencies: frozenset[UUID] = frozenset()
    claimed_by_person: UUID | None = None
    claimed_by_account: UUID | None = None
    claimed_by_lead: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    """The facts that rules about an objective decide on."""

    number: int
    lead_id: UUID | None
    lead_name: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, and who can."""

    detail: str
    who_can: str


Rule = Callable[[Actor, ActionFacts], Refusal | None]


def is_lead(actor: Actor, facts: ActionFacts) -> bool:
    """Whether the actor is the lead officer of the action's objective, signed in as one."""
    return actor.role is Role.LEAD_OFFICER and actor.person_id is not None and actor.person_id == facts.lead_id


def leads(actor: Actor, lead_id: UUID | None) -> bool:
    """Whether the actor may lead where this person is the lead officer: that person, signed in as one, or the admin."""
    of_it = actor.role is Role.LEAD_OFFICER and actor.person_id is not None and actor.person_id == lead_id
    return actor.role is Role.ADMIN or of_it


def is_named(actor: Actor, facts: ActionFacts) -> bool:
    """Whether the actor is one of the people named on the action."""
    return actor.person_id is not None and any(person == actor.person_id for person, _ in facts.people)


def may_post_update(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Post progress: the people named on the action, the objective's lead officer, the admin, and the system of an agency on it."""
    if actor.role is Role.PARTNER and actor.agency_id in facts.agencies:
        return None
    if actor.role is Role.ADMIN or is_lead(actor, facts):
        return None
    if actor.role in {Role.CONTRIBUTOR, Role.LEAD_OFFICER} and is_named(actor, facts):
        return None
    return _refuse(facts, "post updates on it", _those_who_post(facts))


def may_post_on_behalf(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Enter an update that somebody sent in: the admin."""
    if actor.role is Role.ADMIN:
        return None
    return _refuse(facts, "enter an update for somebody else", "an administrator")


def may_claim_delivered(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Say that it is delivered: whoever may post, while it is open."""
    if facts.status not in OPEN:
        return Refusal(f"Action {facts.number} is already {facts.status.replace('_', ' ')}.", _those_who_post(facts))
    return may_post_update(actor, facts)


def may_lead(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Set status, move the date, reword, set the people, acknowledge: the objective's lead officer or the admin."""
    if leads(actor, facts.lead_id):
        return None
    return _refuse(facts, "change its wording, people, date or status, or confirm updates", _those_who_lead(facts))


def may_settle_notes(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Ask and settle questions about an action: the objective's lead officer or the admin."""
    if leads(actor, facts.lead_id):
        return None
    return _refuse(facts, "ask and settle questions about it", _those_who_lead(facts))


def may_edit_plan(actor: Actor) -> Refusal | None:
    """Change a plan's own settings, and settle the questions about it as a whole: the admin."""
    if actor.role is Role.ADMIN:
        return None
    return Refusal("You can read the plan. An administrator can change its settings.", "an administrator")


def may_add_action(actor: Actor, objective: ObjectiveFacts) -> Refusal | None:
    """Add an action to an objective: its lead officer or the admin."""
    if leads(actor, objective.lead_id):
        return None
    who = _lead_of(objective.number, objective.lead_name)
    detail = f"{who[:1].upper()}{who[1:]} can add an action to objective {objective.number}."
    return Refusal(detail, who)


def may_edit_objectives(actor: Actor) -> Refusal | None:
    """Add, edit, number and remove objectives: the admin."""
    if actor.role is Role.ADMIN:
        return None
    return Refusal("An administrator can change the objectives of a plan.", "an administrator")


def may_withdraw_update(actor: Actor, author_account: UUID | None, age: timedelta) -> Refusal | None:
    """Withdraw an update: whoever wrote it, within a day; the admin at any time."""
    if actor.role is Role.ADMIN:
        return None
    if actor.account_id is None or actor.account_id != author_account:
        return Refusal("Only whoever wrote an update, or an administrator, can withdraw it.", "an administrator")
    if age > OWN_WITHDRAWAL:
        return Refusal(
            "This was posted more than a day ago, so an administrator has to withdraw it.", "an administrator"
        )
    return None


def may_correct_update(actor: Actor, author: UUID | None, entered_by: UUID | None) -> Refusal | None:
    """Correct an update's words: whose account or system posted it, or the admin who entered it on somebody's behalf."""
    if actor.id is not None and actor.id == (entered_by or author):
        return None
    return Refusal(
        "Nobody edits another's words. Only whoever posted an update can correct it.", "whoever posted the update"
    )


def may_sign_off(actor: Actor, facts: ActionFacts) -> Refusal | None:
    """Sign off complete: a second pair of eyes. The admin, or the lead when somebody else claimed it; never one's own claim."""
    refusal = may_lead(actor, facts)
    if refusal is not None:
        return refusal
    if said_so := _own_claim(actor, facts):
        return Refusal(
            f"{said_so} said that this is delivered, so somebody else has to sign it off.", "an administrator"
        )
    if actor.role is not Role.ADMIN and facts.claimed_by_lead:
        return Refusal(
            "A lead officer said that this is delivered, so an administrator has to sign it off.", "an administrator"
        )
    return None


def _own_claim(actor: Actor, facts: ActionFacts) -> str | None:
    """Who said that it is delivered, where that was the actor: by hand, or a system whose token they made."""
    if actor.person_id is not None and actor.person_id == facts.claimed_by_person:
        return "You"
    if actor.account_id is None or actor.account_id != facts.claimed_by_account:
        return None
    return "You, or a system whose token you made," if facts.claimed_by_person is None else "You"


def _refuse(facts: ActionFacts, what: str, who: str) -> Refusal:
    return Refusal(f"You can read action {facts.number}. {who[:1].upper()}{who[1:]} can {what}.", who)


def _those_who_lead(facts: ActionFacts) -> str:
    return _lead_of(facts.objective_number, facts.lead_name)


def _lead_of(number: int, name: str | None) -> str:
    return f"{name} (lead officer of objective {number})" if name else "an administrator"


def _those_who_post(facts: ActionFacts) -> str:
    named = [name for person, name in facts.people if person != facts.lead_id]
    return join_names([*named, _those_who_lead(facts)])
