"""The Havering seed against a second, independent reading of the paper it was made from.

``tests/data/plan-source.txt`` is the text of the published plan. ``read_source`` below puts its table back together and
knows nothing of the seed; the seed has to agree with it word for word.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[3]
SEED_FILE = ROOT / "seed" / "havering-2020-23.json"
SCHEMA_FILE = ROOT / "seed" / "plan.schema.json"
SOURCE_FILE = ROOT / "tests" / "data" / "plan-source.txt"

Json = dict[str, Any]

SEED: Json = json.loads(SEED_FILE.read_text(encoding="utf-8"))
SCHEMA: Json = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


# --- the paper, read again ---------------------------------------------------


@dataclass(frozen=True)
class PaperRow:
    """A row of the paper's table, its halves joined over page breaks."""

    objective: int
    action: str
    by_whom: str
    by_when: str
    progress_update: str


@dataclass(frozen=True)
class Paper:
    header: str
    leads: dict[int, str]
    statements: dict[int, str]
    rows: dict[str, PaperRow]


def read_source(text: str) -> Paper:
    """Column by column: a cell of the paper is every piece printed until the next number."""
    column_titles = "Objective\tNo.\tAction\tBy Whom\tBy When\tProgress Update\n"
    header, *pages = text.split(column_titles)
    lines = [line for page in pages for line in page.split("\n") if line]

    leads: dict[int, str] = {}
    statement_pieces: dict[int, list[str]] = {}
    cell_pieces: dict[str, list[list[str]]] = {}
    objective_of: dict[str, int] = {}
    objective, number = 0, ""
    for line in lines:
        first, printed_number, *cells = line.split("\t")
        banner = re.fullmatch(r"Objective (\d+) \(Lead Officer: (.+)\)", first)
        if banner:
            objective = int(banner[1])
            leads[objective] = banner[2]
            continue
        statement_pieces.setdefault(objective, []).append(first)
        if printed_number:
            number = printed_number
            objective_of[number] = objective
            cell_pieces[number] = [[], [], [], []]
        for pieces, piece in zip(cell_pieces[number], cells, strict=True):
            pieces.append(piece)

    def joined(pieces: list[str]) -> str:
        return " ".join(piece for piece in pieces if piece)

    return Paper(
        header=header,
        leads=leads,
        statements={n: joined(pieces) for n, pieces in statement_pieces.items()},
        rows={
            n: PaperRow(objective_of[n], *(joined(pieces) for pieces in columns)) for n, columns in cell_pieces.items()
        },
    )


PAPER = read_source(SOURCE_FILE.read_text(encoding="utf-8"))


# --- the seed, by name -------------------------------------------------------

PEOPLE: dict[str, Json] = {person["key"]: person for person in SEED["people"]}
GROUPS: dict[str, Json] = {group["key"]: group for group in SEED["groups"]}
AGENCIES: dict[str, Json] = {agency["key"]: agency for agency in SEED["agencies"]}
OBJECTIVES: dict[int, Json] = {objective["number"]: objective for objective in SEED["objectives"]}
ACTIONS: dict[str, Json] = {
    action["number"]: action for objective in SEED["objectives"] for action in objective["actions"]
}

every_action = pytest.mark.parametrize("number", list(PAPER.rows))
every_objective = pytest.mark.parametrize("number", list(PAPER.leads))


def places(number: str) -> list[Json]:
    found: list[Json] = ACTIONS[number]["by_whom"]["named"]
    return found


def people_on(number: str) -> list[str]:
    return [place["person"] for place in places(number) if "person" in place]


def groups_on(number: str) -> list[str]:
    return [place["group"] for place in places(number) if "group" in place]


def printed_name(place: Json) -> str:
    owner = PEOPLE[place["person"]] if "person" in place else GROUPS[place["group"]]
    name: str = place.get("name") or owner["name"]
    return name


