"""What a journal entry says to people."""

from typing import Any

import pytest

from api.domain.history.sentences import say
from api.domain.history.shown_entry import ShownEntry
from tests.factories import an_entry

WORDS = {"R": "Off track", "A": "At risk", "G": "On track"}
JULY = {"by_when": "July 2021", "kind": "month", "first_on": "2021-07-01", "last_on": "2021-07-31"}
SPRING = {"by_when": "Spring 2022", "kind": "season", "first_on": "2022-03-01", "last_on": "2022-05-31"}
APRIL = {"by_when": "08/04/2021", "kind": "date", "first_on": "2021-04-08", "last_on": "2021-04-08"}
NO_DATE = {"by_when": "", "kind": "not_given", "first_on": None, "last_on": None}
UNDO = {"undone": 7, "reason": "Undone: mistyped"}
ON_HOLD = {"status": "on_hold", "status_reason": "no funding"}
ONE = {"joined": "Lou Dale", "into": "Lou Dall"}
HANDED = {"from": "Jane", "to": "Lucy", "number": "3.4"}
KEY = [
    {"letter": letter, "word": word, "meaning": ""}
    for letter, word in zip("RAGB", ("Red", "Amber", "Green", "Blue"), strict=True)
]
NEW_KEY = [KEY[0], {**KEY[1], "word": "At risk"}, KEY[2], {**KEY[3], "meaning": "Signed off"}]
TWO = {"name": "Jane", "other": "John"}

