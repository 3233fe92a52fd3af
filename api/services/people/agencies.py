"""Agencies and named groups of the directory: added and edited by an administrator."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.domain.editable import AGENCY
from api.domain.errors import FieldError, NotFound, ValidationFailed
from api.domain.people.directory import keep_names
from api.models import Agency, NamedGroup
from api.queries.people.agencies import find_group, find_living, list_parents
from api.services.ids import new_id
from api.services.locks import hold_directory
from api.services.people import directory
from api.services.work import Seen, Work


def create_agency(
    work: Work,
    *,
    name: str,
    short_name: str | None = None,
    kind: str | None = None,
    parent: UUID | None = None,
    aliases: Iterable[str] = (),
) -> Agency:
    """Add an agency. Raises Duplicate for the name of one that has not ended, ValidationFailed for a parent that is unknown or has ended."""
    hold_directory(work)
    directory.refuse_duplicate(find_living(work.session, name), "an agency")
    if parent is not None:
        directory.get_agency(work, parent, "/parent")
    other, short = keep_names(name, aliases), short_name or name
    row = Agency(id=new_id(), name=name, short_name=short, kind=kind, parent_id=parent, aliases=other, version=1)
    directory.create(work, row)
    return row


def may_edit(work: Work, agency_id: UUID, seen: Seen | None = None, writes: frozenset[str] = frozenset()) -> Agency:
    """The agency, with the directory locked until commit. Raises NotFound, StaleVersion."""
    hold_directory(work)
    found = work.session.get(Agency, agency_id, populate_existing=True)
    if found is None:
        raise NotFound("There is no such agency.")
    directory.check_seen(work, found, seen, writes)
    return found


def edit_agency(work: Work, agency_id: UUID, seen: Seen | None, **members: Any) -> Agency:
    """Change what is given; a name that changed stays among the other names.

    Raises NotFound, StaleVersion, Duplicate, and ValidationFailed where an agency would be a part of itself.
    """
    values = AGENCY.as_columns(members)
    agency = may_edit(work, agency_id, seen, frozenset(members))
    name, ended_on = values.get("name", agency.name), values.get("ended_on", agency.ended_on)
    if ended_on is None and (name, ended_on) != (agency.name, agency.ended_on):
        directory.refuse_duplicate(find_living(work.session, name, agency.id), "an agency")
    if values.get("parent_id") not in (None, agency.parent_id):
        _check_parent(work, agency, values["parent_id"])
    if agency.succeeded_by_id is not None and ended_on is None:
        detail = "This agency became another, so it has a last day; correct the day instead."
        raise ValidationFailed(detail, [FieldError("/ended_on", "invalid", detail)])
    values["aliases"] = keep_names(name, values.get("aliases", agency.aliases), agency.name)
    directory.save(work, agency, values)
    return agency


def _check_parent(work: Work, agency: Agency, parent_id: UUID) -> None:
    parent = directory.get_agency(work, parent_id, "/parent")
    if agency.id in list_parents(work.session, parent_id):
        detail = (
            f"{parent.name} is {agency.name} itself or a part of it, so it cannot be what {agency.name} is a part of."
        )
        raise ValidationFailed(detail, [FieldError("/parent", "invalid", detail)])


def create_group(work: Work, *, name: str) -> NamedGroup:
    """Add a named group. Raises Duplicate."""
    hold_directory(work)
    directory.refuse_duplicate(find_group(work.session, name), "a group")
    row = NamedGroup(id=new_id(), name=name, version=1)
    directory.create(work, row)
    return row


def may_edit_group(work: Work, group_id: UUID, seen: Seen | None = None) -> NamedGroup:
    """The group, with the directory locked until commit. Raises NotFound, StaleVersion."""
    hold_directory(work)
    found = work.session.get(NamedGroup, group_id, populate_existing=True)
    if found is None:
        raise NotFound("There is no such group.")
    directory.check_seen(work, found, seen, frozenset({"name"}))
    return found


def edit_group(work: Work, group_id: UUID, seen: Seen | None, *, name: str) -> NamedGroup:
    """Rename a group; actions keep the words that were printed. Raises NotFound, StaleVersion, Duplicate."""
    group = may_edit_group(work, group_id, seen)
    directory.refuse_duplicate(find_group(work.session, name, group.id), "a group")
    directory.save(work, group, {"name": name})
    return group
