"""Who is asking, and how the plan they ask about stands: one SELECT for both, because every request needs it."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, literal_column, null, select

from api.domain.permissions import Actor, Role
from api.models import Account, Action, Agency, DirectoryRevision, Person, Plan, PlanRevision, Session, Update
from api.queries import AnySelect


class Access(NamedTuple):
    """A live session's account, and the stamp of the plan asked for (`plan_id` None: no such plan)."""

    session_id: UUID
    ended_at: datetime | None
    expires_at: datetime
    disabled_at: datetime | None
    account_id: UUID
    email: str
    name: str
    role: str
    person_id: UUID | None
    agency_id: UUID | None
    agency_name: str | None
    directory_revision: int
    plan_id: UUID | None
    revision: int | None

    @property
    def actor(self) -> Actor:
        """The account as the rules see it."""
        return Actor(self.account_id, self.name, Role(self.role), self.person_id, self.agency_id, self.agency_name)


def _statement(plan: Any, revision: Any) -> AnySelect:
    return (
        select(
            Session.id,
            Session.ended_at,
            Session.expires_at,
            Account.disabled_at,
            Account.id,
            Account.email,
            Account.name,
            Account.role,
            Account.person_id,
            Person.agency_id,
            Agency.short_name,
            DirectoryRevision.value,
            plan,
            revision,
        )
        .join(Account, Account.id == Session.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Agency, Agency.id == Person.agency_id)
        .join(DirectoryRevision, DirectoryRevision.id == literal_column("1"))
        .where(Session.id == bindparam("session_id"))
    )


def _with_plan(condition: Any, *through: Any) -> AnySelect:
    """The statement with the plan that `condition` finds, reached through these (target, on-clause) joins."""
    statement = _statement(PlanRevision.plan_id, PlanRevision.value)
    for target, on_clause in through:
        statement = statement.outerjoin(target, on_clause)
    return statement.outerjoin(PlanRevision, condition)


_KEY: BindParameter[Any] = bindparam("key")
_STATEMENTS: dict[str, AnySelect] = {
    "": _statement(null(), null()),
    "slug": _with_plan(PlanRevision.plan_id == Plan.id, (Plan, Plan.slug == _KEY)),
    "plan": _with_plan(PlanRevision.plan_id == _KEY),
    "action": _with_plan(PlanRevision.plan_id == Action.plan_id, (Action, Action.id == _KEY)),
    "update": _with_plan(
        PlanRevision.plan_id == Action.plan_id,
        (Update, Update.id == _KEY),
        (Action, Action.id == Update.action_id),
    ),
}


def find_access(connection: Connection, session_id: UUID, by: str = "", key: UUID | str | None = None) -> Access | None:
    """The session with its account, and the plan found `by` "slug", "plan", "action" or "update" from `key`. 1 SELECT."""
    named = {"session_id": session_id, "key": key} if by else {"session_id": session_id}
    found = connection.execute(_STATEMENTS[by], named).one_or_none()
    return Access._make(found) if found else None
