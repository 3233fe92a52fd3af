"""Every field that people can edit, declared once, by the thing that has it.

A field of the tables that is missing here, or of these that a body does not take, fails
tests/api/contract/test_every_field.py by its name; one that has no form in the client tests/architecture/test_client_fields.py.
"""

from api.domain.fields import CONTACT, DAY, ID, LIST, PLAIN, ROWS, WORDS, Field, Fields, plain

ACTION = Fields(
    "action",
    "this action",
    plain("text", "wording", WORDS, verbs=("reworded",)),
    Field("status", "status", {"status": PLAIN, "status_reason": WORDS}, verbs=("status-changed",), checked=True),
    Field(
        "by_when",
        "date",
        {"by_when": WORDS, "kind": PLAIN, "first_on": DAY, "last_on": DAY},
        verbs=("date-moved",),
        checked=True,
        seed="date",
    ),
    Field("by_whom", "people", {"places": ROWS, "by_whom": WORDS}, verbs=("places-changed",), checked=True),
    Field(
        "position",
        "number",
        {"position": PLAIN, "objective_id": ID},
        verbs=("renumbered", "moved", "removed"),
        checked=True,
    ),
    others={
        "text_printed": "wording on paper",
        "by_whom_printed": "people as printed",
        "by_when_printed": "date as printed",
        "notes": "notes",
    },
)

OBJECTIVE = Fields(
    "objective",
    "this objective",
    plain("text", "wording", WORDS),
    plain("short_title", "short title", WORDS),
    Field("lead", "lead officer", {"lead_id": ID}, checked=True),
    plain("lead_printed", "lead officer", WORDS, checked=True),
    plain("position", "number", verbs=("renumbered", "removed"), checked=True),
    others={"text_printed": "wording on paper"},
)

PLAN = Fields(
    "plan",
    "the plan",
    plain("partnership", "name of the partnership", WORDS, verbs=("edited",)),
    plain("name", "name of the plan", WORDS, verbs=("edited",)),
    plain("heading", "heading", WORDS, verbs=("edited",)),
    plain("title", "title", WORDS, verbs=("edited",)),
    plain("priority", "priority", WORDS, verbs=("edited",)),
    plain("service_team", "service or team", WORDS, verbs=("edited",)),
    plain("ends_on", "end date", DAY, verbs=("edited",)),
    plain("review_dates", "review dates", WORDS, verbs=("edited",)),
    plain("next_review_on", "next review date", DAY, verbs=("edited",)),
    plain("summary", "summary", WORDS, verbs=("edited",)),
    plain("update_every_days", "days between updates", verbs=("edited",)),
    plain("rating_key", "rating key", LIST, verbs=("edited",)),
    plain("glossary", "glossary", LIST, verbs=("edited",)),
    Field(
        "owner",
        "owner",
        {"owner_id": ID, "owner_printed": WORDS},
        verbs=("edited",),
        parts={"person": "owner_id", "printed": "owner_printed"},
    ),
    Field(
        "starts",
        "start",
        {"starts_printed": WORDS, "starts_from": DAY, "starts_to": DAY},
        verbs=("edited",),
        parts={"printed": "starts_printed", "first": "starts_from", "last": "starts_to"},
    ),
    others={"notes": "notes"},
)

PERSON = Fields(
    "person",
    "this person",
    plain("name", "name", WORDS),
    plain("post", "post", WORDS),
    Field("agency", "agency", {"agency_id": ID}, checked=True),
    plain("email", "e-mail address", CONTACT),
    plain("aliases", "other names", LIST),
    plain("left_on", "last day", DAY),
)

AGENCY = Fields(
    "agency",
    "this agency",
    plain("name", "name", WORDS),
    plain("short_name", "short name", WORDS),
    plain("kind", "kind", PLAIN),
    Field("parent", "parent", {"parent_id": ID}, checked=True),
    plain("aliases", "other names", LIST),
    plain("ended_on", "last day", DAY),
)

GROUP = Fields("named_group", "this group", plain("name", "name", WORDS))

FIELDS_OF: dict[str, Fields] = {each.object_type: each for each in (PLAN, OBJECTIVE, ACTION, PERSON, AGENCY, GROUP)}
"""By what the journal calls the thing."""
