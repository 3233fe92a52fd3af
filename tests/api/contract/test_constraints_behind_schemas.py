"""What the database refuses, a schema or a use case has refused before: with a sentence, and never as a fault of ours (API 5.3).

Each constraint of the database is named here: with bodies that would break it and that their schema refuses, or with why no body
can. A new constraint without a line fails by its name.
"""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from api.models import Base
from api.schemas.accounts import accounts, factors, partners
from api.schemas.people import agencies, people
from api.schemas.plan import actions, plan_settings, structure, updates
from tests.client import PLAN, Api, problem
from tests.unit.schema_walk import every_field

BLANK = "\u2800 \u200b"
LINK = {"title": "Minutes", "url": "https://example.org/"}
ID = "01930000-0000-7000-8000-000000000000"
UNTIL = {"name": "x", "agency": ID, "scopes": ["plan:read"]}
KEY = [{"letter": letter, "word": "x", "meaning": ""} for letter in "RAGB"]
Bodies = list[tuple[type[Schema], dict[str, Any]]]


def blank(member: str, *schemas: type[Schema]) -> Bodies:
    return [(schema, {member: BLANK}) for schema in schemas]


OURS = "only values that the code itself writes get there"
BY_A_RULE = "domain.periods says why before anything is written: tests/integration/plan/test_days_at_every_door.py"
TAKEN = "the use case asks for it under a lock: 409"
NUMBERS = "the numbers of a plan are held while they move, and are compared at the commit"
OF_THE_FILE = "a seed file is held to seed/plan.schema.json, and its keys and numbers are each given once"
RANDOM = "random, or a hash of something random"

