"""Sessions into tokens, and tokens into answers (API 8)."""

from typing import Any

from flask import Response, current_app, request

from api.domain.errors import Unauthenticated
from api.models import Account, Session
from api.services import guesses, sessions
from api.web import tokens
from api.web.answers import Answer
from api.web.declare import Call
from api.web.doorway import now
from api.web.me import describe_me
from api.web.transaction import one_select

EXPIRES_IN = int(tokens.ACCESS_LIFE.total_seconds())


def count_guess(body: dict[str, Any]) -> None:
    """Count an attempt to sign in before the password is looked at. Raises TooManyRequests."""
    most = current_app.extensions["plan_settings"].limits.guesses
    with one_select() as connection:
        guesses.count_guess(connection, _keys(body["email"]), now(), most)


def _keys(email: str) -> list[bytes]:
    return guesses.keys_of(email, request.remote_addr)


def sign_in(call: Call, *, email: str, password: str, transport: str) -> Answer:
    """Open a session. Raises InvalidCredentials."""
    account, opened = sessions.sign_in(
        call.work, email=email, password=password, device=request.headers.get("User-Agent", "")
    )
    guesses.take_off(call.session, _keys(email))
    return give_tokens(account, opened, by_cookie=transport == "cookie")


def give_tokens(account: Account, opened: Session, *, by_cookie: bool) -> Answer:
    """The tokens of a session: in the body for a script, in cookies for a page."""
    access, refresh_token = tokens.make_tokens(account.id, account.role, opened.id, opened.refresh_id)
    if not by_cookie:
        body = {
            "access_token": access,
            "refresh_token": refresh_token,
            "token_type": "Bearer",
            "expires_in": EXPIRES_IN,
        }
        return Answer(body, private=True)

    csrf = tokens.csrf_value(opened.id)

    def set_cookies(response: Response) -> None:
        tokens.set_cookies(response, access, refresh_token, csrf)

    body = {"csrf_token": csrf, "expires_in": EXPIRES_IN}
    return Answer(body, private=True, finish=set_cookies)


def refresh(call: Call) -> Answer:
    """Rotate the refresh token. A refusal that ends the session is committed with it, so it is answered, not raised."""
    token = tokens.read_token(refresh=True)
    opened, refusal = sessions.refresh_session(call.work, token.session_id, token.id)
    account = call.session.get_one(Account, opened.account_id) if opened else None
    if opened is None or account is None or account.disabled_at:
        return Answer(finish=_refuse(refusal or Unauthenticated("Sign in again.")))
    return give_tokens(account, opened, by_cookie=token.by_cookie)


def _refuse(refusal: Exception) -> Any:
    def answer(_response: Response) -> None:
        raise refusal

    return answer


def sign_out(call: Call) -> Answer:
    """End the session and clear its cookies."""
    sessions.sign_out(call.work, _token(call).session_id)
    return Answer(status=204, private=True, finish=tokens.clear_cookies)


def me(call: Call) -> Answer:
    """Who I am. The CSRF value is for the page only: the one in its own token, which may have been made under an older key."""
    token = _token(call)
    return Answer({**describe_me(call), "csrf_token": token.csrf if token.by_cookie else None}, private=True)


def _token(call: Call) -> tokens.Token:
    if call.token is None:
        raise AssertionError("only a public route is reached without a token")
    return call.token
