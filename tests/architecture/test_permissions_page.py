"""Who may do what, three times the same: the page, the rules it is made of, and what the routes answer."""

import subprocess
import sys
from dataclasses import replace
from itertools import chain
from uuid import UUID

import pytest

from api import routes
from api.http.declare import ADMINS, PUBLIC
from tests.api.contract.test_access import CALLERS, TABLE
from tests.architecture.test_supply import ROOT, script

permissions = script("permissions")
OPERATIONS = {(each.method, each.rule): each for each in chain.from_iterable(group.operations for group in routes.ALL)}
# In test_access the partner's system is of an agency that is not on the action.
ELSEWHERE = replace(permissions.SYSTEM, agency_id=UUID(int=999))
REFUSED = {"401", "403"}


def test_the_page_is_true() -> None:
    found = subprocess.run(
        (sys.executable, str(ROOT / ".ci" / "permissions.py"), "--check"), capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr


def test_the_columns_are_those_of_the_access_matrix() -> None:
    assert [column.title for column in permissions.COLUMNS] == list(CALLERS)[:8]


@pytest.mark.parametrize("where", TABLE, ids=" ".join)
def test_the_rules_say_what_the_routes_answer(where: tuple[str, str]) -> None:
    """What the rules refuse, the route refused with the same status; what they allow, it did not refuse."""
    for column, status in zip(permissions.COLUMNS, TABLE[where], strict=False):
        actor = ELSEWHERE if column.who is permissions.SYSTEM else column.who
        cell = permissions.cell(OPERATIONS[where], actor)
        if cell == "with the refresh token":
            assert status == 401  # the matrix asks with an access token
        elif OPERATIONS[where].door is PUBLIC:
            assert status != 403  # 401 is about what was shown to sign in with, not about who asks
        elif cell in REFUSED:
            assert str(status) == cell, (column.title, cell)
        else:
            assert str(status) not in REFUSED, (column.title, cell)


def test_a_route_that_guards_an_object_declares_the_rule() -> None:
    """Else its row would follow from the door alone. Where only administrators come in, a guard asks about versions."""
    guarded = {name for name, each in OPERATIONS.items() if each.guard is not None and each.door != ADMINS}
    assert {name for name, each in OPERATIONS.items() if each.asks is not None} == guarded


def test_a_system_posts_on_its_agency_s_actions_only() -> None:
    operation = OPERATIONS["POST", "/actions/<action>/updates"]
    assert permissions.cell(operation, permissions.SYSTEM) == "`updates:write` its agency's actions"
    assert permissions.cell(operation, ELSEWHERE) == "403"
