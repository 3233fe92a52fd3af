"""Agencies and named groups of the directory."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.http.declare import ADMINS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.people.agencies import (
    AgencyDetailOut,
    AgencyIn,
    AgencyListOut,
    AgencyPatch,
    NamedGroupIn,
    NamedGroupListOut,
    NamedGroupOut,
    SuccessionIn,
    SuccessionOut,
)
from api.schemas.plan.plans import PageQuery
from api.web.people import agencies

routes = Routes("Agencies and groups", about="Every agency that a plan names, what it became, and named collectives.")


@routes.get("/agencies", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=AgencyListOut)
def list_agencies(call: Call, **page: Any) -> Answer:
    """List the agencies, those that have ended too."""
    return agencies.read_agencies(call, **page)


@routes.get("/agencies/<agency>", door=SIGNED_IN, scope=Scope.PLAN_READ, answer=AgencyDetailOut)
def get_agency(call: Call, agency_id: UUID) -> Answer:
    """Read one agency with its people and how many actions are theirs."""
    return agencies.AGENCIES.read(call, agency_id)


@routes.post(
    "/agencies", door=ADMINS, body=AgencyIn, answer=AgencyDetailOut, status=201, idempotent=True, problems=("duplicate",),
    gives=("ETag",),
)  # fmt: skip
def create_agency(call: Call, **members: Any) -> Answer:
    """Add an agency. 409 when there is one of this name that has not ended."""
    return agencies.AGENCIES.add(call, **members)


@routes.patch(
    "/agencies/<agency>", door=ADMINS, body=AgencyPatch, answer=AgencyDetailOut, if_match="required",
    guard=agencies.AGENCIES.guard, current=agencies.AGENCIES.current, problems=("duplicate",),
)  # fmt: skip
def edit_agency(call: Call, agency_id: UUID, **members: Any) -> Answer:
    """Change an agency: what is given is changed, null empties it. A name that changes stays among the other names."""
    return agencies.AGENCIES.edit(call, agency_id, **members)


@routes.post(
    "/agencies/<agency>/succession", door=ADMINS, body=SuccessionIn, answer=SuccessionOut, idempotent=True, fresh=True,
    problems=("conflict", "duplicate"),
)  # fmt: skip
def succeed_agency(call: Call, agency_id: UUID, **members: Any) -> Answer:
    """Say what an agency became: an agency that is there, or a new one.

    In one step its people (but for those who left before that day), the actions that name the agency itself and its
    systems' tokens move to the successor. Printed words stay, updates keep the agency they were posted under, and the plan
    on a day before this was recorded shows the old agency.
    """
    return agencies.succeed(call, agency_id, **members)


@routes.get("/groups", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=NamedGroupListOut)
def list_groups(call: Call, **page: Any) -> Answer:
    """List the named groups."""
    return agencies.read_groups(call, **page)


@routes.get("/groups/<group>", door=SIGNED_IN, scope=Scope.PLAN_READ, answer=NamedGroupOut)
def get_group(call: Call, group_id: UUID) -> Answer:
    """Read one named group."""
    return agencies.GROUPS.read(call, group_id)


@routes.post(
    "/groups", door=ADMINS, body=NamedGroupIn, answer=NamedGroupOut, status=201, idempotent=True, problems=("duplicate",),
    gives=("ETag",),
)  # fmt: skip
def create_group(call: Call, **members: Any) -> Answer:
    """Add a named group: a collective that is no agency, has no account and is never the only one accountable."""
    return agencies.GROUPS.add(call, **members)


@routes.patch(
    "/groups/<group>", door=ADMINS, body=NamedGroupIn, answer=NamedGroupOut, if_match="required",
    guard=agencies.GROUPS.guard, current=agencies.GROUPS.current, problems=("duplicate",),
)  # fmt: skip
def edit_group(call: Call, group_id: UUID, **members: Any) -> Answer:
    """Rename a group. Actions keep the words that were printed."""
    return agencies.GROUPS.edit(call, group_id, **members)
