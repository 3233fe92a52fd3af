"""Every member in which an action, objective, plan, person, agency or group can be changed is known wherever it has to be.

They are declared in `api/domain/editable.py`, and what follows from that is derived. A member that is forgotten somewhere is a silent
overwrite, a nameless entry of the history, a 500 at undo, a wrong past day, a partner's stale copy, or a word that stays. So each is
really changed here: by two people at once, beside another, by somebody who may not, emptied, told, turned back to and away from, fed to
partners, loaded from a seed, and its words are removed; a failure names it. A new member or column without a case fails too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from marshmallow import Schema
from sqlalchemy import ARRAY, JSON, Boolean, Date, Enum, Integer, String, Text, Uuid
from werkzeug.test import TestResponse

from api.domain.editable import FIELDS_OF
from api.domain.fields import CONTACT, DAY, ID, LIST, PLAIN, ROWS, WORDS, Holds
from api.models import Action, Agency, Base, NamedGroup, Objective, Person, Plan
from api.schemas.people.agencies import AgencyPatch, NamedGroupIn
from api.schemas.people.people import PersonPatch
from api.schemas.plan.actions import ActionPatch
from api.schemas.plan.plan_settings import OwnerPatch, PlanPatch, StartsPatch
from api.schemas.plan.structure import ObjectivePatch
from api.schemas.text_fields import Line
from tests.api.privacy.test_redaction import REASON, SECRET, found_in
from tests.client import PLAN, Api, problem
from tests.factories import seed_document

Json = dict[str, Any]
BOOKKEEPING = {"id", "external_id", "created_at", "updated_at", "version", "revision"}


@dataclass(frozen=True)
class Kind:
    """What can be changed: its table, the members of a change, and the columns that no member of one writes, with why."""

    table: type[Base]
    patch: type[Schema]
    others: dict[str, str]
    # Members of the body that say why, and are kept with another.
    beside: frozenset[str] = frozenset()
    parts: dict[str, type[Schema]] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()


OF_THE_SEED = {"seeded": "what the seed left", "seeded_number": "its number there"}
KINDS: dict[str, Kind] = {
    "action": Kind(
        Action,
        ActionPatch,
        {
            **OF_THE_SEED,
            "plan_id": "never moves",
            "removed_at": "by removing it",
            "text_printed": "the paper's",
            "by_whom_printed": "the paper's",
            "by_when_printed": "the paper's",
            "updates_count": "by an update",
            "latest_update_id": "by an update",
            "rating_update_id": "by an update",
            "notes": "by asking and settling",
            "claimed_by_account_id": "by claiming it delivered",
            "claimed_by_person_id": "by claiming it delivered",
            "claimed_by_lead": "by claiming it delivered",
        },
        beside=frozenset({"reason"}),
        by_hand=frozenset({"by_when"}),  # POST /actions/<action>/dates
    ),
    "objective": Kind(
        Objective,
        ObjectivePatch,
        {**OF_THE_SEED, "plan_id": "never moves", "removed_at": "by removing it", "text_printed": "the paper's"},
    ),
    "plan": Kind(
        Plan,
        PlanPatch,
        {"slug": "its address", "notes": "by asking and settling", "seeded": "what the seed left"},
        parts={"owner": OwnerPatch, "starts": StartsPatch},
    ),
    "person": Kind(
        Person, PersonPatch, {"merged_into_id": "by a merge", "contact_erased_at": "by erasing"}
    ),
    "agency": Kind(Agency, AgencyPatch, {"succeeded_by_id": "by a succession"}),
    "group": Kind(NamedGroup, NamedGroupIn, {}),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A member: what the history calls it, two values, and one that holds the secret, where it takes words."""

    kind: str
    name: str
    says: str
    one: Any
    two: Any
    secret: Any = None
    # What a clash calls it, where that is another word.
    clash: str = ""


