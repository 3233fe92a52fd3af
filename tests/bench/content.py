"""Plans to measure with: the real one, and larger ones of the same kind, the same in every run."""

import json
import random
from copy import deepcopy
from typing import Any

from api import release

PAPER = release.ROOT / "seed" / "havering-2020-23.json"
SIZE_OF_PAPER = 42


def plan_of(actions: int, slug: str, like: str | None = None) -> dict[str, Any]:
    """A seed document of `actions` actions (a multiple of 42); the paper's people are those of the plan `like`, where there is one.

    The first 42 are the paper's. Each further 42 have objectives and people of their own, and words of the paper in
    another order: copies would compress to nothing, and one person's actions would grow with the plan.
    """
    document: dict[str, Any] = json.loads(PAPER.read_text("utf-8"))
    base = deepcopy(document)
    document["slug"] = slug
    if like:
        for kind in ("people", "agencies", "groups"):
            document[kind] = [{**each, "same_as": f"{like}/{each['key']}"} for each in document[kind]]
    for copy in range(1, actions // SIZE_OF_PAPER):
        rename = _Renamer(copy)
        document["people"] += [rename.person(person) for person in base["people"]]
        document["objectives"] += [
            rename.objective(objective, len(base["objectives"])) for objective in base["objectives"]
        ]
    return document


class _Renamer:
    """Makes the objectives and people of one further copy."""

    def __init__(self, copy: int) -> None:
        self.copy = copy
        self.random = random.Random(copy)

    def _key(self, key: str) -> str:
        return f"{key}-{self.copy}"

    def _shuffled(self, text: str) -> str:
        words = text.split()
        self.random.shuffle(words)
        return " ".join(words)

    def person(self, person: dict[str, Any]) -> dict[str, Any]:
        """Somebody else of the same agency."""
        return {**person, "key": self._key(person["key"]), "name": f"{person['name']} {self.copy}"}

    def objective(self, objective: dict[str, Any], objectives: int) -> dict[str, Any]:
        """The objective, numbered after those before."""
        number = objective["number"] + self.copy * objectives
        lead = objective["lead"] and {**objective["lead"], "person": self._key(objective["lead"]["person"])}
        actions = [self._action(action, number) for action in objective["actions"]]
        return {
            **objective,
            "number": number,
            "text": self._shuffled(objective["text"]),
            "lead": lead,
            "actions": actions,
        }

    def _action(self, action: dict[str, Any], objective: int) -> dict[str, Any]:
        places = [
            {**place, "person": self._key(place["person"])} if "person" in place else place
            for place in action["by_whom"]["named"]
        ]
        return {
            **action,
            "number": f"{objective}.{action['number'].split('.')[1]}",
            "text": self._shuffled(action["text"]),
            "by_whom": {**action["by_whom"], "named": places},
        }