def agency_name(person: str) -> str | None:
    key = PEOPLE[person]["agency"]
    name: str | None = None if key is None else AGENCIES[key]["name"]
    return name


def all_notes() -> list[tuple[str, Json]]:
    """Every note with the number of its action; "" for the plan's own."""
    on_actions = [(number, note) for number in ACTIONS for note in ACTIONS[number]["notes"]]
    return on_actions + [("", note) for note in SEED["notes"]]


# --- word for word -----------------------------------------------------------


@every_action
def test_action_has_the_words_of_the_paper(number: str) -> None:
    without_markup = re.sub(r"</?i>", "", PAPER.rows[number].action)
    assert ACTIONS[number]["text"] == without_markup


@every_action
def test_by_whom_is_kept_as_printed(number: str) -> None:
    assert ACTIONS[number]["by_whom"]["printed"] == PAPER.rows[number].by_whom


@every_action
def test_by_when_is_kept_as_printed(number: str) -> None:
    assert ACTIONS[number]["by_when"]["printed"] == PAPER.rows[number].by_when


@every_action
def test_action_stands_under_its_objective(number: str) -> None:
    under = [o["number"] for o in SEED["objectives"] for a in o["actions"] if a["number"] == number]
    assert under == [PAPER.rows[number].objective]


@every_objective
def test_objective_has_the_words_of_the_paper(number: int) -> None:
    assert OBJECTIVES[number]["text"] == PAPER.statements[number]


@every_objective
def test_lead_officer_is_kept_as_printed(number: int) -> None:
    assert OBJECTIVES[number]["lead"]["printed"] == PAPER.leads[number]


def test_every_short_form_of_the_paper_is_in_the_glossary() -> None:
    printed = set(re.findall(r"\b[A-Z][A-Z&]*[A-Z](?=s?\b)", SOURCE_FILE.read_text("utf-8")))
    assert printed == {term["short"] for term in SEED["glossary"]}


def test_actions_are_in_the_order_of_the_paper() -> None:
    assert list(ACTIONS) == list(PAPER.rows)


@pytest.mark.parametrize(
    ("number", "column", "words"),
    [
        ("1.1", "text", "multiple referrals between partner agencies."),
        ("1.7", "text", "new mothers who may be experiencing challenges"),
        ("3.2", "text", "as an alternative to custody, where there is"),
        ("4.4", "text", "programme, updated with an enhanced training"),
        ("4.4", "by_whom", "Trevor Cook, Liz Dunnett / Louise Miller Havering Schools and multi-agency partners"),
        ("4.8", "by_whom", "Louise Dibsdale/ Sedina Lewis Havering Schools and"),
        ("4.10", "text", "any crossover in the EHE cohort"),
        ("5.4", "text", "homelessness, domestic abuse, mental health"),
        ("1.2", "by_whom", "Teresa DeVito (B&D)"),
        ("1.5", "by_whom", "Cleo Lawrence Pippa Ward and Petra Schmidt"),
        ("2.2", "text", "school closures (point 4.2) and updates"),
        ("6.2", "text", "/the-practice-leads-programme/)"),
    ],
)  # fmt: skip
def test_words_that_are_easily_lost(number: str, column: str, words: str) -> None:
    action = ACTIONS[number]
    cell = action["text"] if column == "text" else action["by_whom"]["printed"]
    assert words in cell


def test_objective_2_is_joined_over_the_page_break() -> None:
    assert OBJECTIVES[2]["text"].endswith("to recognise and respond to indicators of persistent neglect.")


def test_no_markup_is_stored() -> None:
    assert not re.search(r"</?[A-Za-z]", SEED_FILE.read_text(encoding="utf-8"))


