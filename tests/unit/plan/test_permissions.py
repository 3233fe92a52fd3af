"""Who may do what with one action: every rule, for every relation between the actor and the action (API 10)."""

import pytest

from api.domain.plan.abilities import abilities
from api.domain.plan.permissions import (
    ActionFacts,
    Actor,
    Role,
    may_claim_delivered,
    may_lead,
    may_post_on_behalf,
    may_post_update,
    may_sign_off,
)
from api.domain.plan.status import OPEN, Status
from tests.factories import LEAD, OFF, ON, actor, facts, number_id

RELATIONS: dict[str, Actor] = {
    "admin": actor(Role.ADMIN),
    "lead": actor(Role.LEAD_OFFICER, LEAD),
    "lead of another": actor(Role.LEAD_OFFICER, OFF),
    "lead of another, named": actor(Role.LEAD_OFFICER, ON),
    "lead without a person": actor(Role.LEAD_OFFICER),
    "contributor named": actor(Role.CONTRIBUTOR, ON),
    "contributor not named": actor(Role.CONTRIBUTOR, OFF),
    "contributor without a person": actor(Role.CONTRIBUTOR),
    "contributor who is the lead person": actor(Role.CONTRIBUTOR, LEAD),
    "viewer": actor(Role.VIEWER, OFF),
    "viewer named": actor(Role.VIEWER, ON),
    "viewer who is the lead person": actor(Role.VIEWER, LEAD),
}

POSTS = {"admin", "lead", "lead of another, named", "contributor named"}
LEADS = {"admin", "lead"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_may_post_update(relation: str) -> None:
    assert (may_post_update(RELATIONS[relation], facts()) is None) is (relation in POSTS)


@pytest.mark.parametrize("relation", RELATIONS)
def test_may_claim_delivered(relation: str) -> None:
    assert (may_claim_delivered(RELATIONS[relation], facts()) is None) is (relation in POSTS)


@pytest.mark.parametrize("relation", RELATIONS)
def test_may_lead(relation: str) -> None:
    assert (may_lead(RELATIONS[relation], facts()) is None) is (relation in LEADS)


@pytest.mark.parametrize("relation", RELATIONS)
def test_may_post_on_behalf(relation: str) -> None:
    assert (may_post_on_behalf(RELATIONS[relation], facts()) is None) is (relation == "admin")


@pytest.mark.parametrize("status", Status)
def test_only_what_is_open_can_be_claimed(status: Status) -> None:
    assert (may_claim_delivered(RELATIONS["admin"], facts(status)) is None) is (status in OPEN)


SIGN_OFF: dict[str, tuple[str, ActionFacts, bool]] = {
    # who signs off, what was claimed, whether they may
    "seeded, by the lead": ("lead", facts(), True),
    "seeded, by an admin": ("admin", facts(), True),
    "a contributor's, by the lead": (
        "lead",
        facts(claimed_by_person=number_id(ON), claimed_by_account=number_id(901)),
        True,
    ),
    "a contributor's, by an admin": ("admin", facts(claimed_by_person=number_id(ON)), True),
    "a contributor's, by another lead": ("lead of another", facts(claimed_by_person=number_id(ON)), False),
    "a contributor's, by a contributor": ("contributor named", facts(claimed_by_person=number_id(4)), False),
    "the lead's own, by person": ("lead", facts(claimed_by_person=number_id(LEAD), claimed_by_lead=True), False),
    "the lead's own, by account": ("lead", facts(claimed_by_account=number_id(900)), False),
    "the lead's, by an admin": ("admin", facts(claimed_by_person=number_id(LEAD), claimed_by_lead=True), True),
    "a former lead's, by the lead": ("lead", facts(claimed_by_person=number_id(OFF), claimed_by_lead=True), False),
    "the admin's own": ("admin", facts(claimed_by_account=number_id(900)), False),
    "another admin's, by the admin": ("admin", facts(claimed_by_account=number_id(901), claimed_by_lead=True), True),
}


@pytest.mark.parametrize("name", SIGN_OFF)
def test_may_sign_off(name: str) -> None:
    who, claimed, allowed = SIGN_OFF[name]
    assert (may_sign_off(RELATIONS[who], claimed) is None) is allowed


def test_a_claim_by_no_account_is_not_that_of_an_actor_without_one() -> None:
    nobody = Actor(None, "command line", Role.ADMIN)
    assert may_sign_off(nobody, facts()) is None


def test_a_refusal_names_those_who_can_post() -> None:
    refusal = may_post_update(RELATIONS["viewer"], facts())
    assert refusal is not None
    assert refusal.who_can == "Lucy Goodfellow, Zoe Zed and Jane Carroll (lead officer of objective 3)"
    assert refusal.detail == f"You can read action 3.4. {refusal.who_can} can post updates on it."


def test_a_lead_who_is_named_is_said_once() -> None:
    refusal = may_post_update(
        RELATIONS["viewer"], facts(people=((number_id(LEAD), "Jane Carroll"), (number_id(ON), "Lucy")))
    )
    assert refusal is not None
    assert refusal.who_can == "Lucy and Jane Carroll (lead officer of objective 3)"


@pytest.mark.parametrize("people", [(), ((number_id(ON), "Lucy"),)])
def test_where_nobody_leads_an_administrator_can(people: tuple) -> None:
    refusal = may_post_update(RELATIONS["viewer"], facts(lead_id=None, lead_name=None, people=people))
    assert refusal is not None
    assert refusal.who_can == ("Lucy and an administrator" if people else "an administrator")
    assert "an administrator can" in refusal.detail.lower()


def test_nobody_leads_where_there_is_no_lead_even_without_a_person() -> None:
    assert may_lead(RELATIONS["lead without a person"], facts(lead_id=None, lead_name=None)) is not None


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("relation", RELATIONS)
def test_each_verb_is_either_open_or_explained(relation: str, status: Status) -> None:
    may, why_not = abilities(RELATIONS[relation], facts(status), waiting=False)
    assert len(may) + len(why_not) == 12
    assert not set(may) & set(why_not)


@pytest.mark.parametrize(
    ("status", "waiting", "verb", "offered"),
    [
        (Status.IN_PROGRESS, True, "acknowledge", True),
        (Status.IN_PROGRESS, False, "acknowledge", False),
        (Status.DELIVERED, False, "sign_off", True),
        (Status.IN_PROGRESS, False, "sign_off", False),
        (Status.COMPLETE, False, "sign_off", False),
        (Status.WITHDRAWN, False, "move_date", False),
        (Status.DELIVERED, False, "move_date", True),
        (Status.DELIVERED, False, "claim_delivered", False),
        (Status.WITHDRAWN, False, "set_status", True),
        (Status.WITHDRAWN, False, "post_update", True),
    ],
)
def test_a_verb_is_offered_to_the_lead_when_it_makes_sense(
    status: Status, waiting: bool, verb: str, offered: bool
) -> None:
    may, _ = abilities(RELATIONS["lead"], facts(status), waiting=waiting)
    assert (verb in may) is offered
