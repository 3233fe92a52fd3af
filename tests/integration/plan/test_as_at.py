"""A plan's life, lived day by day: what is answered later is what was answered that evening (API 7.2)."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.client import Api
from tests.conftest import Databases, Seeded, api_over
from tests.factories import numbered, seed_document
from tests.integration.diary import Diary

Json = dict[str, Any]


def act(document: Json, number: str) -> Json:
    found: Json = next(a for o in document["objectives"] for a in o["actions"] if a["number"] == number)
    return found


def another_edition() -> Json:
    """The plan's file with something changed in every part of it."""
    document = seed_document()
    document["title"] = "The plan, second edition"
    document["ends_on"] = "2028-03-31"
    document["update_every_days"] = 30
    document["rating_key"][1]["word"] = "Wobbly"
    document["glossary"][0] = {"short": "CIN", "long": "Child in need", "note": "Section 17."}
    document["objectives"][2]["lead"] = {"person": "kate-dempsey", "printed": "Kate Dempsey"}
    document["objectives"][3]["text"] = "Other words of an objective."
    act(document, "1.2")["text"] += " In other words."
    act(document, "2.5")["by_when"] = {"printed": "2023", "kind": "year", "from": "2023-01-01", "to": "2023-12-31"}
    act(document, "2.4")["by_when"] = {"printed": "2022", "kind": "year", "from": "2022-01-01", "to": "2022-12-31"}
    places = [{"person": "kate-dempsey"}, {"person": "helen-harding"}]
    act(document, "5.4")["by_whom"] = {"printed": "Kate Dempsey and Helen Harding", "named": places}
    act(document, "3.1")["by_whom"]["named"].reverse()
    act(document, "6.1")["status"] = "delivered"
    document["objectives"][5]["actions"].append({**act(document, "6.6"), "number": "6.7", "text": "One more."})
    people = {person["key"]: person for person in document["people"]}
    people["lucy-goodfellow"] |= {"agency": "nelft", "post": "Named nurse"}
    # A row put in, two objectives that changed places, and an action that went to another.
    three, four = document["objectives"][2:4]
    three["actions"].insert(1, {**act(document, "5.1"), "text": "Put in before the others, in words of its own."})
    four["actions"].append(three["actions"].pop())
    document["objectives"][2:4] = [four, three]
    return numbered(document)


def live(diary: Diary) -> None:
    """Three weeks, and then a quarter, of a plan's life."""
    api = diary.api
    jane, lucy, admin = api.as_("jane"), api.as_("lucy"), api.as_("admin")
    first = jane.say("3.4", "The data set is agreed.", rating="G")
    waiting = lucy.say("3.4", "Not by all of us.", rating="A")
    diary.sleep()
    diary.answer(waiting, "returned")
    api.as_("pippa").say("1.1", "Started.")
    api.as_("pippa").set_status("1.1", "on_hold", "Waiting for the new manager.")
    diary.sleep()
    jane.say("3.4", "All agreed now.", rating="G")
    admin.say("1.1", "Done all the same.", claim="delivered", impact="Much.")
    diary.sleep()
    diary.move_date("2.4", kind="season", printed="Spring 2027")
    diary.reword("3.4", "Agree one data set.")
    diary.sleep()
    diary.move_date("2.4", kind="date", **{"from": "2027-01-31"})
    diary.move_date("3.6", kind="ongoing")
    answered = lucy.say("3.5", "We are two.", rating="R")
    diary.sleep()
    diary.answer(answered, "acknowledged")
    assert diary.withdraw(first) == 200
    wrong = lucy.say("3.4", "Words that nobody should read.", rating="R")
    diary.sleep(3)
    diary.withdraw(wrong)
    jane.say("3.5", "Rated anew.", rating="A")
    diary.sleep()
    diary.seed(another_edition())
    diary.sleep()
    diary.edit_directory("person", api.person("Jane Carroll"), name="Adele Carroll", post="Director")
    diary.edit_directory("person", api.person("Robert South"), name="Rob South")
    diary.edit_directory(
        "agency", api.one("SELECT id::text FROM agency ORDER BY name LIMIT 1"), name="Z", short_name="Zed"
    )
    diary.edit_directory(
        "named_group", api.one("SELECT id::text FROM named_group ORDER BY name LIMIT 1"), name="Zebras"
    )
    diary.sleep()
    diary.seed(seed_document())
    assert api.as_("second admin").post(f"{api.action('1.1')}/sign-off", {}).status_code == 200
    diary.sleep()
    api.as_("pippa").set_status("1.1", "in_progress", "There is more to do.")
    admin.say("1.2", "For somebody.", rating="G", on_behalf_of=api.person("Gloria Okewale"))
    diary.sleep()
    api.as_("pippa").set_status("1.2", "withdrawn", "Not ours any more.")
    api.partner("NELFT")
    diary.sleep(93)
    jane.say("3.4", "A quarter later.", rating="G")
    diary.sleep()


