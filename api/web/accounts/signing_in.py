"""Sessions into tokens, and tokens into answers (API 8)."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from sqlalchemy.orm import Session as OrmSession

from api.domain.accounts.sign_in_errors import InvalidToken, RefreshReused, Unauthenticated, WrongCode
from api.domain.accounts.signing_in import Method, Transport
from api.http import guessing
from api.http.callers import cookies, known_devices, proof, tokens
from api.http.circumstances import circumstances, note_about
from api.http.database.transaction import write
from api.http.declare import Call
from api.http.messages.answers import Answer, refused
from api.models import Account, Session
from api.queries.accounts.account_list import lock_account
from api.services.accounts import passkeys, sessions
from api.services.accounts import signing_in as attempts
from api.services.accounts.audit import EventKind, note
from api.services.accounts.links import end_pending
from api.web.plan.me import describe_me

EXPIRES_IN = int(tokens.ACCESS_LIFE.total_seconds())


def device() -> str:
    """What the caller's browser calls itself."""
    return request.headers.get("User-Agent", "")


def methods() -> Answer:
    """What the sign-in page offers beside the password."""
    directory = current_app.extensions["plan_settings"].oidc
    return Answer({"passkeys": proof.takes_passkeys(), "directory": {"name": directory.name} if directory else None})


def sign_in(call: Call, *, email: str, password: str, transport: str, code: str | None = None) -> Answer:
    """Open a session, or refuse: what is noted of a refusal is committed, so it is answered, not raised."""
    attempt = attempts.sign_in(
        call.work,
        email=email,
        password=password,
        code=code,
        device=device(),
        transport=Transport(transport),
        seal=proof.seal(),
        needing=proof.roles_needing(),
    )
    if not attempt.guessed:
        guessing.was_right(call)
    return answer_attempt(call, attempt, Method.PASSWORD)


def ask_for_passkey(call: Call) -> Answer:
    """What a browser needs to sign in with a passkey."""
    return tell_asked(passkeys.ask_to_sign(call.work, proof.relying_party()))


def tell_asked(asked: passkeys.Asked) -> Answer:
    """A challenge, as the page is given it."""
    return Answer({"challenge": asked.challenge, "public_key": asked.public_key}, private=True)


def sign_in_by_passkey(call: Call, *, challenge: UUID, credential: dict[str, Any], transport: str) -> Answer:
    """Open a session for whoever's passkey signed the challenge."""
    party = proof.relying_party()
    attempt = attempts.sign_in_by_passkey(
        call.work,
        party,
        challenge=challenge,
        credential=credential,
        device=device(),
        transport=Transport(transport),
    )
    return answer_attempt(call, attempt, Method.PASSKEY)


def answer_attempt(call: Call, attempt: attempts.Attempt, method: Method) -> Answer:
    """Tokens or the refusal, noted in the audit. That a code was asked for is not yet anything."""
    account, opened = attempt.account, attempt.opened
    if attempt.guessed:
        note(
            call.work.connection,
            circumstances(),
            EventKind.SIGN_IN_FAILED,
            account_id=account.id if account else None,
            detail={"method": method.value, "code": isinstance(attempt.refusal, WrongCode)},
        )
    if account is None or opened is None:
        return refused(attempt.refusal or Unauthenticated("Sign in again."))
    return admit_account(call, account, opened, before=tokens.session_of_cookies())


def admit_account(call: Call, account: Account, opened: Session, *, before: UUID | None) -> Answer:
    """The tokens of a session that was opened just now, noted in the audit. In a browser, the session `before` it ends."""
    note_about(call, account, EventKind.SIGNED_IN, {"method": opened.method})
    answer = give_tokens(call, account, opened, by_cookie=opened.transport == Transport.COOKIE)
    if opened.transport == Transport.COOKIE:
        _end_before(call, before)
        # Not where another site sent the browser here: its Strict cookies did not come along, and would be forgotten.
        if opened.method != Method.DIRECTORY:
            _know_again(call, account, answer)
    return answer


