"""What is sent to make the examples of the document: by whom, for each operation that takes a body, and each refusal."""

from typing import Any

from tests.client import PLAN
from tests.conftest import PASSWORD, email_of
from tests.factories import seed_document

ACTION = "3.4"


def small_havering() -> dict[str, Any]:
    """The seed of the Havering plan, down to one action of one objective and whom they name."""
    document = seed_document()
    objective = next(each for each in document["objectives"] if each["number"] == 6)
    action = objective["actions"][0]
    objective["actions"], document["objectives"] = [action], [objective]
    named = {place.get("person") for place in action["by_whom"]["named"]}
    named |= {document["owner"]["person"], (objective["lead"] or {}).get("person")}
    document["people"] = [each for each in document["people"] if each["key"] in named]
    kept = {each["agency"] for each in document["people"]}
    document["agencies"] = [each for each in document["agencies"] if each["key"] in kept]
    groups = {place.get("group") for place in action["by_whom"]["named"]}
    document["groups"] = [each for each in document["groups"] if each["key"] in groups]
    document["notes"] = []
    return document


# What stands in a link; a run puts a good one in its place.
SECRET_OF_LINK = "kfTqCHxmJbmRc0cCSkVzL0Y1yQk3mE9wTt2cW8uN5pA"
LINKED = {
    "show_invitation": "invitation",
    "accept_invitation": "invitation",
    "reset_password": "reset",
    "confirm_new_email": "email",
    "stop_new_email": "stop",
    "show_mailbox": "factor",
}