KEY = [{"letter": letter, "word": f"Word {letter}", "meaning": "It is so."} for letter in "RAGB"]
TERM = {"short": "ZQ", "long": SECRET, "note": None}
CASES = [
    Case("action", "text", "reworded", "Other words.", "Others still.", f"Ask {SECRET}."),
    Case("action", "status", "status", "in_progress", "on_hold"),
    Case("action", "position", "another number", 5, 6),
    Case("action", "objective", "another objective", "objective 4", "objective 5", clash="position"),
    Case(
        "action", "by_whom", "Trevor Cook", [{"person": "Trevor Cook"}], [{"person": "Helen Harding"}],
        [{"person": "Trevor Cook", "name": SECRET, "qualifier": SECRET}],
    ),
    Case(
        "action", "by_when", "moved the date", {"kind": "season", "printed": "Spring 2027"}, {"kind": "ongoing"},
        {"kind": "to_be_confirmed", "printed": SECRET},
    ),
    Case("objective", "text", "wording", "Other words.", "Others still.", f"Ask {SECRET}."),
    Case("objective", "short_title", "short title", "Hearing", "Listening", SECRET),
    Case("objective", "lead", "lead officer", "Trevor Cook", "Helen Harding"),
    Case("objective", "lead_printed", "lead officer", "The head", "The chair", SECRET),
    Case("objective", "position", "another number", 5, 6),
    Case("plan", "partnership", "name of the partnership", "A board", "Another", SECRET),
    Case("plan", "name", "name of the plan", "A name", "Another", SECRET),
    Case("plan", "heading", "heading", "A heading", "Another", SECRET),
    Case("plan", "title", "title", "A title", "Another", SECRET),
    Case("plan", "priority", "priority", "A priority", "Another", SECRET),
    Case("plan", "service_team", "service or team", "A team", "Another", SECRET),
    Case("plan", "summary", "summary", "A summary", "Another", SECRET),
    Case("plan", "ends_on", "end date", "2031-03-31", "2032-03-31"),
    Case("plan", "review_dates", "review dates", "In May", "In June", SECRET),
    Case("plan", "next_review_on", "next review date", "2027-01-12", "2027-02-12"),
    Case("plan", "update_every_days", "days between updates", 30, 60),
    Case("plan", "rating_key", "rating key", KEY, [{**each, "word": "X"} for each in KEY], [{**each, "word": SECRET} for each in KEY]),
    Case("plan", "glossary", "glossary", [{**TERM, "long": "Zone"}], [], [TERM]),
    Case("plan", "owner.person", "owner", "Trevor Cook", "Helen Harding", clash="owner"),
    Case("plan", "owner.printed", "owner", "The head", "The chair", SECRET, clash="owner"),
    Case("plan", "starts.printed", "start", "In May", "In June", SECRET, clash="starts"),
    Case("plan", "starts.from", "start", "2020-08-01", "2020-08-02", clash="starts"),
    Case("plan", "starts.to", "start", "2020-10-01", "2020-10-02", clash="starts"),
    Case("person", "name", "renamed", "Louisa Goodfellow", "Lucie Goodfellow"),
    Case("person", "post", "the post", "Nurse", "Teacher"),
    Case("person", "agency", "the agency", "NELFT", "LB Havering"),
    Case("person", "email", "e-mail address", "a@example.org", "b@example.org"),
    Case("person", "aliases", "other names", ["L G"], ["Lou"]),
    Case("person", "left_on", "last day", "2026-10-01", "2026-10-02"),
    Case("agency", "name", "renamed", "One Name", "Another Name"),
    Case("agency", "short_name", "short name", "ON", "AN"),
    Case("agency", "kind", "the kind", "police", "education"),
    Case("agency", "parent", "the parent", "LB Havering", "CCG"),
    Case("agency", "aliases", "other names", ["O N"], ["A N"]),
    Case("agency", "ended_on", "last day", "2026-10-01", "2026-10-02"),
    Case("group", "name", "renamed", "some people", "all people"),
]  # fmt: skip
OF_DIRECTORY = {"person", "agency", "group"}
named = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.name}")


