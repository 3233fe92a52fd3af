"""Partner systems and their tokens."""

from typing import Any
from uuid import UUID

from api.http.declare import ADMINS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.accounts.partners import NewPartnerTokenOut, PartnerTokenIn, PartnerTokenListOut, PartnerTokenOut
from api.schemas.plan.plans import PageQuery
from api.web.accounts import partners

routes = Routes("Partner systems", about="Tokens for other agencies' systems, made and revoked by an administrator.")


@routes.get("/partner-tokens", door=ADMINS, query=PageQuery, answer=PartnerTokenListOut)
def list_partner_tokens(call: Call, **page: Any) -> Answer:
    """List the tokens of partner systems, without their secrets."""
    return partners.read_tokens(call, **page)


@routes.post(
    "/partner-tokens", door=ADMINS, body=PartnerTokenIn, answer=NewPartnerTokenOut, status=201, idempotent=True, fresh=True,
    shown_once=("token",),
)  # fmt: skip
def create_partner_token(call: Call, **fields: Any) -> Answer:
    """Make a token for a partner's system. It is shown once."""
    return partners.create_token(call, **fields)


@routes.delete("/partner-tokens/<partner_token>", door=ADMINS, fresh=True, answer=PartnerTokenOut)
def revoke_partner_token(call: Call, partner_token_id: UUID) -> Answer:
    """Revoke a token, with effect on its next request."""
    return partners.revoke_token(call, partner_token_id)