# What is sent, by whom, for each operation that takes a body; in the order in which they can be done.
WRITES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign_in": ("lucy", {"email": email_of("lucy"), "password": PASSWORD}),
    "invite_account": (
        "admin",
        {
            "email": "lucinda.may@example.org",
            "role": "contributor",
            "new_person": {"name": "Lucinda May", "post": "Team Manager"},
        },
    ),
    "ask_for_reset": ("lucy", {"email": email_of("lucy")}),
    "show_invitation": ("lucy", {"token": SECRET_OF_LINK}),
    "edit_account": ("admin", {"role": "viewer"}),
    "ask_for_new_email": ("lucy", {"email": "lucy@example.org"}),
    "move_date": ("jane", {"kind": "season", "printed": "Spring 2027", "reason": "The tool needs piloting first."}),
    "post_update": (
        "lucy",
        {
            "text": "The audit tool is agreed by all agencies.",
            "rating": "G",
            "claim": "delivered",
            "next_step": "Pilot it with two teams.",
            "evidence": [{"title": "The audit tool", "url": "https://example.org/audit-tool"}],
        },
    ),
    "acknowledge_update": ("jane", {"state": "returned", "question": "Agreed by whom?"}),
    "correct_update": ("lucy", {"text": "The audit tool is agreed by all agencies but one."}),
    "sign_off": ("admin", {"impact": "Calls about neglect are counted since June."}),
    "edit_action": ("jane", {"status": "in_progress", "reason": "The pilot found more to do."}),
    "ask_about_action": ("jane", {"text": "Which teams are to pilot it?", "for": "lead"}),
    "settle_note_of_action": (
        "jane",
        {"code": "question", "text": "Which teams are to pilot it?", "answer": "Early help and the east team."},
    ),
    "ask_about_plan": ("admin", {"text": "Who chairs the board from April?", "for": "admin"}),
    "settle_note_of_plan": (
        "admin",
        {"code": "question", "text": "Who chairs the board from April?", "answer": "The independent scrutineer."},
    ),
    "add_objective": ("admin", {"text": "Children and families are heard.", "short_title": "Listening"}),
    "edit_objective": ("admin", {"short_title": "Being heard", "lead": "Lucy Goodfellow"}),
    "add_action": (
        "admin",
        {
            "objective": "",
            "text": "Ask families each quarter what has changed for them.",
            "by_when": {"kind": "season", "printed": "Spring 2027"},
            "by_whom": [{"person": "Lucy Goodfellow", "qualifier": "for Havering"}],
        },
    ),
    "load_plan": ("admin", small_havering()),
    "create_person": (
        "admin",
        {"name": "Nina Newman", "post": "Head of Safeguarding", "email": "nina.newman@example.org"},
    ),
    "edit_person": ("admin", {"left_on": "2026-12-31", "aliases": ["N. Newman"]}),
    "create_agency": ("admin", {"name": "Havering CCG", "short_name": "CCG", "kind": "health"}),
    "edit_agency": ("admin", {"aliases": ["Havering Clinical Commissioning Group"]}),
    "succeed_agency": (
        "admin",
        {
            "new": {"name": "NHS North East London", "short_name": "NHS NEL"},
            "on": "2022-07-01",
            "note": "By the Health and Care Act.",
        },
    ),
    "create_group": ("admin", {"name": "young carers"}),
    "edit_group": ("admin", {"name": "Young carers"}),
    "create_partner_token": ("admin", {"name": "Liquidlogic", "agency": "", "scopes": ["plan:read"], "days": 365}),
    "merge_person": ("admin", {"into": "Louise Dibsdall", "note": "She says that she is one person."}),
}
# Done when everything was read.
LAST: dict[str, tuple[str, dict[str, Any] | None]] = {
    # Last, because the plan has another review date then.
    "edit_plan": ("admin", {"next_review_on": "2027-01-12", "summary": "Safer together."}),
    "undo_entry": ("jane", {"reason": "The pilot is part of the next plan."}),
    "withdraw_update": ("lucy", {"reason": "It was about another action."}),
    "remove_action": ("admin", {"reason": "It is part of the next plan."}),
    "remove_objective": ("admin", {"reason": "It is part of the next plan."}),
    "redact_update": ("admin", {"reason": "It named a family.", "words": "audit tool"}),
    "redact_action": ("admin", {"reason": "It named a family.", "words": "agencies"}),
    "redact_plan": ("admin", {"reason": "It named a family.", "words": "Safer together"}),
    **{
        f"redact_{of}": ("admin", {"reason": "It named a family.", "words": words, "preview": True})
        for of, words in {
            "person": "Robert",
            "agency": "Clinical",
            "group": "carers",
            "account": "Somebody",
            "partner_token": "Liquidlogic",
        }.items()
    },
    "erase_contact": ("admin", {"reason": "Asked for by letter."}),
    "revoke_partner_token": ("admin", None),
    "invite_account_again": ("admin", None),
    "send_reset": ("admin", None),
    "send_first_factor": ("admin", None),
    "ask_for_first_factor": ("gloria", None),
    "show_mailbox": ("gloria", {"token": SECRET_OF_LINK}),
    "remove_account_factors": ("admin", None),
    "end_account_sessions": ("admin", None),
    "accept_invitation": ("lucy", {"token": SECRET_OF_LINK, "password": "four words nobody joins"}),
    "reset_password": ("lucy", {"token": SECRET_OF_LINK, "password": "other words nobody joins"}),
    "confirm_new_email": ("lucy", {"token": SECRET_OF_LINK}),
    "stop_new_email": ("lucy", {"token": SECRET_OF_LINK}),
    "undo_merge": ("admin", None),
    "tell_apart": ("admin", {"first": "Jane Carroll", "second": "John Carroll"}),
    "hand_over": (
        "admin",
        {"items": [{"action": "5.2", "to": "Alice Peatling"}], "left_on": "2026-11-20", "note": "He has another post."},
    ),
    "refresh": ("", None),
}
PROBLEMS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "unauthenticated": ("", "GET", "/me", {}),
    "invalid-parameter": ("robert", "GET", f"{PLAN}/actions?page=2", {}),
    "not-found": ("robert", "GET", "/actions/3.4", {}),
    "not-acceptable": ("robert", "GET", PLAN, {"headers": {"Accept": "text/csv"}}),
    "forbidden": ("gloria", "POST", "{action}/updates", {"json": {"text": "We met."}}),
    "validation-failed": ("lucy", "POST", "{action}/updates", {"json": {"text": "", "rating": "B"}}),
    "read-only-field": ("lucy", "POST", "{action}/updates", {"json": {"text": "We met.", "author": "Jane Carroll"}}),
    "unsupported-media-type": ("lucy", "POST", "{action}/updates", {"data": "text=We+met"}),
    "malformed-json": ("lucy", "POST", "{action}/updates", {"data": "{", "content_type": "application/json"}),
    "precondition-required": ("jane", "PATCH", "{action}", {"json": {"status": "on_hold", "reason": "Waiting."}}),
    "move-not-allowed": ("jane", "POST", "{action}/sign-off", {"json": {}}),
    "case-data-suspected": (
        "lucy", "POST", "{action}/updates", {"json": {"text": "Her number is 943 476 5919."}},
    ),
    "stale-version": (
        "lucy", "POST", "{action}/updates", {"json": {"text": "We met."}, "headers": {"If-Match": '"r1.v9.u9.d8.t2026-11-22.0"'}},
    ),
}  # fmt: skip
