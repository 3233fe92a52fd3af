"""The audit: events that change nothing of the plan, one row each (API 8, 10, 12).

What changes something is in the journal. Here are sign-ins, failures, refusals, exports and the use of tokens. Never a
password, token, link, typed e-mail address or word of the plan.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from api.models import AuditEvent

_INSERT = insert(AuditEvent)


class EventKind(StrEnum):
    """What happened."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    CONFIRMED = "confirmed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    LINK_SENT = "link-sent"
    LINK_USED = "link-used"
    MAIL_FAILED = "mail-failed"
    FACTOR_CHANGED = "factor-changed"
    REFUSED = "refused"
    EXPORTED = "exported"
    TOKEN_USED = "token-used"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The request, the address and the instant of an event."""

    at: datetime
    request_id: str
    address: str | None


def note(
    connection: Connection,
    circumstances: Circumstances,
    kind: EventKind,
    *,
    account_id: UUID | None = None,
    partner_token_id: UUID | None = None,
    actor_name: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one event, in the transaction of `connection`. `detail` is small and JSON. 1 INSERT."""
    row = {
        "at": circumstances.at,
        "request_id": circumstances.request_id,
        "address": circumstances.address,
        "kind": kind.value,
        "account_id": account_id,
        "partner_token_id": partner_token_id,
        "actor_name": actor_name,
        "detail": detail,
    }
    connection.execute(_INSERT, row)
