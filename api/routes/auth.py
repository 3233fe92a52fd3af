"""Signing in, staying signed in, signing out."""

from typing import Any

from api.schemas.auth import MeOut, SignInIn, SignInOut
from api.web import signing_in
from api.web.answers import Answer
from api.web.declare import PUBLIC, SIGNED_IN, Call, Routes

routes = Routes(
    "Signing in",
    about="A script gets a bearer token for ten minutes and refreshes it; a page gets cookies and a CSRF value.",
)


@routes.post(
    "/auth/sign-in",
    door=PUBLIC,
    body=SignInIn,
    answer=SignInOut,
    problems=("invalid-credentials",),
    gives=("Set-Cookie",),
    before=signing_in.count_guess,
)
def sign_in(call: Call, **fields: Any) -> Answer:
    """Sign in, for a page (cookies and a CSRF value) or a script (bearer tokens)."""
    return signing_in.sign_in(call, **fields)


@routes.post(
    "/auth/refresh", door=PUBLIC, by_refresh=True, answer=SignInOut, problems=("refresh-superseded",), gives=("Set-Cookie",)
)  # fmt: skip
def refresh(call: Call) -> Answer:
    """Exchange the refresh token, which works once, for new tokens.

    Send it as the bearer token. 401 `refresh-superseded`: another of your processes did so within the last ten seconds.
    A spent token that comes back later ends the session.
    """
    return signing_in.refresh(call)


@routes.post("/auth/sign-out", door=SIGNED_IN, before_factor=True, status=204, gives=("Set-Cookie",))
def sign_out(call: Call) -> Answer:
    """End this session."""
    return signing_in.sign_out(call)


@routes.get("/me", door=SIGNED_IN, before_factor=True, answer=MeOut)
def get_me(call: Call) -> Answer:
    """Read who you are, what you lead, what you are on, and what you owe."""
    return signing_in.me(call)
