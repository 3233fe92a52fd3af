"""Everything that is held about one person, for a subject access request (UK GDPR, article 15)."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, case, cast, false, func, literal, or_, select
from sqlalchemy.orm import Session

from api.domain.errors import NotFound
from api.domain.privacy.redaction import OF_CONTACT
from api.models import (
    Account,
    AccountLink,
    Action,
    Agency,
    AuditEvent,
    DateEntry,
    JournalEntry,
    Named,
    Objective,
    PartnerToken,
    Passkey,
    Person,
    PersonMerge,
    Plan,
    RecoveryCode,
    SeedKey,
    Update,
    UpdateWording,
)
from api.models import Session as SignIn
from api.queries.folding import is_called
from api.queries.people.mentions import list_mentions

OWN_ACTS = ("signed-in", "signed-out", "confirmed", "password-changed", "factor-changed", "exported", "refused")
"""Kinds of event that are somebody's own act, done where they were."""
Rows = list[dict[str, Any]]
Held = dict[str, Any]

_NUMBER = func.coalesce(
    cast(Objective.position, Text) + literal(".") + cast(Action.position, Text), "removed from the plan"
).label("action")


def find_people_called(session: Session, name: str) -> list[tuple[Person, Agency | None]]:
    """Everybody printed with this name, or with this alias, however it is typed. 1 SELECT."""
    query = select(Person, Agency).outerjoin(Agency, Agency.id == Person.agency_id)
    alias = func.unnest(Person.aliases).column_valued("alias")
    called = or_(is_called(Person.name, name), select(alias).where(is_called(alias, name)).exists())
    return [
        (person, agency) for person, agency in session.execute(query.where(called).order_by(Person.name, Person.id))
    ]


def get_person_data(session: Session, person_id: UUID) -> Held:
    """What is held about a person of the plan, with their account. Raises NotFound. 24 SELECTs at most.

    Whoever was merged into them is counted as them. Times and ids as they are stored; never a hash, secret or token.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    query = select(Person.id, Person.name, Person.aliases).where(Person.merged_into_id == person_id)
    merged = session.execute(query).all()
    ids = [person_id, *(row.id for row in merged)]
    names = {person.name, *person.aliases, *(name for row in merged for name in [row.name, *row.aliases])}
    accounts = list(session.scalars(select(Account.id).where(Account.person_id.in_(ids))))
    return {
        "person": _person(person),
        "merged": [{"id": row.id, "name": row.name} for row in merged],
        "agency": _agency(session, person.agency_id),
        **_in_the_plans(session, ids),
        **_said(session, ids, accounts),
        **_of_accounts(session, ids, accounts),
        "mentions": list_mentions(session, {name for name in names if "@" not in name}),
    }


def get_account_data(session: Session, account_id: UUID) -> Held:
    """What is held about an account that is linked to no person, in the same form. 16 SELECTs."""
    return {
        "person": None,
        "merged": [],
        "agency": None,
        **_in_the_plans(session, []),
        **_said(session, [], [account_id]),
        **_of_accounts(session, [], [account_id]),
        "mentions": [],
    }


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> Rows:
    return [dict(row) for row in session.execute(query).mappings()]


def _person(person: Person) -> Held:
    names = ("id", "name", "post", "aliases", "email", "left_on", "contact_erased_at", "created_at", "updated_at")
    return {name: getattr(person, name) for name in names}


def _agency(session: Session, agency_id: UUID | None) -> Held | None:
    found = session.get(Agency, agency_id) if agency_id else None
    return None if found is None else {"id": found.id, "name": found.name, "short_name": found.short_name}


def _in_the_plans(session: Session, ids: list[UUID]) -> Held:
    """FoundIn on actions, objectives led, plans owned, and what seed files call them. 4 SELECTs."""
    named_on = (
        select(
            Plan.slug.label("plan"), _NUMBER, Action.id, Named.name, Named.qualifier, Named.created_at.label("since")
        )
        .join(Action, Action.id == Named.action_id)
        .join(Objective, Objective.id == Action.objective_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Named.person_id.in_(ids))
        .order_by(Plan.slug, Objective.position, Action.position)
    )
    led = (
        select(Plan.slug.label("plan"), Objective.position.label("number"), Objective.text, Objective.lead_printed)
        .join(Plan, Plan.id == Objective.plan_id)
        .where(Objective.lead_id.in_(ids))
        .order_by(Plan.slug, Objective.position)
    )
    owned = select(Plan.id, Plan.slug, Plan.title, Plan.owner_printed).where(Plan.owner_id.in_(ids)).order_by(Plan.slug)
    keys = (
        select(Plan.slug.label("plan"), SeedKey.key)
        .join(Plan, Plan.id == SeedKey.plan_id)
        .where(SeedKey.person_id.in_(ids))
    )
    return {
        "named_on": _rows(session, named_on),
        "objectives_led": _rows(session, led),
        "plans_owned": _rows(session, owned),
        "seed_keys": _rows(session, keys.order_by(Plan.slug, SeedKey.key)),
    }


def _said(session: Session, ids: list[UUID], accounts: list[UUID]) -> Held:
    """Updates they wrote or entered, what these said before, what they said of others', dates they moved. 4 SELECTs."""
    words = (Update.text, Update.rating, Update.claim, Update.next_step, Update.impact, Update.evidence)
    by = (Update.author_name, Update.author_agency, Update.entered_by_name, Update.withdrawn_at)
    mine = or_(
        Update.author_person_id.in_(ids),
        _any(Update.author_account_id, Update.entered_by_account_id, accounts=accounts),
    )
    updates = _of_update(Update.id, Update.posted_at, *words, *by).where(mine).order_by(Update.posted_at, Update.id)
    wording = (UpdateWording.text, UpdateWording.next_step, UpdateWording.impact, UpdateWording.evidence)
    earlier = (
        select(UpdateWording.update_id, UpdateWording.replaced_at, *wording)
        .where(UpdateWording.update_id.in_(select(Update.id).where(mine)))
        .order_by(UpdateWording.replaced_at)
    )
    answers = (
        _of_update(Update.id, Update.acknowledgement, Update.acknowledged_at, Update.question)
        .where(Update.acknowledged_by_account_id.in_(accounts))
        .order_by(Update.acknowledged_at, Update.id)
    )
    dates = (
        select(_NUMBER, DateEntry.at, DateEntry.printed, DateEntry.reason)
        .join(Action, Action.id == DateEntry.action_id)
        .join(Objective, Objective.id == Action.objective_id)
        .where(DateEntry.by_account_id.in_(accounts))
        .order_by(DateEntry.at)
    )
    return {
        "updates": _rows(session, updates),
        "earlier_wordings": _rows(session, earlier),
        "acknowledgements": _rows(session, answers),
        "dates": _rows(session, dates),
    }