# (by, type, verb, before, after, author) -> sentence
CASES: list[tuple[str, str, str, dict[str, Any], dict[str, Any], str | None, str]] = [
    ("Ann", "action", "people-joined", {}, {**ONE, "reason": "she said so"}, None, "Ann said that Lou Dale and Lou Dall are one person: she said so."),
    ("Ann", "action", "people-parted", {}, {**ONE, "parted": True}, None, "Ann undid that Lou Dale and Lou Dall are one person."),
    ("Ann", "objective", "lead-changed", {}, ONE, None, "Ann said that Lou Dale and Lou Dall are one person."),
    ("Ann", "plan", "owner-changed", {}, {**ONE, "parted": True}, None, "Ann undid that Lou Dale and Lou Dall are one person."),
    ("Ann", "person", "merged", {}, ONE, None, "Ann said that Lou Dale and Lou Dall are one person."),
    ("Ann", "person", "joined", {}, {"joined": "Lou Dale", "name": "Lou Dall"}, None, "Lou Dale is known as Lou Dall since."),
    ("Ann", "person", "parted", {}, {"joined": "Lou Dale", "name": "Lou Dall"}, None, "Lou Dale is no longer known as Lou Dall."),
    ("Ann", "person", "told-apart", {}, TWO, None, "Ann said that Jane and John are two people."),
    ("Ann", "person", "maybe-one", {}, TWO, None, "Ann took back that Jane and John are two people."),
    ("Ann", "action", "handed-over", {}, {**HANDED, "reason": "She retires"}, None, "Jane handed action 3.4 to Lucy (entered by Ann): She retires."),
    ("Ann", "action", "handed-over", {}, {**HANDED, "to": None}, None, "Jane left action 3.4, and nobody is named in their place (entered by Ann)."),
    ("Ann", "objective", "lead-changed", {}, {**HANDED, "number": "3"}, None, "Jane handed objective 3 to Lucy (entered by Ann)."),
    ("Ann", "objective", "lead-changed", {}, {**HANDED, "number": "3", "to": None}, None, "Jane left objective 3 without a lead officer (entered by Ann)."),
    ("Ann", "plan", "owner-changed", {}, HANDED, None, "Jane handed the plan to Lucy (entered by Ann)."),
    ("Ann", "person", "left", {}, {"name": "Jane", "left_on": "2026-11-20"}, None, "Ann wrote down that Jane left on 20 November 2026."),
    ("Ann", "account", "disabled", {}, {"name": "Jane"}, None, "Ann ended the account of Jane."),
    ("Ann", "plan", "edited", {"next_review_on": None, "rating_key": KEY}, {"next_review_on": "2027-01-12", "rating_key": NEW_KEY}, None, "Ann changed the next review date, the word for amber and the meaning of blue."),
    ("Ann", "plan", "edited", {"owner_id": "x", "owner_printed": "Bob"}, {"owner_id": None, "owner_printed": "", "case_data": ["name"]}, None, "Ann changed the owner."),
    ("Ann", "plan", "edited", {"title": "A"}, {"title": "B", **UNDO}, None, "Ann undid a change of the title: mistyped."),
    ("Jane", "action", "note-settled", {}, {"note": "Which one?", "answer": "4.1."}, None, "Jane settled a question: “Which one?” Answer: “4.1.”"),
    ("Jane", "plan", "note-settled", {}, {"note": "Which one?", **UNDO}, None, "Jane put a question back: “Which one?”: mistyped."),
    ("Jane", "action", "note-added", {}, {"note": "Who pays?"}, None, "Jane asked a question: “Who pays?”"),
    ("Ann", "action", "seeded", {"number": "1.8", "position": 8}, {"number": "1.9", "position": 9, "text": "x"}, None, "The seed gave the action another number: it is 1.9 now. It was 1.8 until then. The seed changed the wording."),
    ("Ann", "objective", "seeded", {"number": "1"}, {"number": "2"}, None, "The seed gave the objective another number: it is 2 now. It was 1 until then."),
    ("Ann", "action", "seeded", {"first_on": "2027-03-30"}, {"first_on": "2027-03-31"}, None, "The seed changed the date."),
    ("Jane", "action", "date-moved", NO_DATE, {**NO_DATE, "by_when": "when funded", "reason": "As printed"}, None, "Jane changed the words of the date from “” to “when funded”: As printed."),
    ("Jane", "action", "date-moved", APRIL, {**APRIL, "by_when": "8 April 2021", **UNDO}, None, "Jane undid a change of the words of the date from “08/04/2021” to “8 April 2021”: mistyped."),
    ("Lucy", "update", "posted", {}, {"text": "x", "rating": "A"}, "Lucy", "Lucy posted an update: at risk."),
    ("Lucy", "update", "posted", {}, {"text": "x"}, "Lucy", "Lucy posted an update."),
    ("Lucy", "update", "posted", {}, {"no_change": True}, "Lucy", "Lucy posted an update: no change."),
    (
        "Lucy", "update", "posted", {}, {"claim": "delivered", "rating": "G"}, "Lucy",
        "Lucy posted an update: on track, delivered.",
    ),
    (
        "NELFT via Rio", "update", "posted", {}, {"rating": "R"}, "NELFT",
        "NELFT via Rio posted an update: off track.",
    ),
    (
        "Ann", "update", "posted", {}, {"entered_by_name": "Ann", "rating": "A"}, "Lucy",
        "Ann entered an update for Lucy: at risk.",
    ),
    ("Jane", "update", "acknowledged", {}, {"acknowledgement": "x"}, "Lucy", "Jane acknowledged Lucy's update."),
    ("Jane", "update", "acknowledged", {}, {"by_update": "x"}, "Lucy", "Jane answered Lucy's update by rating anew."),
    (
        "Jane", "update", "returned", {}, {"question": "By whom?"}, "Lucy",
        "Jane returned Lucy's update with a question: By whom?",
    ),
    ("Jane", "update", "waiting", {}, UNDO, "Lucy", "Jane let Lucy's update wait again: mistyped."),
    (
        "Ann", "update", "withdrawn", {}, {"reason": "posted on the wrong action"}, "Lucy",
        "Ann withdrew Lucy's update: posted on the wrong action.",
    ),
    ("Lucy", "update", "withdrawn", {}, {"reason": "Wrong."}, "Lucy", "Lucy withdrew their own update: Wrong."),
    (
        "Ann", "update", "redacted", {}, {"reason": "It named a family"}, "Lucy",
        "Ann removed words from Lucy's update: It named a family.",
    ),
    ("Ann", "action", "redacted", {}, {"reason": "A name."}, None, "Ann removed words from the action: A name."),
    (
        "Ann", "plan", "redacted", {}, {"reason": "A name."}, None,
        "Ann removed words from the plan's settings and objectives: A name.",
    ),
    ("Ann", "objective", "redacted", {}, {"reason": "A name."}, None, "Ann removed words from the objective: A name."),
    (
        "Ann", "person", "contact-erased", {}, {"name": "Lucy", "reason": "By letter"}, None,
        "Ann erased the contact details of Lucy: By letter.",
    ),
    ("Jane", "action", "status-changed", {}, ON_HOLD, None, "Jane set the status to On hold: no funding."),
    (
        "Lucy", "action", "status-changed", {}, {"status": "in_progress", "update": "x"}, None,
        "Lucy set the status to In progress by posting an update.",
    ),
    (
        "Jane", "action", "status-changed", {}, {**ON_HOLD, **UNDO}, None,
        "Jane undid a change of status, back to On hold: mistyped.",
    ),
    ("Ann", "action", "signed-off", {}, {"status": "complete"}, None, "Ann signed the action off as complete."),
    (
        "Jane", "action", "date-moved", JULY, {**SPRING, "reason": "waiting for the audit"}, None,
        "Jane moved the date from July 2021 to Spring 2022: waiting for the audit.",
    ),
    (
        "Jane", "action", "date-moved", NO_DATE, {**APRIL, "reason": "Agreed!"}, None,
        "Jane moved the date from no date to 8 April 2021: Agreed!",
    ),
    (
        "Jane", "action", "date-moved", SPRING, {**JULY, "undone": 7, "reason": "Undone."}, None,
        "Jane undid a move of the date, from Spring 2022 back to July 2021.",
    ),
    ("Pippa", "action", "reworded", {}, {"text": "x"}, None, "Pippa reworded the action."),
    ("Pippa", "action", "reworded", {}, {"text": "x", **UNDO}, None, "Pippa undid a rewording of the action: mistyped."),
    ("Ann", "action", "seeded", {}, {"text": "x", "date": []}, None, "The seed changed the wording and the date."),
    (
        "Ann", "objective", "seeded", {}, {"lead_id": 1, "lead_printed": "x", "short_title": "y"}, None,
        "The seed changed the lead officer and the short title.",
    ),
    ("command line", "action", "created", {}, {"text": "x"}, None, "The command line added the action."),
    ("Ann", "objective", "created", {}, {"position": 3, "text": "x"}, None, "Ann added objective 3."),
    ("Ann", "account", "bound", {"oidc_subject": None}, {"oidc_subject": "x|y"}, None,
     "Ann signed in through their agency's directory for the first time."),
    ("Ann", "account", "created", {}, {"name": "Lucy", "email": "x"}, None, "Ann added the account Lucy."),
    ("Ann", "account", "invited", {}, {"name": "Lucy"}, None, "Ann invited Lucy."),
    ("Ann", "account", "invited-again", {}, {"name": "Lucy"}, None, "Ann sent Lucy the invitation again."),
    (
        "Ann", "account", "role-changed", {"role": "contributor"}, {"role": "lead_officer", "name": "Lucy"}, None,
        "Ann changed the role of Lucy from contributor to lead officer.",
    ),
    (
        "Ann", "account", "role-changed", {"role": "admin"}, {"role": "viewer", "name": "Lucy"}, None,
        "Ann changed the role of Lucy from administrator to viewer.",
    ),
    ("Ann", "account", "disabled", {"disabled_at": None}, {"name": "Lucy"}, None, "Ann ended the account of Lucy."),
    ("Ann", "account", "enabled", {"disabled_at": "x"}, {"name": "Lucy"}, None, "Ann opened the account of Lucy again."),
    ("Ann", "account", "changed", {"name": "Lu"}, {"name": "Lucy"}, None, "Ann changed the account Lucy."),
    ("Ann", "account", "email-changed", {}, {"name": "Lucy"}, None, "Ann changed Lucy's e-mail address."),
    ("Lucy", "account", "email-changed", {}, {"name": "Lucy"}, None, "Lucy changed their own e-mail address."),
    ("Ann", "partner_token", "revoked", {}, {"revoked_at": "x"}, None, "Ann revoked the token."),
    ("Ann", "named_group", "renamed", {"name": "a"}, {"name": "all"}, None, "Ann renamed the group all."),
    ("Ann", "person", "changed", {"name": "Jo", "post": "x"}, {"name": "Jo", "post": None}, None, "Ann changed the post of Jo."),
    (
        "Ann", "agency", "changed", {"name": "CCG", "aliases": []}, {"name": "ICB", "aliases": ["CCG"]}, None,
        "Ann renamed CCG to ICB.",
    ),
    (
        "Ann", "agency", "succeeded", {"name": "CCG"},
        {"name": "CCG", "ended_on": "2022-07-01", "successor": "ICB", "reason": "by law"}, None,
        "Ann recorded that CCG became ICB on 1 July 2022: by law.",
    ),
    ("Ann", "agency", "succeeded", {"name": "CCG"}, {"name": "CCG", "successor": "ICB"}, None, "Ann recorded that CCG became ICB."),
    (
        "Ann", "action", "agency-succeeded", {}, {"from": "CCG", "to": "ICB"}, None,
        "Ann put ICB in the place of CCG, which it succeeds.",
    ),
    ("Ann", "account", "signed-out", {}, {"reason": "left"}, None, "Ann signed out the account: left."),
    ("Lucy", "account", "password-changed", {}, {"of": "Lucy"}, None, "Lucy changed their own password."),
    ("Lucy", "account", "factor-added", {}, {"of": "Lucy"}, None, "Lucy set up a second factor."),
    ("Ann", "account", "factor-removed", {}, {"of": "Lucy"}, None, "Ann removed Lucy's second factor."),
    ("Lucy", "account", "factor-removed", {}, {"of": "Lucy"}, None, "Lucy removed their own second factor."),
    ("Lucy", "account", "passkey-added", {}, {"of": "Lucy", "passkey": "Pixel"}, None, "Lucy added a passkey, Pixel."),
    (
        "Lucy", "account", "passkey-removed", {"passkey": "Pixel"}, {"of": "Lucy", "passkey": None}, None,
        "Lucy removed a passkey, Pixel.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("by", "kind", "verb", "before", "after", "author", "sentence"), CASES)
def test_sentence(
    by: str, kind: str, verb: str, before: dict[str, Any], after: dict[str, Any], author: str | None, sentence: str
) -> None:
    assert (
        say(ShownEntry(an_entry(by=by, object_type=kind, verb=verb, before=before, after=after), author, WORDS))
        == sentence
    )


@pytest.mark.parametrize(
    ("verb", "after", "sentence"),
    [
        ("posted", {"text": None, "rating": None, "claim": None}, "Lucy posted an update, withdrawn since."),
        ("returned", {"question": None}, "Lucy returned somebody's update with a question."),
    ],
)
def test_a_hidden_update_says_nothing_of_its_words(verb: str, after: dict[str, Any], sentence: str) -> None:
    assert (
        say(ShownEntry(an_entry(by="Lucy", object_type="update", verb=verb, after=after), None, WORDS, hidden=True))
        == sentence
    )