def test_every_evening_is_told_again_as_it_was(api: Api) -> None:
    """The same bytes, but for one member: the words of an update that was withdrawn since are empty."""
    diary = Diary(api)
    live(diary)
    diary.check()
    assert len(diary.evenings) == 13


NUMBERS = ["1.1", "2.4", "3.4", "3.5", "4.1"]
LETTERS = [None, "R", "A", "G"]
STATUSES = ["on_hold", "in_progress", "delivered", "not_started", "carried_forward"]
DATES = [{"kind": "season", "printed": "Spring 2027"}, {"kind": "ongoing"}, {"kind": "date", "from": "2026-12-01"}]
ACTS = st.tuples(
    st.sampled_from(
        [
            "post",
            "post",
            "claim",
            "answer",
            "withdraw",
            "status",
            "date",
            "reword",
            "seed",
            "name",
            "undo",
            "undo",
            "sleep",
        ]
    ),
    st.sampled_from(NUMBERS),
    st.integers(0, 11),
)


def do(diary: Diary, kind: str, number: str, turn: int, posted: list[Json]) -> None:
    """Something that somebody does; what the plan's rules refuse changes nothing."""
    admin = diary.api.as_("admin")
    path = diary.api.action(number)
    diary.api.clock.move(minutes=1)
    if kind in {"post", "claim"}:
        rating = LETTERS[turn % 4]
        body = {"text": f"Words {turn}.", **({"rating": rating} if rating else {})}
        body |= {"claim": "delivered"} if kind == "claim" else {}
        who = ["admin", "lucy", "jane"][turn % 3]
        answer = diary.api.as_(who).post(f"{path}/updates", body)
        posted.extend([answer.json] if answer.status_code == 201 else [])
    elif kind in {"answer", "withdraw"} and posted:
        update = posted[-1 - turn % len(posted)]
        diary.withdraw(update) if kind == "withdraw" else diary.answer(update, ["acknowledged", "returned"][turn % 2])
    elif kind == "status":
        admin.set_status(number, STATUSES[turn % 5])
    elif kind == "date":
        diary.move_date(number, **DATES[turn % 3])
    elif kind == "reword":
        diary.reword(number, f"Wording {turn}.")
    elif kind == "seed":
        diary.seed([seed_document, another_edition][turn % 2]())
    elif kind == "undo":
        diary.undo(turn)
    elif kind == "name":
        diary.edit_directory("person", diary.api.person("Lucy Goodfellow"), name=f"{'ALZ'[turn % 3]} Goodfellow")
    elif kind == "sleep":
        diary.sleep(1 + turn // 6 * 40)


# A failure is told as it was found: to shorten one costs minutes of databases.
@settings(max_examples=8, deadline=None, phases=[Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, min_size=8, max_size=30))
def test_whatever_happens_each_evening_is_told_again(
    databases: Databases, seeded: Seeded, acts: list[tuple[str, str, int]]
) -> None:
    with api_over(databases, seeded) as api:
        diary, posted = Diary(api), list[Json]()
        for kind, number, turn in acts:
            do(diary, kind, number, turn, posted)
        diary.sleep()
        diary.check()
