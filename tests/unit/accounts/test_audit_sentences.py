"""What an event of the audit says to people."""

import pytest

from api.domain.accounts.audit_sentences import SENTENCES, Happened, say_event
from api.services.accounts.audit import EventKind

JANE, LUCY, MANAGER = "Jane Carroll", "Lucy Goodfellow", "Business Manager"
CASES = [
    ("signed-in", JANE, {"method": "passkey"}, "Jane Carroll signed in with a passkey."),
    ("signed-in", JANE, {}, "Jane Carroll signed in."),
    ("sign-in-failed", JANE, {"what": "confirmation"}, "Jane Carroll gave a wrong password or code: confirmation."),
    ("sign-in-failed", None, {"reason": "too many"}, "Somebody could not sign in: too many attempts."),
    (
        "sign-in-failed", None, {"method": "directory", "why": "no such account"},
        "Somebody could not sign in with their agency's directory: no such account.",
    ),
    ("signed-out", JANE, {}, "Jane Carroll signed out."),
    ("session-ended", JANE, {"sessions": 1}, "Jane Carroll ended 1 session."),
    ("session-ended", None, {"reason": "refresh token reused"}, "A session was ended: refresh token reused."),
    ("confirmed", JANE, {"what": "password"}, "Jane Carroll confirmed who they are with a password."),
    ("password-changed", JANE, {"by": "owner"}, "Jane Carroll changed their password."),
    ("password-changed", LUCY, {"letter": "reset"}, "Lucy Goodfellow chose a new password by a link for a new password."),
    ("link-used", LUCY, {"letter": "invitation"}, "Lucy Goodfellow used an invitation."),
    ("factor-changed", JANE, {"what": "passkey added"}, "Jane Carroll changed how they sign in: passkey added."),
    (
        "refused", "Robert South", {"operation": "post_update", "code": "forbidden"},
        "Robert South was refused “post update”: it is not theirs to do.",
    ),
    (
        "refused", "NELFT via Rio", {"operation": "get_status", "code": "insufficient-scope", "not_written": 58},
        "NELFT via Rio was refused “get status”: the token has no scope for it. And 58 times more, not listed one by one.",
    ),
    (
        "exported", "Robert South", {"operation": "get_actions_csv", "plan": "havering-2020-23"},
        "Robert South took the actions as CSV of havering-2020-23.",
    ),
    ("exported", "Business Manager", {"operation": "export_audit"}, "Business Manager took the audit as CSV."),
    ("exported", JANE, {"operation": "get_my_data"}, "Jane Carroll took what is held about themselves."),
    ("exported", MANAGER, {"operation": "take_something_new"}, "Business Manager took data (“take something new”)."),
    ("token-used", "NELFT via Rio", {"new_address": True}, "NELFT via Rio used its token from an address not seen before."),
    ("token-used", "NELFT via Rio", {}, "NELFT via Rio used its token."),
    ("something-new", "Jane Carroll", {"x": 1}, "Jane Carroll: something new."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "actor", "detail", "sentence"), CASES)
def test_an_event_as_a_sentence(kind: str, actor: str | None, detail: dict[str, object], sentence: str) -> None:
    assert say_event(Happened(kind, actor, detail)) == sentence


@pytest.mark.parametrize(
    ("kind", "actor", "detail", "sentence"),
    [
        ("sign-in-failed", None, {}, "Somebody could not sign in as Lucy Goodfellow."),
        ("sign-in-failed", None, {"method": "password", "code": False}, "Somebody could not sign in as Lucy Goodfellow with a password."),
        ("sign-in-failed", None, {"code": True}, "Somebody could not sign in as Lucy Goodfellow: the code was wrong."),
        ("session-ended", MANAGER, {"ended": 3}, "Business Manager ended 3 sessions of Lucy Goodfellow."),
        ("link-sent", MANAGER, {"letter": "invitation"}, "Business Manager sent Lucy Goodfellow an invitation."),
        ("link-sent", None, {"letter": "reset"}, "A link for a new password was sent to Lucy Goodfellow."),
        ("mail-failed", MANAGER, {"letter": "reset"}, "An e-mail to Lucy Goodfellow could not be sent: reset."),
        ("exported", MANAGER, {"operation": "get_person_data"}, "Business Manager took what is held about Lucy Goodfellow."),
        ("factor-changed", MANAGER, {"removed_by_admin": True}, "Business Manager took away the second factor and passkeys of Lucy Goodfellow."),
    ],
)  # fmt: skip
def test_an_event_about_somebodys_account(
    kind: str, actor: str | None, detail: dict[str, object], sentence: str
) -> None:
    assert say_event(Happened(kind, actor, detail, LUCY)) == sentence


def test_every_kind_has_a_sentence() -> None:
    assert set(SENTENCES) == {kind.value for kind in EventKind}


@pytest.mark.parametrize("kind", SENTENCES)
def test_no_kind_needs_more_than_its_name(kind: str) -> None:
    assert say_event(Happened(kind, None)).endswith(".")
