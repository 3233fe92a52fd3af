"""The directory, for reading."""

from typing import Any

from api.domain.partners import Scope
from api.schemas.people import AgencyListOut, PersonListOut
from api.schemas.plans import PageQuery
from api.web import reading
from api.web.answers import Answer
from api.web.declare import SIGNED_IN, Call, Routes

routes = Routes("People", about="Everybody and every agency that a plan names.")


@routes.get("/people", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=PersonListOut)
def list_people(call: Call, **page: Any) -> Answer:
    """List the people: name, post, agency."""
    return reading.read_people(call, **page)


@routes.get("/agencies", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PageQuery, answer=AgencyListOut)
def list_agencies(call: Call, **page: Any) -> Answer:
    """List the agencies."""
    return reading.read_agencies(call, **page)
