"""What a seed document must hold beyond its schema, and what a second run may change (API 11.4)."""

from collections.abc import Callable
from typing import Any

import pytest

from api.domain.errors import ValidationFailed
from api.domain.plan.seeding import cross_check, fill_in, merge, resolve
from api.schemas.plan.seeds import check_seed
from tests.factories import seed_document, small_seed

Json = dict[str, Any]


def at(document: Json, path: str) -> Any:
    found: Any = document
    for step in path.strip("/").split("/"):
        found = found[int(step) if isinstance(found, list) else step]
    return found


def put(path: str, value: Any) -> Callable[[Json], None]:
    def change(document: Json) -> None:
        above, name = path.rsplit("/", 1)
        target = at(document, above) if above else document
        target[int(name) if isinstance(target, list) else name] = value

    return change


FIRST = "/objectives/0/actions/0"
CROSS: dict[str, tuple[Callable[[Json], None], str, str]] = {
    # what is broken, and the pointer and code of the error
    "a person twice": (lambda d: d["people"].append(d["people"][0]), "/people/2/key", "duplicate"),
    "an agency twice": (lambda d: d["agencies"].append(d["agencies"][0]), "/agencies/1/key", "duplicate"),
    "a group twice": (lambda d: d["groups"].append(d["groups"][0]), "/groups/1/key", "duplicate"),
    "a short form twice": (put("/glossary", [{"short": "LB", "long": None}] * 2), "/glossary/1/short", "duplicate"),
    "an unknown owner": (put("/owner/person", "nobody"), "/owner/person", "unknown-key"),
    "an unknown agency": (put("/people/0/agency", "nowhere"), "/people/0/agency", "unknown-key"),
    "an unknown lead": (put("/objectives/0/lead/person", "anna"), "/objectives/0/lead/person", "unknown-key"),
    "an unknown person": (put(f"{FIRST}/by_whom/named/1/person", "zoe"), f"{FIRST}/by_whom/named/1/person", "unknown-key"),
    "an unknown group": (put(f"{FIRST}/by_whom/named/1", {"group": "all"}), f"{FIRST}/by_whom/named/1/group", "unknown-key"),
    "objectives out of order": (lambda d: d["objectives"].append(d["objectives"][0]), "/objectives/1/number", "order"),
    "actions out of order": (lambda d: at(d, "/objectives/0/actions").reverse(), "/objectives/0/actions/1/number", "order"),
    "an action twice": (put("/objectives/0/actions/1/number", "1.1"), "/objectives/0/actions/1/number", "order"),
    "an action of another objective": (put(f"{FIRST}/number", "2.1"), f"{FIRST}/number", "order"),
    "a date read month first": (
        put(f"{FIRST}/by_when", {"printed": "02/11/2020", "kind": "date", "from": "2020-02-11", "to": "2020-02-11"}),
        f"{FIRST}/by_when/printed",
        "disagrees",
    ),
    "a spring that begins in April": (
        put(f"{FIRST}/by_when", {"printed": "Spring 2021", "kind": "season", "from": "2021-04-01", "to": "2021-05-31"}),
        f"{FIRST}/by_when/printed",
        "disagrees",
    ),
    "TBC as ongoing": (
        put(f"{FIRST}/by_when", {"printed": "TBC", "kind": "ongoing", "from": None, "to": None}), f"{FIRST}/by_when/printed", "disagrees",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CROSS)
def test_a_seed_that_contradicts_itself(name: str) -> None:
    breaks, pointer, code = CROSS[name]
    document = small_seed()
    breaks(document)
    assert (pointer, code) in {(error.pointer, error.code) for error in cross_check(document)}


@pytest.mark.parametrize("name", ["Havering", "small"])
def test_a_good_seed_has_no_errors(name: str) -> None:
    document = seed_document() if name == "Havering" else small_seed()
    assert check_seed(document) is document


def test_an_unknown_key_is_answered_with_those_like_it() -> None:
    document = seed_document()
    document["owner"]["person"] = "robert-sough"
    (error,) = cross_check(document)
    assert error.detail == "There is no robert-sough in people. Accepted keys like it: robert-south."


SCHEMA: dict[str, tuple[Callable[[Json], None], str]] = {
    "no slug": (lambda d: d.pop("slug"), ""),
    "an unknown member": (put("/colour", "red"), ""),
    "an unknown member inside": (put(f"{FIRST}/colour", "red"), FIRST),
    "a slug with spaces": (put("/slug", "my plan"), "/slug"),
    "a number that is a float": (put(f"{FIRST}/number", 1.1), f"{FIRST}/number"),
    "a number of three parts": (put(f"{FIRST}/number", "1.1.1"), f"{FIRST}/number"),
    "an objective zero": (put("/objectives/0/number", 0), "/objectives/0/number"),
    "an objective as text": (put("/objectives/0/number", "1"), "/objectives/0/number"),
    "a status that is none": (put(f"{FIRST}/status", "done"), f"{FIRST}/status"),
    "a kind that is none": (put(f"{FIRST}/by_when/kind", "soon"), f"{FIRST}/by_when/kind"),
    "a day that is not": (put(f"{FIRST}/by_when/from", "2021-02-30"), f"{FIRST}/by_when/from"),
    "no text": (put(f"{FIRST}/text", ""), f"{FIRST}/text"),
    "people an object": (put("/people", {}), "/people"),
    "no days between updates": (put("/update_every_days", 0), "/update_every_days"),
    "days between updates true": (put("/update_every_days", True), "/update_every_days"),
    "a place that is nobody": (put(f"{FIRST}/by_whom/named/0", {"name": "Ann"}), f"{FIRST}/by_whom/named/0"),
    "a place that is two": (
        put(f"{FIRST}/by_whom/named/0", {"person": "anna-lead", "group": "everybody"}), f"{FIRST}/by_whom/named/0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMA)
def test_a_seed_that_is_not_one_says_where(name: str) -> None:
    breaks, pointer = SCHEMA[name]
    document = small_seed()
    breaks(document)
    with pytest.raises(ValidationFailed) as caught:
        check_seed(document)
    assert pointer in {error.pointer for error in caught.value.errors}


@pytest.mark.parametrize("document", [None, [], "plan", 7, {}], ids=str)
def test_what_is_no_plan_at_all_is_refused(document: Any) -> None:
    with pytest.raises(ValidationFailed):
        check_seed(document)


HOSTILE = {"NUL": "a\x00b", "a lone surrogate": "a\ud800", "an override": "a\u202eb", "a bell": "a\x07b"}


@pytest.mark.parametrize(
    "path", [f"{FIRST}/text", "/title", "/people/0/name", f"{FIRST}/by_whom/printed", "/groups/0/name"]
)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_cannot_be_stored_is_an_error_with_its_pointer(path: str, text: str) -> None:
    document = small_seed()
    put(path, HOSTILE[text])(document)
    with pytest.raises(ValidationFailed) as caught:
        check_seed(document)
    assert path in {error.pointer for error in caught.value.errors}


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    document = small_seed()
    for number in range(3):
        put(f"/objectives/0/actions/{number}/status", "done")(document)
    with pytest.raises(ValidationFailed) as caught:
        check_seed(document)
    assert [error.pointer for error in caught.value.errors] == [f"/objectives/0/actions/{n}/status" for n in range(3)]
    assert "not_reported" in caught.value.errors[0].detail


MERGES: dict[str, tuple[str, str, str, dict[str, str], list[str]]] = {
    # as it stands, as seeded, as the file has it now; what is written, what is kept
    "nothing changed": ("a", "a", "a", {}, []),
    "the file changed": ("a", "a", "b", {"text": "b"}, []),
    "the plan changed": ("x", "a", "a", {}, []),
    "both changed": ("x", "a", "b", {}, ["text"]),
    "both changed to the same": ("b", "a", "b", {}, []),
}


@pytest.mark.parametrize("name", MERGES)
def test_merge(name: str) -> None:
    current, seeded, wanted, writes, keeps = MERGES[name]
    assert merge({"text": current}, {"text": seeded}, {"text": wanted}) == (writes, keeps)


def test_merge_decides_member_by_member() -> None:
    current, seeded, wanted = {"a": 1, "b": 9}, {"a": 1, "b": 2}, {"a": 5, "b": 3}
    assert merge(current, seeded, wanted) == ({"a": 5}, ["b"])


@pytest.mark.parametrize(
    ("current", "wanted", "by_hand", "filled", "kept"),
    [
        ({"post": None}, {"post": "Nurse"}, set(), {"post": "Nurse"}, []),
        ({"post": None}, {"post": "Nurse"}, {"post"}, {}, ["post"]),
        ({"post": "Matron"}, {"post": "Nurse"}, set(), {}, ["post"]),
        ({"post": "Nurse"}, {"post": "Nurse"}, set(), {}, []),
        ({"post": "Nurse"}, {"post": None}, set(), {}, []),
    ],
    ids=["empty", "emptied by hand", "another", "the same", "nothing to fill in"],
)
def test_what_a_second_run_fills_in_of_the_directory(
    current: dict[str, Any], wanted: dict[str, Any], by_hand: set[str], filled: dict[str, Any], kept: list[str]
) -> None:
    assert fill_in(current, wanted, by_hand) == (filled, kept)


A, B, C, GROUP = "a", "b", "c", [None, "g", None, "partners", None]


@pytest.mark.parametrize(
    ("row", "joined", "expected"),
    [
        ({"lead_id": B, "lead_printed": "B"}, {B: A}, {"lead_id": A, "lead_printed": "B"}),
        ({"owner_id": None}, {B: A}, {"owner_id": None}),
        ({"places": [[B, None, None, "B", None], GROUP]}, {B: A}, {"places": [[A, None, None, "B", None], GROUP]}),
        ({"places": [[B, None, None, "B", "q"], [A, None, None, "A", None]]}, {B: A}, {"places": [[A, None, None, "A", None]]}),
        ({"places": [[B, None, None, "B", None], [C, None, None, "C", None]]}, {B: A, C: A}, {"places": [[A, None, None, "B", None]]}),
        ({"places": [GROUP, [B, None, None, "B", None]]}, {}, {"places": [GROUP, [B, None, None, "B", None]]}),
    ],
    ids=["a lead", "nobody", "a place", "both on the action", "two who are one", "nobody was joined"],
)  # fmt: skip
def test_the_file_speaks_of_who_stands_for_them_now(row: Json, joined: dict[str, str], expected: Json) -> None:
    assert resolve(row, joined) == expected
