"""Inviting somebody: an account for a person of the directory, existing or new, or for nobody in it."""

from typing import Any
from uuid import UUID

from api.domain.errors import FieldError, ValidationFailed
from api.domain.plan.permissions import Role
from api.models import Person
from api.services.accounts.accounts import check_person
from api.services.accounts.joining import Linked, invite_named
from api.services.locks import hold_directory
from api.services.people.people import create_person
from api.services.work import Work

STANDS_FOR_SOMEBODY = frozenset({Role.LEAD_OFFICER, Role.CONTRIBUTOR})


def invite(
    work: Work,
    *,
    email: str,
    role: str,
    person: UUID | None = None,
    new_person: dict[str, Any] | None = None,
    name: str | None = None,
) -> Linked:
    """An account for a person of the directory, a new one, or nobody in it (`name`). Raises ValidationFailed, Duplicate."""
    hold_directory(work)
    if new_person is not None:
        stands_for = _add_person(work, new_person, email)
    elif person is not None:
        stands_for = check_person(work, person)
    else:
        _check_needs_nobody(role)
        stands_for = None
    called = stands_for.name if stands_for else name or email
    return invite_named(
        work, email=email, name=called, role=Role(role), person_id=stands_for.id if stands_for else None
    )


def _add_person(work: Work, new_person: dict[str, Any], email: str) -> Person:
    """Somebody new in the directory. Raises ValidationFailed with pointers into the member."""
    try:
        return create_person(work, **new_person, email=email)
    except ValidationFailed as wrong:
        raise wrong.below("/new_person") from wrong


def _check_needs_nobody(role: str) -> None:
    if Role(role) in STANDS_FOR_SOMEBODY:
        detail = "A lead officer or contributor stands for a person: choose one, or give a new_person."
        raise ValidationFailed(detail, [FieldError("/person", "required", detail)])