def members(kind: Kind) -> Iterator[str]:
    """The members of a change as the contract names them, those of a part with its name before it."""
    for each in kind.patch().fields.values():
        name = str(each.data_key or each.name)
        below = kind.parts.get(name)
        if below is not None:
            yield from (f"{name}.{part.data_key or part.name}" for part in below().fields.values())
        elif name != "confirm_no_case_data" and name not in kind.beside:
            yield name
    yield from kind.by_hand


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_of_a_change_is_walked_here(kind: str) -> None:
    assert sorted(case.name for case in CASES if case.kind == kind) == sorted(members(KINDS[kind]))


# --- how it is changed --------------------------------------------------------------------------------


class Stage:
    """What is changed, found once: a change of a name or a number must not lead elsewhere."""

    def __init__(self, api: Api) -> None:
        self.api = api
        admin = api.as_("admin")
        plan = admin.read(PLAN)
        self.agencies = {each["short_name"]: each["id"] for each in admin.read("/agencies?limit=200")["data"]}
        self.objectives = {f"objective {each['number']}": each["id"] for each in plan["objectives"]}
        self.ids = {
            "action": api.seeded.actions["3.4"],
            "objective": plan["objectives"][2]["id"],
            "plan": plan["id"],
            "person": api.person("Lucy Goodfellow"),
            "agency": self.agencies["BHRUT"],
            "group": plan["groups"][0]["id"],
        }

    def type_of(self, kind: str) -> str:
        """What the journal calls it."""
        return str(KINDS[kind].table.__tablename__)

    def path(self, kind: str) -> str:
        rooms = {"person": "people", "agency": "agencies"}
        return f"/{rooms.get(kind, f'{kind}s')}/{self.ids[kind]}"

    def row(self, kind: str) -> Json:
        """The row with all its columns, and of an action its places."""
        table, thing = KINDS[kind].table.__tablename__, self.ids[kind]
        found: Json = self.api.one(f"SELECT to_jsonb(t) FROM {table} t WHERE id = %s", thing)
        if kind == "action":
            places = "SELECT jsonb_agg(to_jsonb(p) - 'id' - 'created_at' ORDER BY position) FROM place p"
            found["places"] = self.api.one(f"{places} WHERE action_id = %s", thing)
        return found

    def write(self, who: str, case: Case, value: Any, match: dict[str, str]) -> TestResponse:
        """Change this member alone."""
        caller, path = self.api.as_(who), self.path(case.kind)
        if case.name == "by_when":
            return caller.post(f"{path}/dates", {**value, "reason": REASON}, headers=match)
        part, _, below = case.name.partition(".")
        named = self.named(value)
        reason = {"reason": REASON} if case.name == "status" else {}
        return caller.patch(path, {part: {below: named} if below else named, **reason}, headers=match)

    def named(self, value: Any) -> Any:
        """The value with the ids of the people and agencies that it names."""
        if isinstance(value, list):
            return [self.named(each) for each in value]
        if isinstance(value, dict):
            return {name: self.named(each) for name, each in value.items()}
        known = self.api.seeded.people | self.agencies | self.objectives
        return known.get(value, value) if isinstance(value, str) else value

    def change(self, case: Case, value: Any) -> set[str]:
        """Change it, alone and as last read; the columns that are others then."""
        before, match = self.row(case.kind), self.api.as_("admin").etag(self.path(case.kind))
        answer = self.write("admin", case, value, match)
        assert answer.status_code in {200, 201}, f"{case.kind} {case.name}: {answer.text}"
        return differing(before, self.row(case.kind))

    def entry(self, case: Case) -> Json:
        """The newest entry about it."""
        entries = self.api.as_("admin").read(f"{PLAN}/journal?limit=50")["data"]
        found: Json = next(each for each in entries if each["object"]["id"] == self.ids[case.kind])
        return found

    def undo(self, entry: int, **headers: str) -> TestResponse:
        return self.api.as_("admin").post(f"/journal/{entry}/undo", {"reason": REASON}, headers=headers)