OWNER_LINE = f"Action Plan Owner: {SEED['owner']['printed']}"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (SEED["heading"], "{}\t"),
        (SEED["title"], "Action Plan Title: {}\tStart Date: September 2020"),
        (SEED["starts"]["printed"], f"Action Plan Title: {SEED['title']}\tStart Date: {{}}"),
        (SEED["owner"]["printed"], "Action Plan Owner: {}\tPriority: High Service/Team: " + SEED["service_team"]),
        (SEED["priority"], f"{OWNER_LINE}\tPriority: {{}} Service/Team: {SEED['service_team']}"),
        (SEED["service_team"], f"{OWNER_LINE}\tPriority: High Service/Team: {{}}"),
        (SEED["partnership"], "{}"),
        (SEED["name"], "{}"),
    ],
    ids=["heading", "title", "starts", "owner", "priority", "service_team", "partnership", "name"],
)  # fmt: skip
def test_header_is_kept_as_printed(value: str, line: str) -> None:
    assert line.format(value) in PAPER.header.split("\n")


@pytest.mark.parametrize(
    ("member", "printed"),
    [
        ("review_dates", "Review date(s)\t\n"),
        ("next_review_on", "Next Review Date:\t\n"),
        ("summary", "Summary of the overall Strategic Plan:\t\n•\t\n"),
    ],
)
def test_header_cell_printed_empty_is_null(member: str, printed: str) -> None:
    assert (SEED[member], printed in PAPER.header) == (None, True)


def test_no_end_date_is_made_up() -> None:
    assert SEED["ends_on"] is None


def test_start_is_the_whole_of_september() -> None:
    assert (SEED["starts"]["from"], SEED["starts"]["to"]) == ("2020-09-01", "2020-09-30")


# --- the counts --------------------------------------------------------------

COUNTS: dict[str, tuple[Callable[[], object], object]] = {
    "objectives": (lambda: len(SEED["objectives"]), 6),
    "actions": (lambda: len(ACTIONS), 42),
    "actions of each objective": (
        lambda: [len(o["actions"]) for o in SEED["objectives"]],
        [8, 5, 8, 10, 5, 6],
    ),
    "by when, as printed": (
        lambda: Counter(a["by_when"]["printed"] for a in ACTIONS.values()),
        {
            "": 16,
            "Ongoing": 16,
            "TBC": 3,
            "New process implemented": 3,
            "Completed": 1,
            "Spring 2021": 1,
            "08/04/2021": 1,
            "02/11/2020": 1,
        },
    ),
    "by when, as read": (
        lambda: Counter(a["by_when"]["kind"] for a in ACTIONS.values()),
        {
            "not_given": 16,
            "ongoing": 16,
            "to_be_confirmed": 3,
            "status_in_date_column": 4,
            "season": 1,
            "date": 2,
        },
    ),
    "actions that can miss a date": (
        lambda: [n for n, a in ACTIONS.items() if a["by_when"]["to"] is not None],
        ["2.4", "3.6", "5.1"],
    ),
    "places of people": (lambda: sum(len(people_on(n)) for n in ACTIONS), 97),
    "places of groups": (lambda: sum(len(groups_on(n)) for n in ACTIONS), 39),
    "names on actions": (lambda: len({PEOPLE[p]["name"] for n in ACTIONS for p in people_on(n)}), 40),
    "people in all": (lambda: len(PEOPLE), 41),
    "groups": (lambda: len(GROUPS), 7),
    "actions naming two or more people": (lambda: sum(len(people_on(n)) >= 2 for n in ACTIONS), 26),
    "actions naming nobody": (lambda: [n for n in ACTIONS if not people_on(n)], ["5.4"]),
    "people with an agency": (lambda: sum(p["agency"] is not None for p in PEOPLE.values()), 9),
    "actions without their lead officer": (
        lambda: sum(OBJECTIVES[row.objective]["lead"]["person"] not in people_on(n) for n, row in PAPER.rows.items()),
        17,
    ),
    "objectives led by LB Havering": (
        lambda: [n for n, o in OBJECTIVES.items() if agency_name(o["lead"]["person"]) == "LB Havering"],
        [3, 4, 6],
    ),
    "statuses": (
        lambda: Counter(a["status"] for a in ACTIONS.values()),
        {"not_reported": 38, "delivered": 4},
    ),
    "progress updates in the paper": (lambda: sum(bool(row.progress_update) for row in PAPER.rows.values()), 0),
}  # fmt: skip


