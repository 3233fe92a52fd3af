"""What the routes of agencies and named groups answer."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.plan.permissions import Role
from api.http.database.replica import read_one, read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import directory_etag
from api.http.messages.json_io import dumps
from api.http.paging import page, read_name_and_id
from api.queries.people.agencies import (
    count_actions,
    get_group,
    list_agencies,
    list_groups,
    list_people_of,
    list_tokens_of,
    show_agency,
)
from api.queries.people.people import get_directory_revision
from api.schemas.people.agencies import shape_agency, shape_group, shape_member
from api.services.people import agencies, succession
from api.web.plan.rendering import stands_at


def read_agencies(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the agencies, by name."""
    after = read_name_and_id(cursor)

    def load(session: Session) -> list[dict[str, Any]]:
        return [shape_agency(*each) for each in list_agencies(session, after=after, limit=limit + 1)]

    rows = read_one(stands_at(call), load)
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]])


def read_agency(call: Call, agency_id: UUID) -> Answer:
    """Answer with one agency. 4 SELECTs."""
    revision = call.here.directory_revision
    return read_several(stands_at(call), lambda session: _show(call.through(session), agency_id, revision))


def current_agency(call: Call, agency_id: UUID) -> Answer:
    """The agency as it stands after a write that was refused."""
    return _show(call, agency_id, call.here.directory_revision)


def _show(call: Call, agency_id: UUID, directory_revision: int) -> Answer:
    session = call.session
    agency, parent, successor = show_agency(session, agency_id)
    actions, named_on = count_actions(session, agency_id)
    body = {
        **shape_agency(agency, parent, successor),
        "people": [shape_member(each) for each in list_people_of(session, agency_id)],
        "actions": actions,
        "named_on": named_on,
        "tokens": len(list_tokens_of(session, agency_id)) if call.here.role == Role.ADMIN else None,
    }
    return Answer(body, etag=directory_etag(directory_revision, agency.version, dumps(body)), private=True)


def _show_written(call: Call, agency_id: UUID) -> Answer:
    return _show(call, agency_id, get_directory_revision(call.session))


def create_agency(call: Call, **members: Any) -> Answer:
    """Add it."""
    agency = agencies.create_agency(call.work, **members)
    answer = _show_written(call, agency.id)
    answer.status, answer.location = 201, f"/api/v1/agencies/{agency.id}"
    return answer


def guard_agency(call: Call, agency_id: UUID) -> None:
    """Is there such an agency?"""
    agencies.may_edit(call.work, agency_id, call.seen)


def edit_agency(call: Call, agency_id: UUID, **members: Any) -> Answer:
    """The agency after the change."""
    agencies.edit_agency(call.work, agency_id, call.seen, **members)
    return _show_written(call, agency_id)


def succeed(call: Call, agency_id: UUID, **members: Any) -> Answer:
    """The agency, what it became, and what went along."""
    moved = succession.succeed(call.work, agency_id, **members)
    found = [shape_agency(*show_agency(call.session, each.id)) for each in (moved.agency, moved.successor)]
    told = {"people": moved.people, "actions": moved.actions, "tokens": moved.tokens}
    return Answer({"agency": found[0], "successor": found[1], "moved": told}, private=True)


def read_groups(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the groups, by name."""
    after = read_name_and_id(cursor)

    def load(session: Session) -> list[dict[str, Any]]:
        return [shape_group(each) for each in list_groups(session, after=after, limit=limit + 1)]

    rows = read_one(stands_at(call), load)
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]])


def read_group(call: Call, group_id: UUID) -> Answer:
    """Answer with one group. 1 SELECT."""
    revision = call.here.directory_revision
    return read_one(stands_at(call), lambda session: _show_group(call.through(session), group_id, revision))


def current_group(call: Call, group_id: UUID) -> Answer:
    """The group as it stands after a write that was refused."""
    return _show_group(call, group_id, call.here.directory_revision)


def _show_group(call: Call, group_id: UUID, directory_revision: int) -> Answer:
    group = get_group(call.session, group_id)
    body = shape_group(group)
    return Answer(body, etag=directory_etag(directory_revision, group.version, dumps(body)))


def create_group(call: Call, **members: Any) -> Answer:
    """Add it."""
    group = agencies.create_group(call.work, **members)
    answer = _show_group(call, group.id, get_directory_revision(call.session))
    answer.status, answer.location = 201, f"/api/v1/groups/{group.id}"
    return answer


def guard_group(call: Call, group_id: UUID) -> None:
    """Is there such a group?"""
    agencies.may_edit_group(call.work, group_id, call.seen)


def edit_group(call: Call, group_id: UUID, **members: Any) -> Answer:
    """The group after the change."""
    agencies.edit_group(call.work, group_id, call.seen, **members)
    return _show_group(call, group_id, get_directory_revision(call.session))
