"""What somebody wrote is in no log, whatever goes wrong with it: not in what the database says, nor in what led to that."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from api.cli import said_by
from api.http.messages.logs import JsonLines
from api.models import Base
from tests.client import PLAN, PREFIX, Api

CANARY = "Zebulon Quill"
# A row that holds it is refused by every table, as one that breaks a constraint would be.
REFUSING = (
    "ALTER TABLE {table} ADD CONSTRAINT no_canary CHECK (strpos(concat_ws(' ', {columns}), '"
    + CANARY
    + "') = 0) NOT VALID"
)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the log would hold, as it is written for real."""
    kept, logger = StringIO(), logging.getLogger("plan")
    handler = logging.StreamHandler(kept)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    yield kept
    logger.removeHandler(handler)


def refuse_everywhere(api: Api) -> None:
    for table in Base.metadata.sorted_tables:
        words = [f"{each.name}::text" for each in table.columns if str(each.type) in {"TEXT", "JSONB", "ARRAY"}]
        if words and table.name not in {"journal", "idempotency_key"}:
            api.sql(REFUSING.format(table=table.name, columns=", ".join(words)))


def writes(api: Api) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """A write of each table in which somebody can type: method, path, body."""
    person = api.person("Helen Harding")
    nelft = api.one("SELECT id::text FROM agency WHERE short_name = 'NELFT'")
    return {
        "person": ("POST", "/people", {"name": CANARY}),
        "alias": ("PATCH", f"/people/{person}", {"aliases": [CANARY]}),
        "agency": ("POST", "/agencies", {"name": CANARY}),
        "named_group": ("POST", "/groups", {"name": CANARY}),
        "account": ("POST", "/accounts", {"email": "z@example.org", "role": "viewer", "name": CANARY}),
        "partner_token": ("POST", "/partner-tokens", {"name": CANARY, "agency": nelft, "scopes": ["plan:read"]}),
        "plan": ("PATCH", PLAN, {"heading": CANARY}),
        "objective": ("POST", f"{PLAN}/objectives", {"text": CANARY}),
        "action": ("PATCH", api.action("3.4"), {"text": CANARY}),
        "place": ("PATCH", api.action("3.4"), {"by_whom": [{"person": person, "name": CANARY}]}),
        "date_entry": ("POST", f"{api.action('3.4')}/dates", {"kind": "season", "printed": "Spring 2027", "reason": CANARY}),
        "progress_update": ("POST", f"{api.action('3.4')}/updates", {"text": CANARY}),
        "person_merge": (
            "POST", f"/people/{api.person('Louise Dibsdale')}/merge", {"into": api.person("Louise Dibsdall"), "note": CANARY},
        ),
    }  # fmt: skip


def test_what_the_database_refuses_is_in_no_log(api: Api, log: StringIO) -> None:
    api.app.config["PROPAGATE_EXCEPTIONS"] = False
    api.confirm_all()
    refuse_everywhere(api)
    for what, (method, path, body) in writes(api).items():
        # By a client that does not take a fault for the end of the test.
        headers = {**api.as_("admin").headers, **({"If-Match": "*"} if method == "PATCH" else {})}
        answer = api.app.test_client().open(PREFIX + path, method=method, json=body, headers=headers)
        assert CANARY not in answer.text + log.getvalue(), what
        if what == "account":  # whatever its row breaks is told as a clash
            assert answer.status_code == 409
            continue
        assert (answer.status_code, answer.json["code"]) == (500, "internal-error"), f"{what}: {answer.text}"
        line = json.loads(log.getvalue().splitlines()[-1])
        # What somebody needs who has to find the fault is there all the same.
        assert "IntegrityError 23514 no_canary" in line["exception"], what
        assert "api/services/" in line["exception"], what


def raise_in_a_chain(text: str) -> None:
    try:
        {}[text]
    except KeyError as error:
        try:
            int(text)
        except ValueError as second:
            second.__cause__ = error
            raise RuntimeError(f"no number: {text}") from second


def test_nor_is_what_any_exception_says_or_those_that_led_to_it() -> None:
    try:
        raise_in_a_chain(CANARY)
    except RuntimeError as error:
        record = logging.LogRecord("plan", logging.ERROR, "", 0, "internal error", (), (type(error), error, None))
    told = json.loads(JsonLines().format(record))["exception"]
    kinds = [line for line in told.splitlines() if not line.startswith("  ")]
    assert kinds == ["builtins.RuntimeError", "came of: builtins.ValueError", "came of: builtins.KeyError"]
    assert told.count("raise_in_a_chain") == 3
    assert CANARY not in told


def test_a_command_says_which_constraint_and_not_the_row(api: Api) -> None:
    engine = create_engine(api.url)
    for statement, says in (
        (f"INSERT INTO agency (name, short_name, kind) VALUES ('{CANARY}', 'x', '{CANARY}')", "ck_agency_kind (23514)"),
        (f"SELECT '{CANARY}'::uuid", "a value that it does not take (22P02)"),
        ("SELECT nothing", 'column "nothing" does not exist (42703)'),
    ):
        with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
            connection.execute(text(statement))
        assert said_by(caught.value) == says
    engine.dispose()