@pytest.mark.parametrize("what", list(COUNTS))
def test_count(what: str) -> None:
    count, expected = COUNTS[what]
    assert count() == expected


# --- by whom -----------------------------------------------------------------


def printed_piece(place: Json) -> str:
    """The words a place stands for: the name and its bracket."""
    qualifier = f" ({place['qualifier']})" if "qualifier" in place else ""
    return printed_name(place) + qualifier


def what_is_left(printed: str, pieces: list[str]) -> Iterator[str]:
    """What stands before each piece, taken in order, and after the last one."""
    rest = printed
    for piece in pieces:
        before, _, rest = rest.partition(piece)
        yield before
    yield rest


@every_action
def test_places_are_printed_in_this_order(number: str) -> None:
    printed, end = ACTIONS[number]["by_whom"]["printed"], 0
    for place in places(number):
        at = printed.find(printed_piece(place), end)
        assert at >= end, f"{printed_piece(place)!r} does not come next in {printed!r}"
        end = at + len(printed_piece(place))


@every_action
def test_places_account_for_every_word(number: str) -> None:
    pieces = [printed_piece(place) for place in places(number)]
    left_over = what_is_left(ACTIONS[number]["by_whom"]["printed"], pieces)
    assert all(re.fullmatch(r"[\s,/.]*(and)?\s*", between) for between in left_over)


@every_action
def test_nobody_is_named_twice_on_an_action(number: str) -> None:
    assert max(Counter(people_on(number)).values(), default=0) <= 1


QUALIFIERS = [
    ("1.2", "lynne-adams", "for Havering"),
    ("1.2", "teresa-devito", "B&D"),
    ("1.2", "judy-daniels", "Redbridge"),
    ("1.2", "sue-nicholls", "CCG"),
    ("3.6", "pippa-ward", "NELFT"),
    ("3.6", "paul-archer", "CCG"),
    ("3.6", "adam-seomore", "BHRUT"),
    ("3.6", "gordon-henderson", "Police"),
]


def test_qualifiers_are_those_printed_and_no_others() -> None:
    found = [
        (number, place["person"], place["qualifier"])
        for number in ACTIONS
        for place in places(number)
        if "qualifier" in place
    ]
    assert found == QUALIFIERS


def test_every_printed_bracket_is_a_qualifier() -> None:
    brackets = [words for row in PAPER.rows.values() for words in re.findall(r"\((.*?)\)", row.by_whom)]
    assert brackets == [qualifier for _, _, qualifier in QUALIFIERS]


@pytest.mark.parametrize(
    ("number", "people", "groups"),
    [
        ("1.3", ["lynne-adams"], ["local-multi-agency-partners"]),
        ("1.5", ["cleo-lawrence", "pippa-ward", "petra-schmidt"], []),
        ("3.1", ["helen-harding"], ["families-in-havering"]),
        ("4.4", ["trevor-cook", "liz-dunnett", "louise-miller"], ["havering-schools", "multi-agency-partners"]),
        ("4.8", ["trevor-cook", "louise-dibsdale", "sedina-lewis"], ["havering-schools", "multi-agency-partners"]),
        ("5.4", [], []),
        ("6.3", ["kate-dempsey", "lucy-goodfellow", "paul-archer"], ["data-leads-in-partner-agencies"]),
    ],
)  # fmt: skip
def test_odd_by_whom(number: str, people: list[str], groups: list[str]) -> None:
    assert (people_on(number), groups_on(number)) == (people, groups)


