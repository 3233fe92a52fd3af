# noqa: INP001 -- a script, not a package
"""Writes the table of docs/security.md that says who may do what, from the routes' declarations and the rules themselves.

A cell is not written down anywhere: it is the answer of the door (role, or scope of a partner's token) and then of the rule
that the route declares in `asks`, called with somebody made for the column. With --check it only says whether the page is true.
"""

import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from api import routes  # noqa: E402
from api.domain.plan.permissions import (  # noqa: E402
    ActionFacts,
    Actor,
    ObjectiveFacts,
    Refusal,
    Role,
    may_add_action,
    may_correct_update,
    may_withdraw_update,
)
from api.domain.plan.status import Status  # noqa: E402
from api.http.declare import PUBLIC, Operation  # noqa: E402

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- permissions: written by .ci/permissions.py -->", "<!-- end of permissions -->"
YES, NOT_ALLOWED, NOT_SIGNED_IN = "yes", "403", "401"
ITS_OWN = " its agency's actions"


@dataclass(frozen=True)
class Column:
    """A kind of caller, and somebody of that kind; None for nobody."""

    title: str
    who: Actor | None


def somebody(role: Role, number: int) -> Actor:
    """An account that stands for a person of its own."""
    return Actor(UUID(int=number), role.value, role, person_id=UUID(int=100 + number), agency_id=UUID(int=200 + number))


LEAD, NAMED = somebody(Role.LEAD_OFFICER, 2), somebody(Role.CONTRIBUTOR, 4)
SYSTEM = Actor(None, "system", Role.PARTNER, agency_id=UUID(int=204), partner_id=UUID(int=7), via="system")
COLUMNS = (
    Column("admin", somebody(Role.ADMIN, 1)),
    Column("lead of the objective", LEAD),
    Column("lead of another objective", somebody(Role.LEAD_OFFICER, 3)),
    Column("contributor on the action", NAMED),
    Column("contributor not on it", somebody(Role.CONTRIBUTOR, 5)),
    Column("viewer", somebody(Role.VIEWER, 6)),
    Column("partner's system", SYSTEM),
    Column("nobody", None),
)
# Delivered, as the one who is named said; what it is asked about was written by the same.
FACTS = ActionFacts(
    number="3.4", objective_number=3, status=Status.DELIVERED, lead_id=LEAD.person_id, lead_name="the lead officer",
    people=((UUID(int=104), "the one named"),), agencies=frozenset({UUID(int=204)}),
    claimed_by_person=NAMED.person_id, claimed_by_account=NAMED.account_id,
)  # fmt: skip


def refusal(operation: Operation, actor: Actor, facts: ActionFacts) -> Refusal | None:
    """What the declared rule says to this actor."""
    if operation.asks is may_withdraw_update:
        return may_withdraw_update(actor, NAMED.account_id, timedelta(hours=1))
    if operation.asks is may_correct_update:
        return may_correct_update(actor, NAMED.account_id, None)
    if operation.asks is may_add_action:
        return may_add_action(actor, ObjectiveFacts(facts.objective_number, facts.lead_id, facts.lead_name))
    return operation.asks(actor, facts) if operation.asks is not None else None


def cell(operation: Operation, actor: Actor | None, facts: ActionFacts = FACTS) -> str:
    """Yes, 403, 401, or under which condition."""
    if operation.by_refresh:
        return "with the refresh token"
    if operation.door is PUBLIC:
        return YES
    if actor is None:
        return NOT_SIGNED_IN
    if actor.role is Role.PARTNER:
        return _of_system(operation, actor, facts)
    return YES if actor.role in operation.door and refusal(operation, actor, facts) is None else NOT_ALLOWED


def _of_system(operation: Operation, actor: Actor, facts: ActionFacts) -> str:
    if operation.scope is None or refusal(operation, actor, facts) is not None:
        return NOT_ALLOWED
    elsewhere = refusal(operation, replace(actor, agency_id=None), facts) is not None
    return f"`{operation.scope}`{ITS_OWN if elsewhere else ''}"


def row(operation: Operation) -> str:
    """The line of an operation."""
    says = " ".join((operation.view.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
    path = operation.rule.replace("<", "{").replace(">", "}")
    first = f"{says}<br>`{operation.method} {path}`{_marks(operation)}"
    return "| " + " | ".join([first, *(cell(operation, column.who) for column in COLUMNS)]) + " |"


def _marks(operation: Operation) -> str:
    marks = ["confirmed" if operation.fresh else "", "before a factor" if operation.before_factor else ""]
    if operation.who:
        marks.append(operation.who.rstrip("."))
    found = "; ".join(mark for mark in marks if mark)
    return f" ({found})" if found else ""


def table() -> str:
    """The whole table."""
    head = ["", *(column.title for column in COLUMNS)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(row(each) for group in routes.ALL for each in group.operations)])


def main() -> int:
    """Write, or check."""
    text = PAGE.read_text("utf-8")
    head, rest = text.split(BEGIN)
    new = f"{head}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"
    if "--check" in sys.argv:
        if new != text:
            sys.stderr.write("docs/security.md is not true any more; run: python .ci/permissions.py\n")
        return int(new != text)
    PAGE.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
