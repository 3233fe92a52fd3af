"""My sessions and my password."""

from typing import Any
from uuid import UUID

from api.http.declare import SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.accounts.sessions import EndedOut, PasswordIn, SessionListOut
from api.schemas.plan.plans import PageQuery
from api.web.accounts import sessions

routes = Routes("Sessions", about="Where you are signed in, and your password. One's own only, whatever the role.")


@routes.get("/me/sessions", door=SIGNED_IN, query=PageQuery, answer=SessionListOut)
def list_sessions(call: Call, **page: Any) -> Answer:
    """List where you are signed in, newest first."""
    return sessions.read_sessions(call, **page)


@routes.delete("/me/sessions/<session>", door=SIGNED_IN, status=204)
def end_session(call: Call, session_id: UUID) -> Answer:
    """End one of your sessions, with effect on its next request."""
    return sessions.end_session(call, session_id)


@routes.post("/me/sessions/end-others", door=SIGNED_IN, answer=EndedOut)
def end_other_sessions(call: Call) -> Answer:
    """End all of your sessions but this one."""
    return sessions.end_others(call)


@routes.post("/me/password", door=SIGNED_IN, body=PasswordIn, status=204, problems=("confirmation-needed",))
def change_password(call: Call, **fields: Any) -> Answer:
    """Change your password. All your other sessions end.

    Where you have a second factor, this session must have shown it.
    """
    return sessions.change_password(call, **fields)
