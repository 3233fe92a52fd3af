"""People of the directory."""

from typing import Any
from uuid import UUID

from api.domain.accounts.partners import Scope
from api.http.declare import ADMINS, SIGNED_IN, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.people.people import PeopleQuery, PersonDetailOut, PersonIn, PersonListOut, PersonPatch
from api.web.people import people

routes = Routes("People", about="Everybody that a plan names, and who is added by hand.")


@routes.get("/people", door=SIGNED_IN, scope=Scope.PLAN_READ, query=PeopleQuery, answer=PersonListOut)
def list_people(call: Call, **query: Any) -> Answer:
    """List the people: name, other names, post, agency, day of leaving.

    Who was merged into somebody else is not in it. `q` never looks at e-mail addresses.
    """
    return people.read_people(call, **query)


@routes.get("/people/<person>", door=SIGNED_IN, scope=Scope.PLAN_READ, answer=PersonDetailOut)
def get_person(call: Call, person_id: UUID) -> Answer:
    """Read one person with the actions that name them and the objectives they lead.

    Somebody who is listed under another name is 404, with a sentence that says which.
    """
    return people.PEOPLE.read(call, person_id)


@routes.post(
    "/people", door=ADMINS, body=PersonIn, answer=PersonDetailOut, status=201, idempotent=True, gives=("ETag",)
)
def create_person(call: Call, **members: Any) -> Answer:
    """Add a person. Two people may share a name."""
    return people.PEOPLE.add(call, **members)


@routes.patch(
    "/people/<person>", door=ADMINS, body=PersonPatch, answer=PersonDetailOut, if_match="required",
    guard=people.PEOPLE.guard, current=people.PEOPLE.current,
)  # fmt: skip
def edit_person(call: Call, person_id: UUID, **members: Any) -> Answer:
    """Change a person: what is given is changed, null empties it.

    The words that the plan printed stay; a name that changes stays among the other names. What others changed meanwhile
    stays; where somebody changed the same since, 412 with `clashes`.
    """
    return people.PEOPLE.edit(call, person_id, **members)
