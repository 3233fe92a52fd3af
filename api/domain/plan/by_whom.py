"""By whom: the people, groups and agencies on an action, as words for the paper and as a change of them is told.

A place here is as the journal holds it: [person, group, agency, name, qualifier], one of the first three an id.
"""

from collections.abc import Sequence

from api.domain.text import join_names

NamedRow = Sequence[str | None]

MOST = 40
"""How many may be on one action."""


def print_named(places: Sequence[NamedRow]) -> str:
    """The words for the paper: "Lynne Adams (for Havering), Sue Nicholls and Gordon Henderson"; "" for nobody."""
    return join_names([f"{place[3]} ({place[4]})" if place[4] else place[3] or "" for place in places])


def say_change(who: str, before: Sequence[NamedRow], after: Sequence[NamedRow]) -> str:
    """What changed in the people of an action: who was added, who was removed; else that their order or words changed."""
    came = [each[3] or "" for each in after if _holder(each) not in map(_holder, before)]
    went = [each[3] or "" for each in before if _holder(each) not in map(_holder, after)]
    did = [f"put {join_names(came)} on the action"] if came else []
    if went:
        did.append(f"took {join_names(went)} off {'it' if came else 'the action'}")
    if not did:
        same_words = sorted(map(tuple, before), key=str) == sorted(map(tuple, after), key=str)
        did = [f"changed {'the order of' if same_words else 'how the action names'} the people"]
    return f"{who} {' and '.join(did)}."


def _holder(place: NamedRow) -> tuple[str | None, ...]:
    return tuple(place[:3])
