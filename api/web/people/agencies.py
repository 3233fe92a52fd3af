"""What the routes of agencies and named groups answer."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.domain.plan.permissions import Role
from api.http.database.replica import read_one
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
from api.schemas.people.agencies import shape_agency, shape_group, shape_member
from api.services.people import agencies, succession
from api.web.people.directory import Things
from api.web.plan.rendering import stands_at


def read_agencies(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the agencies, by name."""
    after = read_name_and_id(cursor)

    def load(session: Session) -> list[dict[str, Any]]:
        return [shape_agency(*each) for each in list_agencies(session, after=after, limit=limit + 1)]

    rows = read_one(stands_at(call), load)
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]])


def _show(call: Call, agency_id: UUID, directory_revision: int) -> Answer:
    """One agency. 4 SELECTs."""
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


def _show_group(call: Call, group_id: UUID, directory_revision: int) -> Answer:
    """One group. 1 SELECT."""
    group = get_group(call.session, group_id)
    body = shape_group(group)
    return Answer(body, etag=directory_etag(directory_revision, group.version, dumps(body)))


AGENCIES = Things("agencies", _show, agencies.create_agency, agencies.may_edit, agencies.edit_agency)
GROUPS = Things("groups", _show_group, agencies.create_group, agencies.may_edit_group, agencies.edit_group, read_one)
