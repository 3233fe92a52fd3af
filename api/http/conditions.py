"""What a request is asked for before its body counts: its condition, its key, and whether what it names is there (API 3.5)."""

from typing import Any

from flask import request

from api.domain.errors import PlanError, PreconditionFailed, PreconditionRequired
from api.domain.plan.permissions import Role
from api.http.declare import WRITING, Call, Operation
from api.http.messages.errors import IdempotencyKeyRequired
from api.http.messages.etag import read_if_match, takes_any
from api.queries.existence import NAMED, check_there
from api.services.work import Seen

_ANY = (
    "If-Match: * would overwrite what others have changed since you read this, unseen. Send the ETag you read; only an "
    "administrator may send *."
)


def try_condition(operation: Operation, call: Call) -> tuple[Seen | None, PlanError | None]:
    """What the caller had seen, or the error of an If-Match that is missing, or that this address cannot keep.

    `*` takes whatever there is, so it overwrites unseen: where that can be, it is an administrator's.

    A condition is never passed over: whoever sends one must not have the write done when it does not hold (RFC 9110, 13.1.1).
    """
    if operation.method not in WRITING:
        return None, None
    if operation.if_match == "required" and "If-Match" not in request.headers:
        says = "Send the ETag you read in If-Match, so that nobody's change is overwritten."
        return None, PreconditionRequired(says)
    if operation.if_match == "required" and takes_any() and (call.access is None or call.access.role != Role.ADMIN):
        return None, PreconditionFailed(_ANY)
    seen = read_if_match()
    if seen is not None and not operation.if_match:
        return None, PreconditionFailed("What this changes has no ETag to compare with. Leave If-Match out.")
    return seen, None


def lacks_key(operation: Operation, call: Call) -> PlanError | None:
    """A partner's system sends a key with all that it could send twice."""
    if not operation.idempotent or call.here.partner is None or "Idempotency-Key" in request.headers:
        return None
    return IdempotencyKeyRequired("Send an Idempotency-Key, and the same one when you repeat the request.")


def ask_first(operation: Operation, call: Call, ids: dict[str, Any]) -> None:
    """What is answered before whatever is wrong with the request itself: 403, 404 and 412."""
    if operation.guard is not None:
        operation.guard(call, next(iter(ids.values()), None))
    else:
        check_named(call, ids)


def check_named(call: Call, ids: dict[str, Any]) -> None:
    """Raise NotFound for an id that is nobody's; what has a plan was found at the door."""
    for name, thing_id in ids.items():
        kind = name.removesuffix("_id")
        if kind in NAMED:
            check_there(call.session, kind, thing_id, call.here.id)