CONSTRAINTS: dict[str, Bodies | str] = {
    "ck_account_email_form": [(accounts.InvitationIn, {"email": each}) for each in ("x", "@x.org", "a\0@x.org")],
    "ck_account_link_email_with_address": OURS,
    "ck_account_link_kind": OURS,
    "ck_account_link_secret_hash": RANDOM,
    "ck_account_role": [(accounts.InvitationIn, {"role": "owner"}), (accounts.AccountPatch, {"role": None})],
    "ck_account_totp_whole": OURS,
    "ck_action_days": BY_A_RULE,
    "ck_action_kind": [(actions.DateIn, {"kind": "soon"}), (structure.NewByWhenIn, {"kind": "soon"})],
    "ck_action_period": BY_A_RULE,
    "ck_action_position_range": [(structure.ActionIn, {"position": each}) for each in (0, 10_000)],
    "ck_action_removed_has_no_number": OURS,
    "ck_action_status": [(actions.ActionPatch, {"reason": "x", "status": "done"})],
    "ck_action_status_reason": [(actions.ActionPatch, {"status": "on_hold"})],
    "ck_action_text_not_blank": blank("text", structure.ActionIn, actions.ActionPatch),
    "ck_action_updates_count": OURS,
    "ck_agency_kind": [(agencies.AgencyIn, {"name": "x", "kind": "circus"})],
    "ck_agency_name_not_blank": blank("name", agencies.AgencyIn, agencies.AgencyPatch, agencies.NewAgencyIn),
    "ck_agency_not_its_own": "the use case says that an agency is no part of itself: 422",
    "ck_challenge_purpose": OURS,
    "ck_date_entry_kind": [(actions.DateIn, {"kind": "soon"})],
    "ck_date_entry_moved_with_reason": [(actions.DateIn, {"kind": "ongoing"})],
    "ck_date_entry_period": BY_A_RULE,
    "ck_directory_revision_one_row": OURS,
    "ck_directory_revision_value": OURS,
    "ck_journal_one_revision": OURS,
    "ck_journal_plan_with_revision": OURS,
    "ck_named_group_name_not_blank": blank("name", agencies.NamedGroupIn),
    "ck_objective_lead_with_printed": "the use case prints the lead's name where no words are given, and none without a lead",
    "ck_objective_position_range": [(structure.ObjectiveIn, {"text": "x", "position": each}) for each in (0, 10_000)],
    "ck_objective_removed_has_no_number": OURS,
    "ck_objective_text_not_blank": blank("text", structure.ObjectiveIn, structure.ObjectivePatch),
    "ck_partner_token_expires_within_a_year": [(partners.PartnerTokenIn, {**UNTIL, "days": 367})],
    "ck_partner_token_has_scopes": [(partners.PartnerTokenIn, {**UNTIL, "scopes": []})],
    "ck_partner_token_name_not_blank": blank("name", partners.PartnerTokenIn),
    "ck_partner_token_scopes": [(partners.PartnerTokenIn, {**UNTIL, "scopes": ["all"]})],
    "ck_session_transport": OURS,
    "ck_partner_token_secret_hash": RANDOM,
    "ck_passkey_name_not_blank": blank("name", factors.NewPasskeyIn),
    "ck_people_apart_in_order": OURS,
    "ck_person_email_form": [(people.PersonIn, {"name": "x", "email": each}) for each in ("x", "@x.org", "a\0@x.org")],
    "ck_person_merge_two": "the use case says to choose another person: 422",
    "ck_person_merge_undone_whole": OURS,
    "ck_person_name_not_blank": blank("name", people.PersonIn, people.PersonPatch),
    "ck_person_not_into_itself": "the use case says to choose another person: 422",
    "ck_place_name_not_blank": [(structure.ActionIn, {"objective": ID, "text": "x", "places": [{"person": ID, "name": BLANK}]})],
    "ck_place_one_of_three": [(structure.ActionIn, {"objective": ID, "text": "x", "places": [{"person": ID, "agency": ID}]})],
    "ck_plan_days": BY_A_RULE,
    "ck_plan_ends_after_start": BY_A_RULE,
    "ck_plan_revision_value": OURS,
    "ck_plan_slug_form": OF_THE_FILE,
    "ck_plan_starts_in_order": BY_A_RULE,
    "ck_plan_starts_whole": BY_A_RULE,
    "ck_plan_title_not_blank": blank("title", plan_settings.PlanPatch),
    "ck_plan_update_every_days_range": [(plan_settings.PlanPatch, {"update_every_days": each}) for each in (0, 3661)],
    "ck_progress_update_acknowledged_when": OURS,
    "ck_progress_update_acknowledgement": [(updates.AcknowledgementIn, {"state": "seen"})],
    "ck_progress_update_claim": [(updates.UpdateIn, {"text": "x", "claim": "complete"})],
    "ck_progress_update_evidence": [
        (updates.UpdateIn, {"text": "x", "evidence": [LINK] * 11}),
        (updates.CorrectionIn, {"evidence": [LINK] * 11}),
        (actions.SignOffIn, {"evidence": [LINK] * 11}),
    ],
    "ck_progress_update_impact_length": [
        (updates.UpdateIn, {"text": "x", "impact": "x" * 2001}),
        (updates.CorrectionIn, {"impact": "x" * 2001}),
        (actions.SignOffIn, {"impact": "x" * 2001}),
    ],
    "ck_progress_update_next_step_length": [
        (updates.UpdateIn, {"text": "x", "next_step": "x" * 1001}),
        (updates.CorrectionIn, {"next_step": "x" * 1001}),
    ],
    "ck_progress_update_rating": [(updates.UpdateIn, {"text": "x", "rating": "B"})],
    "ck_progress_update_redacted_whole": OURS,
    "ck_progress_update_returned_with_question": [
        (updates.AcknowledgementIn, {"state": "returned"}),
        (updates.AcknowledgementIn, {"state": "acknowledged", "question": "x"}),
    ],
    "ck_progress_update_text_length": [
        (schema, {"text": text})
        for schema in (updates.UpdateIn, updates.CorrectionIn, actions.SignOffIn)
        for text in (BLANK, "x" * 4001)
    ],
    "ck_progress_update_via_a_partner": OURS,
    "ck_progress_update_withdrawn_whole": [(updates.WithdrawalIn, {"reason": BLANK})],
    "ck_recovery_code_code_hash": RANDOM,
    "ck_seed_key_one_of_its_kind": OF_THE_FILE,
    "ck_session_method": OURS,
    "ck_sign_in_guess_guesses": OURS,
    "ck_sign_in_guess_key": RANDOM,
    "ck_update_wording_position": OURS,
    "uq_account_email": TAKEN,
    "uq_account_link_secret_hash": RANDOM,
    "uq_account_oidc_subject": "bound where the row is locked; a subject is at most 255 characters: test_directory_sign_in.py",
    "uq_account_person_id": TAKEN,
    "uq_action_objective_id_position": NUMBERS,
    "uq_action_plan_id_seeded_number": OF_THE_FILE,
    "uq_agency_external_id": OF_THE_FILE,
    "uq_date_entry_action_id_position": OURS,
    "uq_named_group_external_id": OF_THE_FILE,
    "uq_objective_id_plan_id": OURS,
    "uq_objective_plan_id_position": NUMBERS,
    "uq_objective_plan_id_seeded_number": OF_THE_FILE,
    "uq_passkey_credential_id": TAKEN,
    "uq_person_external_id": OF_THE_FILE,
    "uq_place_action_id_agency_id": "the use case names who is there twice: 422",
    "uq_place_action_id_group_id": "the use case names who is there twice: 422",
    "uq_place_action_id_person_id": "the use case names who is there twice: 422",
    "uq_place_action_id_position": OURS,
    "uq_plan_slug": OF_THE_FILE,
    "uq_session_refresh_id": RANDOM,
    "uq_update_wording_update_id_position": OURS,
}  # fmt: skip

