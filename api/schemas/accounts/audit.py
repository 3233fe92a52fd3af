"""The audit, out, and what of it is asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import fields

from api.domain.accounts.audit_sentences import SENTENCES, Happened, say_event
from api.schemas.base import In, Out
from api.schemas.fields import AnyOf, Day, Id, Instant, is_id
from api.schemas.plan.plans import PageQuery, list_of
from api.schemas.text_fields import Words


class EventsQuery(In):
    """Filters: a comma is any of, different names are all of; days are those of London, both included."""

    kind = AnyOf(choices=list(SENTENCES))
    account = Id()
    partner_token = Id()
    since = Day(data_key="from")
    until = Day(data_key="to")
    q = Words(most=200, missing="Write a part of the name.")


class EventPageQuery(PageQuery, EventsQuery):
    """The same, in pages."""


class EventOut(Out):
    """One event: what happened, who it was as far as that is known, and from where."""

    id = fields.Integer(required=True)
    at = Instant(required=True)
    kind = fields.String(required=True, metadata={"example": "refused"})
    says = fields.String(required=True, metadata={"example": "Robert South signed in with a passkey."})
    actor = fields.String(allow_none=True, required=True)
    about = fields.String(
        allow_none=True,
        required=True,
        metadata={"description": "Who it happened to or was about, where another did it."},
    )
    account = Id(allow_none=True, required=True)
    partner_token = Id(allow_none=True, required=True)
    address = fields.String(allow_none=True, required=True)
    request_id = fields.String(required=True)
    detail = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True, required=True)


EventListOut = list_of(EventOut, "EventList")


def about_of(row: Any) -> UUID | None:
    """The account or person that an event is about: named in its detail, or the account that somebody unknown tried."""
    detail = row.detail or {}
    named = detail.get("account") or detail.get("person")
    if isinstance(named, str) and is_id(named):
        return UUID(named)
    return row.account_id if row.actor_name is None else None


def shape_event(row: Any, names: Mapping[UUID, str]) -> dict[str, Any]:
    """An EventOut from a row of queries.audit and the names of the accounts that rows are about."""
    found = about_of(row)
    another = found is not None and (row.actor_name is None or found != row.account_id)
    about = names.get(found) if found and another else None
    return {
        "id": row.id,
        "at": row.at,
        "kind": row.kind,
        "says": say_event(Happened(row.kind, row.actor_name, row.detail or {}, about)),
        "actor": row.actor_name,
        "about": about,
        "account": row.account_id,
        "partner_token": row.partner_token_id,
        "address": row.address,
        "request_id": row.request_id,
        "detail": row.detail,
    }
