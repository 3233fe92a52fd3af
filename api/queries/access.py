"""Who is asking, and how the plan they ask about stands: one SELECT for both, because every request needs it."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, literal_column, null, select

from api.domain.permissions import Actor, Role
from api.models import Account, Action, Agency, DirectoryRevision, Person, Plan, PlanRevision, Session, Update
from api.queries import AnySelect


class Access(NamedTuple):
    """The account of a live session, and the stamp of the plan asked for (`plan_id` None: no such plan).

    The agency is known of somebody who writes, because a post bears its name; a reader pays for what reading needs.
    """

    account_id: UUID
    name: str
    role: str
    person_id: UUID | None
    directory_revision: int
    plan_id: UUID | None
    revision: int | None
    agency_id: UUID | None = None
    agency_name: str | None = None

    @property
    def actor(self) -> Actor:
        """The account as the rules see it."""
        return Actor(self.account_id, self.name, Role(self.role), self.person_id, self.agency_id, self.agency_name)


_KEY: BindParameter[Any] = bindparam("key")
_ACTION = (Action, Action.id == _KEY)
_PLANS: dict[str, tuple[Any, ...]] = {
    "slug": (PlanRevision.plan_id == Plan.id, (Plan, Plan.slug == _KEY)),
    "plan": (PlanRevision.plan_id == _KEY,),
    "action": (PlanRevision.plan_id == Action.plan_id, _ACTION),
    "update": (
        PlanRevision.plan_id == Action.plan_id,
        (Update, Update.id == _KEY),
        (Action, Action.id == Update.action_id),
    ),
}
"""How a plan is found: the condition on its revision, and the (target, on-clause) joins that lead there."""


def _statement(by: str, *, acting: bool) -> AnySelect:
    stamp = (PlanRevision.plan_id, PlanRevision.value) if by else (null(), null())
    columns = [Account.id, Account.name, Account.role, Account.person_id, DirectoryRevision.value, *stamp]
    if acting:
        columns += [Person.agency_id, Agency.short_name]
    statement = (
        select(*columns)
        .select_from(Session)
        .join(Account, Account.id == Session.account_id)
        .join(DirectoryRevision, DirectoryRevision.id == literal_column("1"))
    )
    if acting:
        statement = statement.outerjoin(Person, Person.id == Account.person_id)
        statement = statement.outerjoin(Agency, Agency.id == Person.agency_id)
    if by:
        condition, *through = _PLANS[by]
        for target, on_clause in through:
            statement = statement.outerjoin(target, on_clause)
        statement = statement.outerjoin(PlanRevision, condition)
    return statement.where(
        Session.id == bindparam("session_id"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("now"),
        Account.disabled_at.is_(None),
    )


_STATEMENTS = {(by, acting): _statement(by, acting=acting) for by in ("", *_PLANS) for acting in (False, True)}


def find_access(
    connection: Connection,
    session_id: UUID,
    now: datetime,
    by: str = "",
    key: UUID | str | None = None,
    *,
    acting: bool = False,
) -> Access | None:
    """The account of a session that lives `now`, and the plan found `by` "slug", "plan", "action" or "update" from `key`.

    None when the session ended or its account is disabled. `acting`: to write, so with the agency. 1 SELECT.
    """
    named = {"session_id": session_id, "now": now, "key": key} if by else {"session_id": session_id, "now": now}
    found = connection.execute(_STATEMENTS[by, acting], named).one_or_none()
    return Access(*found) if found else None
