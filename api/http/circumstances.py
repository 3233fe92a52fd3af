"""Of which request, from which address, when: what an event of the audit is noted with."""

from typing import Any

from flask import request

from api.http.declare import Call
from api.http.doorway import now
from api.http.messages.envelope import request_id
from api.models import Account
from api.services.accounts.audit import Circumstances, EventKind, note


def circumstances() -> Circumstances:
    """Those of the present request."""
    return Circumstances(now(), request_id(), request.remote_addr)


def note_of(call: Call, kind: EventKind, detail: dict[str, Any]) -> None:
    """Tell the audit what this caller did, in the request's own transaction. 1 INSERT."""
    here = call.here
    note(call.work.connection, circumstances(), kind, account_id=here.account_id, actor_name=here.name, detail=detail)


def note_about(call: Call, account: Account, kind: EventKind, detail: dict[str, Any]) -> None:
    """Tell it what was done with an account, by whoever could show that it is theirs: nobody need be signed in yet. 1 INSERT."""
    note(call.work.connection, circumstances(), kind, account_id=account.id, actor_name=account.name, detail=detail)
