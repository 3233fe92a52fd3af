"""Possible duplicates, and merges of people."""

from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.people.duplicates import DuplicatesQuery, PairIn, PairListOut, ToldApartOut
from api.schemas.people.merges import MergeIn, MergeListOut, MergeOut, UndoneMergeOut
from api.schemas.plan.plans import PageQuery
from api.web.people import duplicates

routes = Routes(
    "Duplicates", about="Names that may be one person: told apart, or joined by an administrator, with undo."
)


@routes.get("/duplicates", door=ADMINS, query=DuplicatesQuery, answer=PairListOut)
def list_duplicates(call: Call, **query: Any) -> Answer:
    """List the pairs of people who may be one, each with what stands to both names."""
    return duplicates.read_duplicates(call, **query)


@routes.post("/duplicates/apart", door=ADMINS, body=PairIn, answer=ToldApartOut, idempotent=True)
def tell_apart(call: Call, **pair: UUID) -> Answer:
    """Say that two are not the same person: they are not listed any more."""
    return duplicates.tell_apart(call, **pair)


@routes.delete("/duplicates/apart", door=ADMINS, query=PairIn, status=204, problems=("not-found", "validation-failed"))
def take_back_apart(call: Call, **pair: UUID) -> Answer:
    """Take back that two are not the same person."""
    return duplicates.take_back_apart(call, **pair)


@routes.post(
    "/people/<person>/merge", door=ADMINS, body=MergeIn, answer=MergeOut, idempotent=True, fresh=True,
    problems=("conflict", "last-admin"),
)  # fmt: skip
def merge_person(call: Call, person_id: UUID, **fields: Any) -> Answer:
    """Join this person to another, who stands for both since.

    FoundIn, objectives, plans, updates, the account and other names move; words as printed stay. It can be undone.
    409 when both have an account and it is not said which one stays.
    """
    return duplicates.merge(call, person_id, **fields)


@routes.get("/merges", door=ADMINS, query=PageQuery, answer=MergeListOut)
def list_merges(call: Call, **page: Any) -> Answer:
    """List the merges that were made, newest first, undone ones too."""
    return duplicates.read_merges(call, **page)


@routes.post(
    "/merges/<merge>/undo", door=ADMINS, answer=UndoneMergeOut, idempotent=True, fresh=True, problems=("conflict",)
)  # fmt: skip
def undo_merge(call: Call, merge_id: UUID) -> Answer:
    """Undo a merge. What was changed since stays as it is, and `left` names it."""
    return duplicates.undo_merge(call, merge_id)