def test_groups_are_those_printed() -> None:
    assert {group["name"] for group in GROUPS.values()} == {
        "data leads in partner agencies",
        "families in Havering",
        "Havering Nurseries",
        "Havering Schools",
        "local multi-agency partners",
        "local parents",
        "multi-agency partners",
    }


# --- people and agencies -----------------------------------------------------

AGENCY_STATED = {
    "Pippa Ward": "NELFT",
    "Paul Archer": "CCG",
    "Jane Carroll": "LB Havering",
    "Trevor Cook": "LB Havering",
    "Gordon Henderson": "Metropolitan Police East Area BCU",
    "Kate Dempsey": "LB Havering",
    "Sue Nicholls": "CCG",
    "Daniela Capasso": "BHRUT",
    "Adam Seomore": "BHRUT",
}


@pytest.mark.parametrize("person", list(PEOPLE))
def test_agency_is_the_one_stated_or_none(person: str) -> None:
    assert agency_name(person) == AGENCY_STATED.get(PEOPLE[person]["name"])


@every_objective
def test_lead_officer_is_made_of_name_post_and_agency(number: int) -> None:
    lead = OBJECTIVES[number]["lead"]
    person = PEOPLE[lead["person"]]
    assert f"{person['name']}, {person['post']}, {agency_name(lead['person'])}" == lead["printed"]


def test_owner_is_made_of_name_and_post() -> None:
    owner = PEOPLE[SEED["owner"]["person"]]
    assert f"{owner['name']}, {owner['post']}" == SEED["owner"]["printed"]


def test_only_lead_officers_and_the_owner_have_a_post() -> None:
    leads = {objective["lead"]["person"] for objective in OBJECTIVES.values()}
    assert {key for key, person in PEOPLE.items() if person["post"]} == leads | {"robert-south"}


