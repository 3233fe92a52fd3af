"""Signing in, staying signed in, signing out."""

from typing import Any

from api.http import guessing
from api.http.declare import PUBLIC, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.accounts.auth import MeOut, MethodsOut, SignInIn, SignInOut
from api.schemas.accounts.factors import ConfirmIn, PasskeyOptionsOut, PasskeySignInIn
from api.web.accounts import factors, signing_in

routes = Routes(
    "Signing in",
    about="A script gets a bearer token for ten minutes and refreshes it; a page gets cookies and a CSRF value.",
)


@routes.get("/auth/methods", door=PUBLIC, answer=MethodsOut)
def get_methods(_call: Call) -> Answer:
    """Read how one can sign in here."""
    return signing_in.methods()


@routes.post(
    "/auth/sign-in",
    door=PUBLIC,
    body=SignInIn,
    answer=SignInOut,
    problems=("invalid-credentials", "second-factor-required"),
    gives=("Set-Cookie",),
    before=guessing.count_sign_in,
)
def sign_in(call: Call, **fields: Any) -> Answer:
    """Sign in, for a page (cookies and a CSRF value) or a script (bearer tokens).

    401 `second-factor-required`: the password is right, and `methods` says what more is wanted. Send it again with a `code`.
    """
    return signing_in.sign_in(call, **fields)


@routes.post("/auth/passkey/options", door=PUBLIC, answer=PasskeyOptionsOut, problems=("database-unavailable",))
def ask_for_passkey(call: Call) -> Answer:
    """Get a challenge to sign in with a passkey."""
    return signing_in.ask_for_passkey(call)


@routes.post(
    "/auth/passkey", door=PUBLIC, body=PasskeySignInIn, answer=SignInOut, problems=("invalid-credentials",), gives=("Set-Cookie",)
)  # fmt: skip
def sign_in_by_passkey(call: Call, **fields: Any) -> Answer:
    """Sign in with a passkey, which is both factors at once."""
    return signing_in.sign_in_by_passkey(call, **fields)


@routes.post("/auth/confirm/options", door=SIGNED_IN, before_factor=True, answer=PasskeyOptionsOut)
def ask_to_confirm(call: Call) -> Answer:
    """Get a challenge to confirm with a passkey that it is you."""
    return factors.ask_to_confirm(call)


@routes.post(
    "/auth/confirm", door=SIGNED_IN, before_factor=True, body=ConfirmIn, status=204, problems=("invalid-credentials",)
)  # fmt: skip
def confirm(call: Call, **fields: Any) -> Answer:
    """Confirm that it is you: with a code or a passkey, or your password if you have neither. Sensitive acts are open for ten minutes then."""
    return factors.confirm(call, **fields)


@routes.post(
    "/auth/refresh", door=PUBLIC, by_refresh=True, answer=SignInOut, problems=("refresh-superseded",), gives=("Set-Cookie",)
)  # fmt: skip
def refresh(call: Call) -> Answer:
    """Exchange the refresh token, which works once, for new tokens.

    Send it as the bearer token. 401 `refresh-superseded`: another of your processes did so within the last ten seconds.
    A spent token that comes back later ends the session.
    """
    return signing_in.refresh(call)


@routes.post("/auth/sign-out", door=SIGNED_IN, before_factor=True, status=204, gives=("Set-Cookie", "Clear-Site-Data"))
def sign_out(call: Call) -> Answer:
    """End this session."""
    return signing_in.sign_out(call)


@routes.get("/me", door=SIGNED_IN, before_factor=True, answer=MeOut, gives=("Client-Release",))
def get_me(call: Call) -> Answer:
    """Read who you are, what you lead, what you are on, and what you owe."""
    return signing_in.me(call)
