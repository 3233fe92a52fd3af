"""Who is asking, and how the plan they ask about stands: one SELECT for both, because every request needs it."""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    true,
    update,
)

from api.domain.accounts.partners import PartnerSecret
from api.domain.accounts.signing_in import Method
from api.domain.plan.permissions import Actor, Role
from api.models import (
    Account,
    Action,
    Agency,
    DirectoryRevision,
    JournalEntry,
    Objective,
    PartnerToken,
    Person,
    Plan,
    PlanRevision,
    Session,
    Update,
)
from api.queries import AnySelect

USE_NOTED_EVERY = timedelta(minutes=5)


class Access(NamedTuple):
    """The account of a live session, and the stamp of the plan asked for (`plan_id` None: no such plan).

    The agency is known of somebody who writes, because a post bears its name; a reader pays for what reading needs.
    `authenticated_at`: when somebody last showed a password or factor in this session; `factor_since`: since when they have one,
    or since when this session has one that their agency's directory asked for; `method`: what this session has shown.
    """

    account_id: UUID | None
    name: str
    role: str
    person_id: UUID | None
    directory_revision: int
    plan_id: UUID | None
    revision: int | None
    authenticated_at: datetime | None = None
    factor_since: datetime | None = None
    method: str | None = None
    agency_id: UUID | None = None
    agency_name: str | None = None
    partner: "Partner | None" = None

    @property
    def id(self) -> UUID:
        """The account's or the partner system's id: the principal of limits and of Idempotency-Keys."""
        found = self.account_id or (self.partner and self.partner.id)
        if found is None:
            raise AssertionError("access is an account's or a partner's")
        return found

    @property
    def actor(self) -> Actor:
        """Who asks, as the rules see it."""
        who = (self.account_id, self.name, Role(self.role), self.person_id, self.agency_id, self.agency_name)
        return Actor(*who, partner_id=self.partner.id, via=self.partner.name) if self.partner else Actor(*who)


class Partner(NamedTuple):
    """A partner's token that counts: which system it is and what it may do."""

    id: UUID
    name: str
    scopes: list[str]
    secret_hash: bytes
    last_used_at: datetime | None


_KEY: BindParameter[Any] = bindparam("key")
_ACTION = (Action, Action.id == _KEY)
_PLANS: dict[str, tuple[Any, ...]] = {
    "slug": (PlanRevision.plan_id == Plan.id, (Plan, Plan.slug == _KEY)),
    "plan": (PlanRevision.plan_id == _KEY,),
    "action": (PlanRevision.plan_id == Action.plan_id, _ACTION),
    "objective": (PlanRevision.plan_id == Objective.plan_id, (Objective, Objective.id == _KEY)),
    "update": (
        PlanRevision.plan_id == Action.plan_id,
        (Update, Update.id == _KEY),
        (Action, Action.id == Update.action_id),
    ),
    "entry": (PlanRevision.plan_id == JournalEntry.plan_id, (JournalEntry, JournalEntry.id == _KEY)),
}
"""How a plan is found: the condition on its revision, and the (target, on-clause) joins that lead there."""


# For this transaction only.
_ACTING = func.set_config("plan.session", cast(Session.id, Text), true())


