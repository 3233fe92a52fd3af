"""The shapes that the client is checked against are those of the API's document: a member that one of them has not fails by its name."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.contract.openapi import build
from api.http.declare import Operation
from tests.client import Api

ROOT = Path(__file__).resolve().parents[3]
# Of every answer; the client reads them where it is answered, not in the shape.
OF_ALL = {"created_at", "updated_at", "version", "warnings"}


@pytest.fixture(scope="module")
def shapes() -> dict[str, list[str]]:
    """The members of each shape of the client that is an object."""
    command = ["node", ROOT / ".ci" / "node" / "shapes.mjs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {name: members for name, members in found.items() if members}


def test_a_shape_has_the_members_of_the_answer(shapes: dict[str, list[str]], still: Api) -> None:
    operations: list[Operation] = still.app.extensions["plan_operations"]
    answers: dict[str, Any] = build(operations)["components"]["schemas"]
    known = {name: members for name, members in shapes.items() if name in answers}
    wrong = {
        name: sorted((set(members) ^ set(answers[name]["properties"])) - OF_ALL) for name, members in known.items()
    }
    assert {name: members for name, members in wrong.items() if members} == {}
    assert {"Plan", "Objective", "Action", "ActionDetail", "Update", "Person", "Agency"} <= known.keys()