@pytest.fixture
def stage(api: Api) -> Stage:
    return Stage(api)


def differing(before: Json, after: Json) -> set[str]:
    return {name for name in before if before[name] != after[name]} - BOOKKEEPING


# --- and who has to know ------------------------------------------------------------------------------


@named
def test_two_who_change_it_at_once_are_told_of_each_other(stage: Stage, case: Case) -> None:
    """Never both 200 with one value gone: the second is shown whose value stands, of which member."""
    who, match = f"{case.kind} {case.name}", stage.api.as_("admin").etag(stage.path(case.kind))
    first = stage.write("admin", case, case.one, match)
    assert first.status_code in {200, 201}, f"{who}: {first.text}"
    stands = stage.row(case.kind)
    second = stage.write("second admin", case, case.two, match)
    assert second.status_code == 412, f"{who} is overwritten: no list of clashes knows it ({second.text[:300]})"
    assert problem(second) == (412, "stale-version"), who
    assert (case.clash or case.name) in {each["field"] for each in second.json["clashes"]}, who
    assert stage.row(case.kind) == stands, who


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_written_by_a_member_that_is_walked(stage: Stage, kind: str) -> None:
    """A column that no member here writes is named with who else does."""
    whole = {column.key for column in KINDS[kind].table.__table__.columns} - BOOKKEEPING
    written: set[str] = set()
    for case in CASES:
        if case.kind == kind:
            columns = stage.change(case, case.one)
            assert columns, f"{kind} {case.name} writes no column"
            written |= columns & whole
    assert written & KINDS[kind].others.keys() == set()
    assert whole - written == KINDS[kind].others.keys()


@named
def test_who_changes_something_else_at_the_same_time_is_not_disturbed(stage: Stage, case: Case) -> None:
    """Two fields of one thing, changed by two who read the same: both stay."""
    other = next((each for each in CASES if each.kind == case.kind and field_of(each) != field_of(case)), None)
    if other is None:
        assert case.kind == "group", f"{case.kind} {case.name} has no other field beside it"
        return
    match = stage.api.as_("admin").etag(stage.path(case.kind))
    before = stage.row(case.kind)
    for who, each in (("admin", case), ("second admin", other)):
        answer = stage.write(who, each, each.one, match)
        assert answer.status_code in {200, 201}, f"{case.kind} {case.name} beside {each.name}: {answer.text}"
    changed = FIELDS_OF[stage.type_of(case.kind)].names_of(differing(before, stage.row(case.kind)))
    assert {field_of(case), field_of(other)} <= changed


def field_of(case: Case) -> str:
    """The field that a case is of, as a clash names it."""
    return case.clash or case.name


@named
@pytest.mark.parametrize("who", ["lucy", "robert"])
def test_who_may_not_changes_nothing(stage: Stage, case: Case, who: str) -> None:
    match, before = stage.api.as_("admin").etag(stage.path(case.kind)), stage.row(case.kind)
    answer = stage.write(who, case, case.one, match)
    assert problem(answer) == (403, "forbidden"), f"{case.kind} {case.name} by {who}: {answer.text}"
    assert stage.row(case.kind) == before, f"{case.kind} {case.name} by {who}"


