"""What an event of the audit says to people."""

import pytest

from api.domain.audit_sentences import SENTENCES, Happened, say_event
from api.services.audit import Kind

CASES = [
    ("signed-in", "Jane Carroll", {"method": "passkey"}, "Jane Carroll signed in with a passkey."),
    ("signed-in", "Jane Carroll", {}, "Jane Carroll signed in."),
    ("sign-in-failed", None, {}, "Somebody could not sign in."),
    ("sign-in-failed", "Jane Carroll", {"reason": "too-many-guesses"}, "Jane Carroll could not sign in: too many guesses."),
    ("link-sent", "Lucy Goodfellow", {"link": "invitation"}, "Lucy Goodfellow: an invitation was sent."),
    ("link-used", "Lucy Goodfellow", {}, "Lucy Goodfellow: a link was used."),
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
    ("exported", "Business Manager", {"operation": "export_person"}, "Business Manager took export person."),
    ("token-used", "NELFT via Rio", {"new_address": True}, "NELFT via Rio used its token from an address not seen before."),
    ("token-used", "NELFT via Rio", {}, "NELFT via Rio used its token."),
    ("something-new", "Jane Carroll", {"x": 1}, "Jane Carroll: something new."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "actor", "detail", "sentence"), CASES)
def test_an_event_as_a_sentence(kind: str, actor: str | None, detail: dict[str, object], sentence: str) -> None:
    assert say_event(Happened(kind, actor, detail)) == sentence


def test_every_kind_has_a_sentence() -> None:
    assert set(SENTENCES) == {kind.value for kind in Kind}


@pytest.mark.parametrize("kind", SENTENCES)
def test_no_kind_needs_more_than_its_name(kind: str) -> None:
    assert say_event(Happened(kind, None)).endswith(".")