@pytest.mark.parametrize("agency", list(AGENCIES))
def test_agency_is_named_as_printed(agency: str) -> None:
    assert re.search(rf"[,(] ?{re.escape(AGENCIES[agency]['name'])}\)", SOURCE_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("agency", list(AGENCIES))
def test_short_name_of_an_agency_is_part_of_its_name(agency: str) -> None:
    assert AGENCIES[agency]["name"].startswith(AGENCIES[agency]["short_name"])


@pytest.mark.parametrize(
    "names",
    [("Louise Dibsdall", "Louise Dibsdale"), ("Jane Carroll", "John Carroll")],
    ids=" / ".join,
)
def test_similar_names_stay_two_people(names: tuple[str, str]) -> None:
    assert [sum(person["name"] == name for person in PEOPLE.values()) for name in names] == [1, 1]


@pytest.mark.parametrize("person", list(PEOPLE))
def test_name_has_the_capitals_of_the_paper(person: str) -> None:
    assert PEOPLE[person]["name"] in SOURCE_FILE.read_text(encoding="utf-8")


def test_no_group_is_an_agency() -> None:
    assert not {g["name"].lower() for g in GROUPS.values()} & {a["name"].lower() for a in AGENCIES.values()}


# --- by when and status ------------------------------------------------------

READINGS: dict[str, tuple[str, str | None, str | None]] = {
    "": ("not_given", None, None),
    "Ongoing": ("ongoing", None, None),
    "TBC": ("to_be_confirmed", None, None),
    "Completed": ("status_in_date_column", None, None),
    "New process implemented": ("status_in_date_column", None, None),
    "Spring 2021": ("season", "2021-03-01", "2021-05-31"),
    "08/04/2021": ("date", "2021-04-08", "2021-04-08"),
    "02/11/2020": ("date", "2020-11-02", "2020-11-02"),
}


@every_action
def test_by_when_is_read_as_agreed(number: str) -> None:
    by_when = ACTIONS[number]["by_when"]
    reading = (by_when["kind"], by_when["from"], by_when["to"])
    assert reading == READINGS[PAPER.rows[number].by_when]


@every_action
def test_status_says_what_the_paper_says(number: str) -> None:
    status_printed = PAPER.rows[number].by_when in {"Completed", "New process implemented"}
    assert ACTIONS[number]["status"] == ("delivered" if status_printed else "not_reported")


@pytest.mark.parametrize(
    "day",
    [a["by_when"]["from"] for a in ACTIONS.values() if a["by_when"]["from"]],
)
def test_nothing_is_due_before_the_plan_starts(day: str) -> None:
    assert day >= SEED["starts"]["from"]


# --- notes -------------------------------------------------------------------


def test_notes_are_on_the_cells_somebody_must_settle() -> None:
    assert [(number, note["code"]) for number, note in all_notes()] == [
        ("2.2", "check-cross-reference"),
        ("2.3", "wording-incomplete"),
        ("3.6", "bracket-after-two-names"),
        ("4.1", "lead-to-confirm"),
        ("4.2", "lead-to-confirm"),
        ("4.3", "lead-to-confirm"),
        ("4.4", "lead-to-confirm"),
        ("4.4", "slash-between-names"),
        ("4.8", "slash-between-names"),
        ("5.4", "nobody-named"),
        ("", "possible-duplicate"),
        ("", "similar-names"),
        ("", "board-or-partnership"),
        ("", "header-not-filled-in"),
    ]


@pytest.mark.parametrize(
    ("number", "note"), all_notes(), ids=[f"{n or 'plan'}-{note['code']}" for n, note in all_notes()]
)
def test_words_a_note_quotes_are_printed(number: str, note: Json) -> None:
    """On an action: in its own row. On the plan: in the header."""
    row = PAPER.rows.get(number)
    printed = PAPER.header if row is None else f"{row.action}\t{row.by_whom}\t{row.by_when}"
    assert [words for words in re.findall(r'"(.+?)"', note["text"]) if words not in printed] == []


@pytest.mark.parametrize("number", ["4.1", "4.2", "4.3", "4.4"])
def test_status_to_confirm_quotes_the_date_column(number: str) -> None:
    texts = [note["text"] for note in ACTIONS[number]["notes"] if note["code"] == "lead-to-confirm"]
    assert [f'"{PAPER.rows[number].by_when}"' in text for text in texts] == [True]


# --- keys and numbers --------------------------------------------------------


@pytest.mark.parametrize("kind", ["people", "groups", "agencies"])
def test_keys_are_unique(kind: str) -> None:
    assert [key for key, times in Counter(entry["key"] for entry in SEED[kind]).items() if times > 1] == []


@pytest.mark.parametrize("kind", ["people", "groups", "agencies"])
def test_names_are_unique(kind: str) -> None:
    assert [name for name, times in Counter(entry["name"] for entry in SEED[kind]).items() if times > 1] == []


def people_referred_to() -> set[str]:
    on_actions = {person for number in ACTIONS for person in people_on(number)}
    in_notes = {person for _, note in all_notes() for person in note.get("people", [])}
    leads = {objective["lead"]["person"] for objective in SEED["objectives"]}
    return on_actions | in_notes | leads | {SEED["owner"]["person"]}


@pytest.mark.parametrize(
    ("referred_to", "known"),
    [
        (people_referred_to(), set(PEOPLE)),
        ({group for number in ACTIONS for group in groups_on(number)}, set(GROUPS)),
        ({person["agency"] for person in SEED["people"]} - {None}, set(AGENCIES)),
    ],
    ids=["people", "groups", "agencies"],
)
def test_references_and_entries_match_both_ways(referred_to: set[str], known: set[str]) -> None:
    assert referred_to == known


def test_action_numbers_count_up_inside_their_objective() -> None:
    numbers = [a["number"] for o in SEED["objectives"] for a in o["actions"]]
    assert numbers == [
        f"{o['number']}.{position}" for o in SEED["objectives"] for position in range(1, len(o["actions"]) + 1)
    ]


def test_objective_numbers_count_up() -> None:
    assert [o["number"] for o in SEED["objectives"]] == [1, 2, 3, 4, 5, 6]


def test_no_member_is_written_twice() -> None:
    repeated: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> Json:
        repeated.extend(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        return dict(pairs)

    json.loads(SEED_FILE.read_text(encoding="utf-8"), object_pairs_hook=collect)
    assert repeated == []


# --- the schema --------------------------------------------------------------


def faults(document: object) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(document)]


def object_schemas(schema: Json, where: str = "#") -> Iterator[tuple[str, Json]]:
    if schema.get("type") == "object":
        yield where, schema
    for container in ("properties", "$defs"):
        for name, inner in schema.get(container, {}).items():
            yield from object_schemas(inner, f"{where}/{name}")


OBJECT_SCHEMAS = dict(object_schemas(SCHEMA))
MEMBERS = {
    f"{where}/{name}": member
    for where, schema in OBJECT_SCHEMAS.items()
    for name, member in schema["properties"].items()
}


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_seed_keeps_to_the_schema() -> None:
    assert faults(SEED) == []


def test_seed_names_the_schema_beside_it() -> None:
    assert (SEED_FILE.parent / SEED["$schema"]).resolve() == SCHEMA_FILE.resolve()


@pytest.mark.parametrize("where", list(OBJECT_SCHEMAS))
def test_schema_admits_no_unknown_member(where: str) -> None:
    assert OBJECT_SCHEMAS[where].get("additionalProperties") is False


@pytest.mark.parametrize("where", list(MEMBERS))
def test_schema_describes_the_member(where: str) -> None:
    assert MEMBERS[where].get("description", "").endswith(".")


FIRST = ("objectives", 0, "actions", 0)
ABSENT = object()


def when(printed: str, kind: str, first_day: str | None, last_day: str | None) -> Json:
    return {"printed": printed, "kind": kind, "from": first_day, "to": last_day}


def with_value_at(path: tuple[str | int, ...], value: object) -> Json:
    """The seed with one value put in, or taken out."""
    document: Json = copy.deepcopy(SEED)
    *way, last = path
    target: Any = document
    for step in way:
        target = target[step]
    if value is ABSENT:
        del target[last]
    else:
        target[last] = value
    return document


ALLOWED: list[tuple[str, tuple[str | int, ...], object]] = [
    ("no schema line", ("$schema",), ABSENT),
    ("no glossary", ("glossary",), ABSENT),
    ("a short form nobody can explain", ("glossary", 0), {"short": "XYZ", "long": None}),
    ("a month", (*FIRST, "by_when"), when("March 2021", "month", "2021-03-01", "2021-03-31")),
    ("a quarter", (*FIRST, "by_when"), when("Q1 2021/22", "quarter", "2021-04-01", "2021-06-30")),
    ("a year", (*FIRST, "by_when"), when("2022", "year", "2022-01-01", "2022-12-31")),
    ("an objective without a lead officer", ("objectives", 0, "lead"), None),
    ("an objective without actions", ("objectives", 0, "actions"), []),
    ("a short title", ("objectives", 0, "short_title"), "Wellbeing"),
    ("a name printed otherwise", (*FIRST, "by_whom", "named", 0), {"person": "trevor-cook", "name": "T. Cook"}),
    ("a three-figure position", (*FIRST, "number"), "1.100"),
    ("an end date", ("ends_on",), "2023-08-31"),
    ("no priority", ("priority",), None),
    ("work begun", (*FIRST, "status"), "in_progress"),
    ("a note for anybody", ("notes", 0, "for"), ABSENT),
    ("accents and curly quotes", ("people", 0, "name"), "Zo\u00eb O\u2019Neill"),
]

PERSON_AND_GROUP = {"person": "trevor-cook", "group": "local-parents"}

BROKEN: list[tuple[str, tuple[str | int, ...], object]] = [
    ("an unknown member of the plan", ("colour",), "red"),
    ("an unknown member of an action", (*FIRST, "priority"), "High"),
    ("an unknown member of a place", (*FIRST, "by_whom", "named", 0, "email"), "someone@example.org"),
    ("a missing member", ("heading",), ABSENT),
    ("an action without its words", (*FIRST, "text"), ABSENT),
    ("an action with no words", (*FIRST, "text"), ""),
    ("an action number that is a number", (*FIRST, "number"), 1.1),
    ("an action number with a leading nought", (*FIRST, "number"), "1.01"),
    ("an action number with a line break", (*FIRST, "number"), "1.1\n"),
    ("an objective number that is text", ("objectives", 0, "number"), "1"),
    ("a status the plan cannot state", (*FIRST, "status"), "complete"),
    ("a status nobody knows", (*FIRST, "status"), "done"),
    ("a kind nobody knows", (*FIRST, "by_when"), when("Soon", "soon", None, None)),
    ("a date with no day", (*FIRST, "by_when"), when("Soon", "date", None, None)),
    ("ongoing with a day", (*FIRST, "by_when"), when("Ongoing", "ongoing", "2021-01-01", "2021-01-01")),
    ("ongoing with nothing printed", (*FIRST, "by_when"), when("", "ongoing", None, None)),
    ("not given with something printed", (*FIRST, "by_when"), when("Soon", "not_given", None, None)),
    ("a day that is not in the calendar", (*FIRST, "by_when"), when("30/02/2021", "date", "2021-02-30", "2021-02-30")),
    ("a day written day first", ("starts", "from"), "01/09/2020"),
    ("a day without hyphens", ("starts", "from"), "20200901"),
    ("a day with a time", ("ends_on",), "2023-08-31T00:00:00Z"),
    ("a place of a person and a group", (*FIRST, "by_whom", "named", 0), PERSON_AND_GROUP),
    ("a place of nobody", (*FIRST, "by_whom", "named", 0), {"qualifier": "CCG"}),
    ("a place where nothing is printed", (*FIRST, "by_whom", "printed"), ""),
    ("a key with capitals", ("people", 0, "key"), "Adam-Seomore"),
    ("a key with a line break", ("people", 0, "key"), "adam-seomore\n"),
    ("an empty agency instead of none", ("people", 0, "agency"), ""),
    ("an empty post instead of none", ("people", 0, "post"), ""),
    ("a name with a space after it", ("people", 0, "name"), "Adam Seomore "),
    ("a name with a NUL in it", ("people", 0, "name"), "Adam\u0000Seomore"),
    ("words with a line break", (*FIRST, "text"), "One line.\nAnother."),
    ("a lead officer given as text", ("objectives", 0, "lead"), "Pippa Ward"),
    ("a rating letter nobody knows", ("rating_key", 0, "letter"), "Y"),
    ("a rating letter twice", ("rating_key", 0, "letter"), "A"),
    ("a rating key with three letters", ("rating_key", 3), ABSENT),
    ("an update never owed", ("update_every_days",), 0),
    ("a short form without a meaning or a null", ("glossary", 0), {"short": "XYZ"}),
    ("a short form of no letters", ("glossary", 0, "short"), ""),
    ("an unknown member of a short form", ("glossary", 0, "colour"), "red"),
    ("a note for nobody known", ("notes", 0, "for"), "chair"),
    ("a note without text", ("notes", 0, "text"), ABSENT),
    ("a plan without objectives", ("objectives",), []),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), [case[1:] for case in ALLOWED], ids=[case[0] for case in ALLOWED])
def test_schema_allows(path: tuple[str | int, ...], value: object) -> None:
    assert faults(with_value_at(path, value)) == []


@pytest.mark.parametrize(("path", "value"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    assert faults(with_value_at(path, value)) != []