@named
def test_null_empties_it_or_is_refused(stage: Stage, case: Case) -> None:
    """Where the contract takes null, nothing is left of it, and an undo gives it back."""
    if case.name == "by_when":
        return  # a date of its own kind says that there is none
    part, _, below = case.name.partition(".")
    schema = KINDS[case.kind].parts[part] if below else KINDS[case.kind].patch
    declared = next(each for each in schema().fields.values() if (each.data_key or each.name) == (below or part))
    stage.change(case, case.one)
    had, match = stage.row(case.kind), stage.api.as_("admin").etag(stage.path(case.kind))
    answer = stage.write("admin", case, None, match)
    if not declared.allow_none or case.name in {"starts.from", "starts.to"}:  # of a period never one half alone
        assert answer.status_code == 422, f"{case.kind} {case.name}: {answer.text}"
        return
    assert answer.status_code == 200, f"{case.kind} {case.name}: {answer.text}"
    emptied = differing(had, stage.row(case.kind))
    assert emptied, f"{case.kind} {case.name} is not emptied"
    if case.kind not in OF_DIRECTORY:
        assert stage.undo(stage.entry(case)["id"]).status_code == 200, f"{case.kind} {case.name}"
        assert differing(had, stage.row(case.kind)) == set(), f"{case.kind} {case.name}"


@named
def test_partners_are_told(stage: Stage, case: Case) -> None:
    """In the feed of changes with how it is now; of an action in the flat rows too."""
    robert = stage.api.as_("robert")
    since = robert.read(f"{PLAN}/changes?limit=200")
    while since["has_more"]:
        since = robert.read(f"{PLAN}/changes?limit=200&since={since['cursor']}")
    flat = robert.read(f"{PLAN}/actions.json")["data"]
    stage.change(case, case.one)
    told = robert.read(f"{PLAN}/changes?since={since['cursor']}")["data"]
    assert stage.ids[case.kind] in {each["id"] for each in told}, f"{case.kind} {case.name} is in no feed"
    if case.kind == "action":
        assert robert.read(f"{PLAN}/actions.json")["data"] != flat, f"{case.name} is in no flat row"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declared_is_what_a_change_takes(kind: str) -> None:
    """The declarations and the cases name the same fields, and every column of a declaration is one of the table."""
    declared = FIELDS_OF[KINDS[kind].table.__tablename__]
    cases = {field_of(case) for case in CASES if case.kind == kind}
    assert {_MEMBERS.get((kind, name), name) for name in cases} == set(declared.by_name)
    columns = {column.key: column.type for column in KINDS[kind].table.__table__.columns}
    assert set(declared.columns) <= columns.keys()
    assert columns.keys() - set(declared.columns) - BOOKKEEPING == KINDS[kind].others.keys()
    for column, holds in declared.holds.items():
        if holds is not ROWS:
            assert isinstance(columns[column], TYPES[holds]), f"{kind} {column} is no {holds.name} in the table"


