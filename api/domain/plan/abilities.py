"""What somebody may do with an action now: the verbs open to them, and for each of the others why not."""

from api.domain.plan.permissions import (
    ActionFacts,
    Actor,
    Rule,
    may_claim_delivered,
    may_lead,
    may_post_on_behalf,
    may_post_update,
    may_settle_notes,
    may_sign_off,
)
from api.domain.plan.status import CLOSED, Status


def abilities(actor: Actor, facts: ActionFacts, *, waiting: bool) -> tuple[list[str], dict[str, str]]:
    """The verbs open to this actor on this action, and for each of the others the sentence that says why not."""
    rules: dict[str, Rule] = {
        "post_update": may_post_update,
        "claim_delivered": may_claim_delivered,
        "set_status": may_lead,
        "move_date": may_lead,
        "reword": may_lead,
        "set_by_whom": may_lead,
        "acknowledge": may_lead,
        "sign_off": may_sign_off,
        "post_on_behalf": may_post_on_behalf,
        "settle_note": may_settle_notes,
        "renumber": may_lead,
        "remove": may_lead,
    }
    may, why_not = [], {}
    for verb, rule in rules.items():
        refusal = rule(actor, facts)
        reason = refusal.detail if refusal else _not_now(verb, facts, waiting)
        if reason is None:
            may.append(verb)
        else:
            why_not[verb] = reason
    return may, why_not


def _not_now(verb: str, facts: ActionFacts, waiting: bool) -> str | None:
    """Why a permitted verb makes no sense on the action as it stands."""
    if verb == "acknowledge" and not waiting:
        return "No update waits to be acknowledged."
    if verb == "sign_off" and facts.status is not Status.DELIVERED:
        return "Only a delivered action can be signed off as complete."
    if verb == "move_date" and facts.status in CLOSED:
        return "The action is closed; reopen it before moving its date."
    return None
