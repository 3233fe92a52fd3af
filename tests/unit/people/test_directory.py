"""The directory's rules: whose e-mail address a role reads, and what becomes of a name that changes."""

import pytest

from api.domain.people.directory import Emails, keep_names, readable_emails
from api.domain.plan.permissions import Role


@pytest.mark.parametrize(
    ("role", "emails"),
    [
        (Role.ADMIN, Emails.ALL),
        (Role.LEAD_OFFICER, Emails.ALL),
        (Role.CONTRIBUTOR, Emails.OWN_AGENCY),
        (Role.VIEWER, Emails.NONE),
        (Role.PARTNER, Emails.NONE),
    ],
)
def test_whose_addresses_a_role_reads(role: Role, emails: Emails) -> None:
    assert readable_emails(role) is emails


@pytest.mark.parametrize(
    ("name", "aliases", "former", "kept"),
    [
        ("Jane Smith", [], "Jane Carroll", ["Jane Carroll"]),
        ("Jane Carroll", ["Jane Smith"], "Jane Carroll", ["Jane Smith"]),
        ("Jane Carroll", ["Jane Carroll", "J", "J"], "Jane Smith", ["J", "Jane Smith"]),
        ("Jane", ["J"], "J", ["J"]),
    ],
    ids=["a former name", "unchanged", "back to a former one, each once", "known already"],
)
def test_other_names(name: str, aliases: list[str], former: str, kept: list[str]) -> None:
    assert keep_names(name, aliases, former) == kept
