"""Who I am, what I lead, am on and owe."""

from tests.client import Api


def test_me_as_a_contributor_is_on_and_owes_the_same_actions(still: Api) -> None:
    (plan,) = still.as_("lucy").read("/me")["plans"]
    named = [still.seeded.actions[number] for number in ("1.8", "3.4", "3.5", "6.3")]
    assert (plan["leads"], plan["on"], plan["owed"]) == ([], named, named)


def test_me_as_a_lead_officer_owes_those_of_the_objective_past_date_first(still: Api) -> None:
    (plan,) = still.as_("jane").read("/me")["plans"]
    numbers = {action: number for number, action in still.seeded.actions.items()}
    assert plan["leads"] == [3]
    assert [numbers[action] for action in plan["owed"]] == [
        "3.6",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "3.5",
        "3.7",
        "3.8",
        "4.6",
    ]


def test_me_as_a_viewer_owes_nothing(still: Api) -> None:
    plans = still.as_("robert").read("/me")["plans"]
    assert [(plan["owed"], plan["on"]) for plan in plans] == [([], [])]


def test_me_as_admin_may_seed_and_has_four_actions_to_sign_off(still: Api) -> None:
    me = still.as_("admin").read("/me")
    assert (me["may"], me["plans"][0]["may"]) == (["seed"], ["add_action", "edit_objectives", "edit_plan"])
    assert len(me["plans"][0]["to_sign_off"]) == 4


def test_me_says_what_waits_for_the_lead_officer(api: Api) -> None:
    api.as_("lucy").say("3.4")
    assert api.as_("jane").read("/me")["plans"][0]["to_acknowledge"] == [api.seeded.actions["3.4"]]
    assert api.as_("gordon").read("/me")["plans"][0]["to_acknowledge"] == []


def test_me_names_the_person_with_agency(still: Api) -> None:
    person = still.as_("jane").read("/me")["person"]
    assert (person["name"], person["agency"]["short_name"]) == ("Jane Carroll", "LB Havering")


def test_me_of_an_account_without_a_person(still: Api) -> None:
    assert still.as_("stranger").read("/me")["person"] is None