TYPES: dict[Holds, tuple[type[Any], ...]] = {
    PLAIN: (Integer, Text, String, Boolean, Enum),
    DAY: (Date,),
    ID: (Uuid,),
    WORDS: (Text, String),
    LIST: (JSON, ARRAY),
    CONTACT: (Text, String),
}
_MEMBERS = {("action", "objective"): "position"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_type_freely_is_declared_as_words(kind: str) -> None:
    """So that it can be removed for good again."""
    declared = FIELDS_OF[KINDS[kind].table.__tablename__]
    for each in KINDS[kind].patch().fields.values():
        name = str(each.data_key or each.name)
        if isinstance(each, Line) and each.free and name in declared.by_name:
            held = set(declared.by_name[name].columns.values())
            assert held & {WORDS, LIST, CONTACT}, f"{kind} {name} takes words, and is not declared to"


SEEDED = {"plan": [], "objective": ["objectives", 2], "action": ["objectives", 2, "actions", 3]}


def seed_with(case: Case, value: Any) -> Json:
    """The first plan's file with another value at this member."""
    document = seed_document()
    place: Any = document
    for step in SEEDED[case.kind]:
        place = place[step]
    place[case.name] = value
    return document


AS_IN_A_SEED = [
    case for case in CASES
    if case.kind in SEEDED and case.name in FIELDS_OF[KINDS[case.kind].table.__tablename__].as_is
]  # fmt: skip


@pytest.mark.parametrize("case", AS_IN_A_SEED, ids=lambda case: f"{case.kind} {case.name}")
def test_a_seed_says_it_and_changes_it_where_nobody_else_did(stage: Stage, case: Case) -> None:
    admin, who = stage.api.as_("admin"), f"{case.kind} {case.name}"
    value = case.one
    if case.name == "text":  # quite other words would be another action
        value = f"{stage.row(case.kind)['text']} {value}"
    if case.name == "glossary":
        value = [{name: below for name, below in each.items() if below is not None} for each in value]
    answer = admin.post("/seeds", seed_with(case, value))
    assert answer.status_code == 200, f"a seed cannot say {who}: {answer.text[:300]}"
    assert stage.row(case.kind)[case.name] == value, f"{who} of a seed is not written"
    stage.change(case, case.two)
    stands = stage.row(case.kind)[case.name]
    assert admin.post("/seeds", seed_with(case, case.one)).status_code in {200, 422}
    assert stage.row(case.kind)[case.name] == stands, f"{who} that somebody changed is overwritten by a seed"


@named
def test_the_history_names_it(stage: Stage, case: Case) -> None:
    stage.change(case, case.one)
    said = stage.entry(case)["sentence"]
    assert case.says in said, f"{case.kind} {case.name} is told as: {said}"
    assert said.startswith("Business Manager "), said


@named
def test_an_undo_turns_it_back(stage: Stage, case: Case) -> None:
    """What of the directory is changed has no undo, and says so; the rest is as it was, and never a 500."""
    before = stage.row(case.kind)
    stage.change(case, case.one)
    answer = stage.undo(stage.entry(case)["id"])
    if case.kind in OF_DIRECTORY:
        assert problem(answer) == (404, "not-found"), f"{case.kind} {case.name}"
        return
    assert answer.status_code == 200, f"{case.kind} {case.name} is not undone: {answer.text}"
    assert differing(before, stage.row(case.kind)) == set(), f"{case.kind} {case.name} is not turned back"
    assert "undid" in stage.entry(case)["sentence"]


@named
def test_what_was_changed_again_is_not_undone(stage: Stage, case: Case) -> None:
    stage.change(case, case.one)
    entry = stage.entry(case)["id"]
    stage.change(case, case.two)
    stands = stage.row(case.kind)
    answer = stage.undo(entry)
    if case.kind not in OF_DIRECTORY:
        assert problem(answer) == (409, "conflict"), f"{case.kind} {case.name}: {answer.text}"
        assert "Business Manager" in answer.json["detail"]
    assert stage.row(case.kind) == stands, f"{case.kind} {case.name}"


@named
def test_the_day_before_shows_it_as_it_was(stage: Stage, case: Case) -> None:
    robert, day = stage.api.as_("robert"), f"{stage.api.clock():%Y-%m-%d}"
    before = robert.read(PLAN)
    stage.api.clock.move(days=1)
    stage.change(case, case.one)
    then = robert.read(f"{PLAN}?as_at={day}")
    assert {name for name in before if before[name] != then[name]} == set(), f"{case.kind} {case.name}"


@pytest.mark.parametrize("case", [case for case in CASES if case.secret], ids=lambda case: f"{case.kind} {case.name}")
def test_words_in_it_can_be_removed_from_everywhere(stage: Stage, case: Case) -> None:
    """From the row, from the entry of the change and of its undo, from what is kept for repeats."""
    api = stage.api
    stage.change(case, case.secret)
    undone = stage.undo(stage.entry(case)["id"], **{"Idempotency-Key": "k" * 16})
    assert undone.status_code == 200, undone.text
    stage.change(case, case.secret)
    assert found_in(api, SECRET), f"{case.kind} {case.name} was not kept"
    api.confirm_all()
    path = stage.path("action") if case.kind == "action" else PLAN
    answer = api.as_("admin").post(f"{path}/redaction", {"reason": "It named a person.", "words": SECRET})
    assert answer.status_code == 200, f"{case.kind} {case.name}: {answer.text}"
    assert found_in(api, SECRET) == set(), f"{case.kind} {case.name}"
