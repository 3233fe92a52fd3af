"""Signing in, staying signed in, signing out."""

from typing import Any

from api.schemas.auth import MeOut, SignInIn, SignInOut
from api.web import signing_in
from api.web.answers import Answer
from api.web.declare import PUBLIC, SIGNED_IN, Call, Routes

routes = Routes("Signing in")


@routes.post("/auth/sign-in", door=PUBLIC, body=SignInIn, answer=SignInOut, problems=(401,))
def sign_in(call: Call, **fields: Any) -> Answer:
    """Sign in, for a page (cookies and a CSRF value) or a script (bearer tokens)."""
    return signing_in.sign_in(call, **fields)


@routes.post("/auth/refresh", door=PUBLIC, answer=SignInOut, problems=(401, 403, 503))
def refresh(call: Call) -> Answer:
    """Exchange the refresh token, which works once, for new tokens."""
    return signing_in.refresh(call)


@routes.post("/auth/sign-out", door=SIGNED_IN, status=204)
def sign_out(call: Call) -> Answer:
    """End this session."""
    return signing_in.sign_out(call)


@routes.get("/me", door=SIGNED_IN, answer=MeOut)
def get_me(call: Call) -> Answer:
    """Read who you are, what you lead, what you are on, and what you owe."""
    return signing_in.me(call)