def _end_before(call: Call, before: UUID | None) -> None:
    """End the session that this browser had: nobody could reach it any more, and whoever copied it could."""
    whose = sessions.sign_out(call.work, before) if before else None
    if whose is not None:
        why = {"reason": "signed in anew in the same browser"}
        note(call.work.connection, circumstances(), EventKind.SESSION_ENDED, account_id=whose, detail=why)


def _know_again(call: Call, account: Account, answer: Answer) -> None:
    """Count what is guessed in this browser apart from now on."""
    put_session, email, instant = answer.finish, account.email, call.work.now

    def finish(response: Response) -> None:
        put_session(response)
        known_devices.remember(response, email, instant)

    answer.finish = finish


def give_tokens(call: Call, account: Account, opened: Session, *, by_cookie: bool) -> Answer:
    """The tokens of a session, of which none outlives it: in the body for a script, in cookies for a page."""
    life = opened.expires_at - call.work.now
    access, refresh_token = tokens.make_tokens(account.id, account.role, opened.id, opened.refresh_id, life)
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
        cookies.put_session(response, access, refresh_token, csrf, life)

    body = {"csrf_token": csrf, "expires_in": EXPIRES_IN}
    return Answer(body, private=True, finish=set_cookies)


def refresh(call: Call) -> Answer:
    """Rotate the refresh token. A refusal that ends the session is committed with it, so it is answered, not raised."""
    token = tokens.read_token(refresh=True)
    opened, refusal = sessions.refresh_session(call.work, token.session_id, token.id)
    if isinstance(refusal, RefreshReused):
        return _stolen(call, token.session_id, refusal)
    account = call.session.get_one(Account, opened.account_id) if opened else None
    if opened is None or account is None or account.disabled_at:
        return refused(refusal or Unauthenticated("Sign in again."))
    if opened.transport not in {None, Transport.COOKIE if token.by_cookie else Transport.BEARER}:
        # Nobody takes a browser's session out of its cookies into a body: what was written is undone.
        raise InvalidToken("This token is of a session that shows its tokens in another way.")
    return give_tokens(call, account, opened, by_cookie=token.by_cookie)


def _stolen(call: Call, session_id: UUID, refusal: RefreshReused) -> Answer:
    """The refusal of a session that was ended for a spent token; what was asked for in it ends as well.

    In a transaction after this one, because an account is locked before its sessions and this one has locked a session.
    """
    whose = call.session.get_one(Session, session_id).account_id
    why = {"reason": "refresh token reused"}
    note(call.work.connection, circumstances(), EventKind.SESSION_ENDED, account_id=whose, detail=why)

    def end(session: OrmSession) -> None:
        lock_account(session, whose)
        end_pending(call.work, whose)

    answer = refused(refusal)
    answer.after_commit = lambda _answer: write(end)
    return answer


def sign_out(call: Call) -> Answer:
    """End the session, and clear its cookies and what the browser's cache holds of this site; not its storage, where drafts wait."""
    sessions.sign_out(call.work, session_id(call))
    here = call.here
    note(call.work.connection, circumstances(), EventKind.SIGNED_OUT, account_id=here.account_id, actor_name=here.name)
    return Answer(status=204, private=True, finish=_clear_browser)


def _clear_browser(response: Response) -> None:
    cookies.clear_session(response)
    response.headers["Clear-Site-Data"] = '"cache"'


def me(call: Call) -> Answer:
    """Who I am. The CSRF value is for the page only: the one in its own token, which may have been made under an older key."""
    token = _token(call)
    body = {**describe_me(call), "csrf_token": token.csrf if token.by_cookie else None}
    return Answer(body, private=True, finish=_name_release)


def _name_release(response: Response) -> None:
    """Say which release of the client is served, so that a page that was left open learns of a new one."""
    response.headers["Client-Release"] = current_app.extensions["plan_settings"].release


def session_id(call: Call) -> UUID:
    """The session of a signed-in caller."""
    return _token(call).session_id


def _token(call: Call) -> tokens.Token:
    if call.token is None:
        raise AssertionError("only a public route is reached without a token")
    return call.token