def _any(*columns: Any, accounts: list[UUID]) -> ColumnElement[bool]:
    return or_(false(), *(column.in_(accounts) for column in columns))


def _of_update(*columns: Any) -> Select[*tuple[Any, ...]]:
    query = select(_NUMBER, *columns).join(Action, Action.id == Update.action_id)
    return query.join(Objective, Objective.id == Action.objective_id)


def _of_accounts(session: Session, ids: list[UUID], accounts: list[UUID]) -> Held:
    """Accounts, the journal by and about them, the audit, tokens of systems they made, merges. 10 SELECTs."""
    entry = (
        JournalEntry.id, JournalEntry.at, JournalEntry.actor_name, JournalEntry.verb, JournalEntry.object_type,
        JournalEntry.object_id, JournalEntry.before, JournalEntry.after,
    )  # fmt: skip
    by = select(*entry).where(JournalEntry.account_id.in_(accounts)).order_by(JournalEntry.id)
    about = select(*entry).where(JournalEntry.object_id.in_([*ids, *accounts])).order_by(JournalEntry.id)
    # Of what somebody did who had signed in: a guess, or a letter that anybody can ask for, came from a stranger's address.
    address = case((AuditEvent.kind.in_(OWN_ACTS), AuditEvent.address)).label("address")
    event = (AuditEvent.id, AuditEvent.at, AuditEvent.kind, address, AuditEvent.detail)
    audit = select(*event).where(AuditEvent.account_id.in_(accounts)).order_by(AuditEvent.id)
    made = (JournalEntry.object_type == "partner_token") & (JournalEntry.verb == "created")
    tokens = select(PartnerToken.id, PartnerToken.name, PartnerToken.created_at, PartnerToken.revoked_at).where(
        PartnerToken.id.in_(select(JournalEntry.object_id).where(made, JournalEntry.account_id.in_(accounts)))
    )
    merges = select(
        PersonMerge.id, PersonMerge.created_at, PersonMerge.note, PersonMerge.made_by_name, PersonMerge.undone_at
    )
    merges = merges.where(or_(PersonMerge.kept_id.in_(ids), PersonMerge.merged_id.in_(ids)))
    return {
        "accounts": [_account(session, each) for each in accounts],
        "journal_by": [_without_contacts(row, {*ids, *accounts}) for row in _rows(session, by)],
        "journal_about": _rows(session, about),
        "audit": _rows(session, audit),
        "partner_tokens": _rows(session, tokens),
        "merges": _rows(session, merges),
    }


def _without_contacts(row: Held, own: set[UUID]) -> Held:
    """An entry of theirs, without other people's contact details."""
    if row["object_id"] in own:
        return row
    kept = {
        name: {key: value for key, value in (row[name] or {}).items() if key not in OF_CONTACT} or None
        for name in ("before", "after")
    }
    return {**row, **kept}


def _account(session: Session, account_id: UUID) -> Held:
    """One account: how they sign in, from where, and since when; nothing that somebody else could sign in with. 5 SELECTs."""
    account = session.get_one(Account, account_id)
    shown = ("id", "email", "name", "role", "created_at", "disabled_at", "password_changed_at", "factor_since")
    keys = select(Passkey.name, Passkey.created_at, Passkey.last_used_at).where(Passkey.account_id == account_id)
    visits = (SignIn.created_at, SignIn.refreshed_at, SignIn.method, SignIn.device, SignIn.ended_at)
    link = (
        AccountLink.kind,
        AccountLink.created_at,
        AccountLink.used_at,
        AccountLink.new_email,
        AccountLink.made_by_name,
    )
    codes = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return {
        **{name: getattr(account, name) for name in shown},
        "has_password": account.password_hash is not None,
        "has_code_generator": account.totp_since is not None,
        "signs_in_by_directory": account.oidc_subject is not None,
        "recovery_codes": session.execute(codes).scalar_one(),
        "passkeys": _rows(session, keys),
        "sessions": _rows(session, select(*visits).where(SignIn.account_id == account_id).order_by(SignIn.created_at)),
        "links": _rows(session, select(*link).where(AccountLink.account_id == account_id)),
    }
