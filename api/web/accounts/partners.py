"""What the administrator's routes for partner systems answer."""

from typing import Any
from uuid import UUID

from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.paging import page, read_name_and_id
from api.queries.accounts.partners import get_token, list_tokens
from api.schemas.accounts.partners import shape_token
from api.services.accounts import partners


def read_tokens(call: Call, *, limit: int, cursor: str | None = None) -> Answer:
    """Answer with the tokens, by name."""
    found = list_tokens(call.session, after=read_name_and_id(cursor), limit=limit + 1)
    rows = [shape_token(*each) for each in found]
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]], private=True)


def create_token(call: Call, **fields: Any) -> Answer:
    """Make one, and show it this once."""
    token, shown = partners.create_token(call.work, **fields)
    body = {**shape_token(*get_token(call.session, token.id)), "token": shown}
    return Answer(body, 201, location=f"/api/v1/partner-tokens/{token.id}", private=True)


def revoke_token(call: Call, partner_token_id: UUID) -> Answer:
    """End one."""
    token = partners.revoke_token(call.work, partner_token_id)
    return Answer(shape_token(*get_token(call.session, token.id)), private=True)