# Members that may be null, and the column that is then; those that stand for no column of their own say so.
EMPTIED = {
    "AddedPersonIn.agency": "person.agency_id",
    "AddedPersonIn.post": "person.post",
    "AgencyIn.kind": "agency.kind",
    "AgencyIn.parent": "agency.parent_id",
    "AgencyPatch.ended_on": "agency.ended_on",
    "AgencyPatch.kind": "agency.kind",
    "AgencyPatch.parent": "agency.parent_id",
    "AccountPatch.person": "account.person_id",
    "AssertionIn.userHandle": "",
    "CorrectionIn.impact": "progress_update.impact",
    "CorrectionIn.next_step": "progress_update.next_step",
    "ItemIn.to": "objective.lead_id",
    "NoteIn.whom": "",
    "ObjectivePatch.lead": "objective.lead_id",
    "ObjectivePatch.lead_printed": "objective.lead_printed",
    "ObjectivePatch.short_title": "objective.short_title",
    "OwnerPatch.person": "plan.owner_id",
    "PersonIn.agency": "person.agency_id",
    "PersonIn.email": "person.email",
    "PersonIn.left_on": "person.left_on",
    "PersonIn.post": "person.post",
    "PersonPatch.agency": "person.agency_id",
    "PersonPatch.email": "person.email",
    "PersonPatch.left_on": "person.left_on",
    "PersonPatch.post": "person.post",
    "NamedIn.qualifier": "place.qualifier",
    "PlanPatch.ends_on": "plan.ends_on",
    "PlanPatch.next_review_on": "plan.next_review_on",
    "PlanPatch.priority": "plan.priority",
    "PlanPatch.review_dates": "plan.review_dates",
    "PlanPatch.service_team": "plan.service_team",
    "PlanPatch.summary": "plan.summary",
    "StartsPatch.first": "plan.starts_from",
    "StartsPatch.last": "plan.starts_to",
    "TermIn.long": "",
    "TermIn.note": "",
}


def test_every_constraint_of_the_database_is_named_here(still: Api) -> None:
    found = still.sql(
        "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE contype IN ('c', 'u', 'x') AND n.nspname = 'public'"
    )
    there = {name for (name,) in found}
    assert (sorted(there - CONSTRAINTS.keys()), sorted(CONSTRAINTS.keys() - there)) == ([], [])


@pytest.mark.parametrize("name", [name for name, rule in CONSTRAINTS.items() if not isinstance(rule, str)])
def test_its_schema_refuses_what_it_would(name: str) -> None:
    rule = CONSTRAINTS[name]
    assert not isinstance(rule, str)
    assert rule
    for schema, body in rule:
        with pytest.raises(ValidationError) as caught:
            schema().load(body)
        # What is wrong is the member that would break it, not another that is missing.
        member = next(reversed(body))
        assert caught.value.messages_dict.keys() & {member, "reason", "question"}, f"{name}: {schema.__name__}"


def test_what_may_be_null_may_be_so_in_the_database() -> None:
    nullable = {str(column): column.nullable for table in Base.metadata.sorted_tables for column in table.columns}
    found = {name for name, field in every_field() if field.allow_none and not name.endswith("Query")}
    assert (sorted(found - EMPTIED.keys()), sorted(EMPTIED.keys() - found)) == ([], [])
    assert {column for column in EMPTIED.values() if column and not nullable[column]} == set()


def test_every_list_has_an_end() -> None:
    endless = [
        name
        for name, field in every_field()
        if isinstance(field, fields.List)
        and not any(getattr(each, "max", None) or getattr(each, "equal", None) for each in field.validators)
    ]
    assert endless == []


@pytest.mark.parametrize("count", [10, 11])
def test_ten_links_are_taken_at_sign_off_and_eleven_are_not(api: Api, count: int) -> None:
    api.as_("lucy").say("3.4", "Done.", claim="delivered")
    answer = api.as_("admin").post(f"{api.action('3.4')}/sign-off", {"evidence": [LINK] * count})
    if count == 10:
        assert answer.status_code == 200, answer.text
    else:
        assert problem(answer) == (422, "validation-failed")
        assert [each["pointer"] for each in answer.json["errors"]] == ["/evidence"]


def test_the_longest_that_is_taken_fits_its_column(api: Api) -> None:
    """Each text at its very length, in letters of four bytes: what the index and the column take in bytes, too."""
    longest = "𝟘"
    admin = api.as_("admin")
    person = {
        "name": longest * 200,
        "post": longest * 200,
        "aliases": [longest * 199 + letter for letter in "abcdefghij" * 2][:10],
    }
    assert admin.post("/people", person).status_code == 201
    assert admin.post("/groups", {"name": longest * 200}).status_code == 201
    assert admin.post("/agencies", {"name": longest * 200, "short_name": longest * 60}).status_code == 201
    said = {"text": longest * 4000, "next_step": longest * 1000, "impact": longest * 2000}
    assert admin.post(f"{api.action('3.4')}/updates", said).status_code == 201
    assert admin.patch(PLAN, {"summary": longest * 4000}, headers=admin.etag(PLAN)).status_code == 200
