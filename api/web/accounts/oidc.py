"""Signing in through an agency's directory: to the provider and back (API 8, OpenID Connect with PKCE).

The state is random, in a cookie of the browser and as a hash in the database, and is used once. Nonce and PKCE's verifier
are made from it with our key. The provider is asked before the transaction begins: it may be slow.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.urls import iri_to_uri

from api.config import Settings
from api.domain.accounts.local_path import local_path
from api.domain.accounts.sign_in_errors import InvalidCredentials
from api.domain.errors import NotFound
from api.domain.plan.permissions import Role
from api.http.callers import cookies, tokens
from api.http.circumstances import circumstances
from api.http.database.transaction import one_select
from api.http.declare import Call
from api.http.doorway import unknown_caller
from api.http.messages.answers import FOUND, Answer
from api.lazy import lazily
from api.services.accounts import audit
from api.services.accounts.oidc import (
    WAY_LIFE,
    Identity,
    Provider,
    ProviderAwayError,
    ProviderRefusedError,
    give_out_state,
    sign_in_by_directory,
    take_back_state,
)
from api.web.accounts import signing_in

_oidc_provider = lazily("api.web.accounts.oidc_provider")

CALLBACK = "/api/v1/auth/directory/callback"
FAILED = "/sign-in?problem=directory"
AWAY = "/sign-in?problem=directory-away"
_PROVIDER = "plan_directory"
_KEPT = re.compile(r"([0-9a-f]{32}\.[A-Za-z0-9_-]{43})(/.*)?")


def install(app: Flask, settings: Settings) -> None:
    """Keep the provider, where there is one."""
    provider = None
    if settings.oidc is not None:
        provider = _oidc_provider.Provider(settings.oidc, f"{settings.public_url}{CALLBACK}")
    app.extensions[_PROVIDER] = provider


def look_up(_query: dict[str, Any]) -> None:
    """Ask the provider where to send the browser, before the transaction. Raises NotFound."""
    g.directory_away = not _answers(_provider())


def _answers(provider: Provider) -> bool:
    try:
        provider.metadata()
    except ProviderAwayError:
        return False
    return True


def start(call: Call, *, next: str) -> Answer:
    """Send the browser to the provider, with a state of its own."""
    if g.directory_away:
        return Answer(status=FOUND, location=AWAY, private=True)
    # Now, because a browser that another site sends back brings no session's cookies (SameSite=Strict).
    state = give_out_state(call.work, tokens.session_of_cookies())
    address = _provider().address(state, _derived("nonce", state), _derived("verifier", state))
    kept = state + local_path(next, "")
    return Answer(status=FOUND, location=address, private=True, finish=lambda answer: _set_cookie(answer, kept))


def hear(query: dict[str, Any]) -> None:
    """Find out who came back, before the transaction begins. Raises NotFound."""
    provider = _provider()
    try:
        g.directory_found = _identify(provider, query)
    except ProviderAwayError as error:
        g.directory_found = (AWAY, str(error))
    except ProviderRefusedError as error:
        g.directory_found = (FAILED, str(error))


def _identify(provider: Provider, query: dict[str, Any]) -> Identity | tuple[str, str]:
    """Who it is, or (where to go instead, why)."""
    state = _kept()[0]
    if not state or not hmac.compare_digest(state.encode(), query["state"].encode("utf-8", "replace")):
        return FAILED, "the state is not this browser's"
    call = unknown_caller()
    with one_select() as connection:
        way = take_back_state(connection, state, call.work)
    if way is None:
        return FAILED, "the state is spent"
    g.directory_way = way
    if query["error"] or not query["code"] or query["iss"] not in {"", provider.issuer}:
        return FAILED, "the directory gave no code"
    return provider.identify(query["code"], _derived("nonce", state), _derived("verifier", state), call.work.now)


def finish(call: Call) -> Answer:
    """Open a session for who came back, and go on to the page that was asked for."""
    found = g.directory_found
    if not isinstance(found, Identity):
        return _failed(call, *found)
    try:
        account, opened = sign_in_by_directory(call.work, found, request.headers.get("User-Agent", ""))
    except InvalidCredentials:
        return _failed(call, FAILED, "no account")
    answer = signing_in.admit_account(call, account, opened, before=g.directory_way.session_id)
    home = "/my" if account.role in (Role.CONTRIBUTOR, Role.LEAD_OFFICER) else "/"
    set_cookies = answer.finish

    def both(response: Response) -> None:
        set_cookies(response)
        _set_cookie(response, "")

    return Answer(status=FOUND, location=iri_to_uri(local_path(_kept()[1], home)), private=True, finish=both)


def _failed(call: Call, where: str, why: str) -> Answer:
    """To the sign-in page, which says no more than that it did not work; the audit knows why."""
    _note(call, audit.EventKind.SIGN_IN_FAILED, {"method": "directory", "why": why})
    return Answer(status=FOUND, location=where, private=True, finish=lambda answer: _set_cookie(answer, ""))


def _note(call: Call, kind: audit.EventKind, detail: dict[str, Any], **who: Any) -> None:
    audit.note(call.work.connection, circumstances(), kind, detail=detail, **who)


def _provider() -> Provider:
    """Raises NotFound."""
    found: Provider | None = current_app.extensions[_PROVIDER]
    if found is None:
        raise NotFound("There is no directory to sign in through here.")
    return found


def _derived(what: str, state: str) -> str:
    """A value that only we can make from the state: 43 characters, as PKCE asks."""
    key = str(current_app.config["JWT_SECRET_KEY"]).encode()
    made = hmac.new(key, f"directory-{what}:{state}".encode(), sha256).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def _kept() -> tuple[str, str | None]:
    """(state, page) that the browser kept; no state when it kept none."""
    found = _KEPT.fullmatch(cookies.given(cookies.DIRECTORY) or "")
    return (found[1], found[2]) if found else ("", None)


def _set_cookie(answer: Response, value: str) -> None:
    # Lax: it has to come back with a browser that another site sends here.
    cookies.put(answer, cookies.DIRECTORY, value, WAY_LIFE if value else timedelta(0), samesite="Lax")
