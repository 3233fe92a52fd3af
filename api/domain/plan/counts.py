"""The numbers of the overview: of a plan, of an objective, of an agency."""

from api.domain.plan.by_when import DATED, UNDATED_OWED
from api.domain.plan.document import ActionDoc, Counts
from api.domain.plan.rating import Letter
from api.domain.plan.status import Status


def count(actions: list[ActionDoc]) -> Counts:
    """Each number is a count of these actions."""
    rating = dict.fromkeys([*Letter, "none"], 0)
    status = dict.fromkeys(Status, 0)
    for action in actions:
        rating[action.rating.value or "none"] += 1
        status[Status(action.status)] += 1
    return Counts(
        actions=len(actions),
        rating={str(letter): number for letter, number in rating.items()},
        status={str(name): number for name, number in status.items()},
        dated=sum(action.by_when["kind"] in DATED for action in actions),
        past_date=sum(action.past_date for action in actions),
        needs_update=sum(action.needs_update for action in actions),
        nobody_named=sum(not action.by_whom.named for action in actions),
        no_date=sum(action.by_when["kind"] in UNDATED_OWED for action in actions),
        delivered_or_complete=status[Status.DELIVERED] + status[Status.COMPLETE],
    )
