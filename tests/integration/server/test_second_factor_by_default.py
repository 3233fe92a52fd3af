"""A real installation asks everybody for a second factor unless somebody said otherwise; who only tries it is asked for none."""

from pathlib import Path

import pytest

from tests.conftest import PASSWORD, SECRET, Databases, Seeded, email_of
from tests.integration.serving import serving


@pytest.mark.parametrize(("said", "status"), [("", 403), ("none", 200), ("admin", 200)])
def test_whom_plan_serve_asks(databases: Databases, seeded: Seeded, tmp_path: Path, said: str, status: int) -> None:
    assert seeded.sessions
    with (
        databases.one() as name,
        serving(
            "serve", tmp_path, DATABASE_URL=databases.url(name), SECRET_KEY=SECRET, SECOND_FACTOR_ROLES=said
        ) as found,
    ):
        found.sign_in(email_of("robert"), PASSWORD)
        answer = found.ask("GET", "/plans")
        assert answer.status == status, answer.body
        assert found.ask("GET", "/me/factors").json["required"] is (status == 403)
        if status == 403:
            assert answer.json["code"] == "second-factor-needed"