def _statement(by: str, *, acting: bool) -> AnySelect:
    stamp = (PlanRevision.plan_id, PlanRevision.value) if by else (null(), null())
    columns = [Account.id, Account.name, Account.role, Account.person_id, DirectoryRevision.value, *stamp]
    by_directory = Session.method == Method.DIRECTORY_SECOND_FACTOR.value
    factor_since = case((by_directory, Session.created_at), else_=Account.factor_since)
    columns += [Session.authenticated_at, factor_since, Session.method]
    if acting:
        columns += [Person.agency_id, Agency.short_name, _ACTING]
    statement = (
        select(*columns)
        .select_from(Session)
        .join(Account, Account.id == Session.account_id)
        .join(DirectoryRevision, DirectoryRevision.id == literal_column("1"))
    )
    if acting:
        statement = statement.outerjoin(Person, Person.id == Account.person_id)
        statement = statement.outerjoin(Agency, Agency.id == Person.agency_id)
    return _with_plan(statement, by).where(
        Session.id == bindparam("session_id"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("now"),
        Account.disabled_at.is_(None),
    )


def _with_plan(statement: AnySelect, by: str) -> AnySelect:
    """The statement with the plan that is found this way, or none, joined to it."""
    if not by:
        return statement
    condition, *through = _PLANS[by]
    for target, on_clause in through:
        statement = statement.outerjoin(target, on_clause)
    return statement.outerjoin(PlanRevision, condition)


def _partner_statement(by: str) -> AnySelect:
    stamp = (PlanRevision.plan_id, PlanRevision.value) if by else (null(), null())
    token = (
        PartnerToken.id,
        PartnerToken.name,
        PartnerToken.scopes,
        PartnerToken.secret_hash,
        PartnerToken.last_used_at,
    )
    statement = (
        select(Agency.id, Agency.short_name, DirectoryRevision.value, *stamp, *token)
        .select_from(PartnerToken)
        .join(Agency, Agency.id == PartnerToken.agency_id)
        .join(DirectoryRevision, DirectoryRevision.id == literal_column("1"))
    )
    return _with_plan(statement, by).where(
        PartnerToken.id == bindparam("token_id"),
        PartnerToken.revoked_at.is_(None),
        PartnerToken.expires_at > bindparam("now"),
    )


_STATEMENTS = {(by, acting): _statement(by, acting=acting) for by in ("", *_PLANS) for acting in (False, True)}
_PARTNER_STATEMENTS = {by: _partner_statement(by) for by in ("", *_PLANS)}
_USED = update(PartnerToken).where(PartnerToken.id == bindparam("token_id")).values(last_used_at=bindparam("now"))


def find_access(
    connection: Connection,
    session_id: UUID,
    now: datetime,
    by: str = "",
    key: UUID | str | int | None = None,
    *,
    acting: bool = False,
) -> Access | None:
    """The account of a session that lives `now`, and the plan found `by` "slug", "plan", "action", "objective", "update" or "entry" from `key`.

    None when the session ended or its account is disabled. `acting`: to write, so with the agency, and the database is told whose
    session it is: it takes no entry of one that has ended meanwhile into the journal (ADR 26). 1 SELECT.
    """
    named = {"session_id": session_id, "now": now, "key": key} if by else {"session_id": session_id, "now": now}
    found = connection.execute(_STATEMENTS[by, acting], named).one_or_none()
    if found is None:
        return None
    return Access(*(found[:-1] if acting else found))


def find_partner_access(
    connection: Connection, token: PartnerSecret, now: datetime, by: str = "", key: UUID | str | int | None = None
) -> Access | None:
    """The same for a partner's token; None when it is not one that counts. 1 SELECT."""
    named = {"token_id": token.id, "now": now, "key": key} if by else {"token_id": token.id, "now": now}
    found = connection.execute(_PARTNER_STATEMENTS[by], named).one_or_none()
    if found is None:
        return None
    agency_id, agency, directory, plan_id, revision, *rest = found
    partner = Partner(*rest)
    if not compare_digest(partner.secret_hash, token.hash):
        return None
    who = (None, agency, Role.PARTNER, None, directory, plan_id, revision)
    return Access(*who, agency_id=agency_id, agency_name=agency, partner=partner)


def note_use(connection: Connection, partner: Partner, now: datetime) -> None:
    """Write down that the token was used, at most every five minutes: a poller must not become a writer. 1 UPDATE at most."""
    if partner.last_used_at is None or now - partner.last_used_at > USE_NOTED_EVERY:
        connection.execute(_USED, {"token_id": partner.id, "now": now})
