"""What happened to a plan since: updates, claims, sign-offs and moved dates, each with its entry in the journal."""

from datetime import datetime, timedelta
from typing import Any

from api.domain.plan.by_when import DATED, DateKind, print_date
from api.domain.plan.rating import Acknowledgement
from api.domain.plan.status import Status
from api.generate import words
from api.generate.chance import Chance
from api.generate.country import BEGAN, UNTIL, Area, Row
from api.generate.plan import NewPlan, dated

MANAGER = "Invented Business Manager"
SPAN = (UNTIL - BEGAN).total_seconds()
CONTRIBUTOR, CLAIMED, SIGNED_OFF, MOVED = 0.3, 0.15, 0.4, 0.15
RATINGS = ("G", "G", "G", "A", "A", "R", None, None)
COUNTER = {"updates_count": 0, "version": 1, "claimed_by_lead": False}
# What an entry of the journal says itself, or nobody would miss.
IMPLIED = frozenset({"id", "created_at", "updated_at", "version"})


class History:
    """The history of one plan. Telling it changes the rows of the plan's actions to how they stand at the end."""

    def __init__(self, chance: Chance, area: Area, new: NewPlan, people: list[Row]) -> None:
        self.updates: list[Row] = []
        self.dates: list[Row] = []
        self.journal: list[Row] = []
        self.revision = 1
        self._chance, self._area, self._new = chance, area, new
        self._people = {row["id"]: row for row in people}
        self._leads = {row["id"]: self._people[row["lead_id"]] for row in new.objectives}
        self._made()

    def tell(self, updates: int) -> None:
        """Post this many updates on the plan's actions, each at some time, in the order of those times."""
        actions, chance = self._new.actions, self._chance
        posts = sorted(
            (BEGAN + timedelta(seconds=int(SPAN * chance.below())), chance.pick(range(len(actions))))
            for _ in range(updates)
        )
        left = [0] * len(actions)
        for _, number in posts:
            left[number] += 1
        for at, number in posts:
            left[number] -= 1
            self._post(at, actions[number], left[number])

    def _made(self) -> None:
        """Revision 1: the plan, its objectives and actions, with the paper's own date of each action."""
        for kind, rows in (
            ("plan", [self._new.plan]),
            ("objective", self._new.objectives),
            ("action", self._new.actions),
        ):
            for row in rows:
                self._enter(BEGAN, "command line", kind, row["id"], "created", None, _said(row))
        for action in self._new.actions:
            action |= {**COUNTER, "revision": 1}
            self._date(BEGAN, action, 0)

    def _post(self, at: datetime, action: Row, left: int) -> None:
        if action["status"] is Status.DELIVERED and left == 0 and self._chance.whether(SIGNED_OFF):
            self._sign_off(at, action)
        else:
            self._report(at, action, left)

    def _report(self, at: datetime, action: Row, left: int) -> None:
        """An update of the lead officer or of somebody named, who sometimes claims delivery towards the end."""
        if action["updates_count"] == 1 and action["kind"] in DATED and self._chance.whether(MOVED):
            self._move(at, action)
        lead = self._leads[action["objective_id"]]
        author = self._chance.pick(self._new.named[action["id"]]) if self._chance.whether(CONTRIBUTOR) else lead
        claims = left < 2 and action["status"] is not Status.DELIVERED and self._chance.whether(CLAIMED)
        becomes = Status.DELIVERED if claims or action["status"] is Status.DELIVERED else Status.IN_PROGRESS
        row = self._update(at, action, becomes, author)
        row["claim"] = "delivered" if claims else None
        row["acknowledgement"] = Acknowledgement.WAITING if author is not lead else None
        self._append(at, action, row)
        if claims:
            action |= {"claimed_by_person_id": author["id"], "claimed_by_lead": author is lead}
        if author is not lead and left > 1:
            self._acknowledge(at, action, row, lead["name"])

    def _sign_off(self, at: datetime, action: Row) -> None:
        row = self._update(at, action, Status.COMPLETE, None)
        row |= {"text": "Signed off as complete.", "rating": None, "impact": self._chance.pick(words.IMPACTS)}
        self._append(at, action, row)

    def _update(self, at: datetime, action: Row, becomes: Status, author: Row | None) -> Row:
        """An update by this person of the plan, or by the business manager."""
        chance = self._chance
        return {
            "id": chance.id_at(at), "created_at": at, "updated_at": at, "posted_at": at, "version": 1, "action_id": action["id"],
            "text": f"{chance.pick(words.DONE)}; {chance.pick(words.THEN)}.", "status": becomes, "rating": chance.pick(RATINGS),
            "next_step": f"{chance.pick(words.VERBS)} {chance.pick(words.THINGS)}." if chance.whether(0.3) else None,
            "impact": chance.pick(words.IMPACTS) if chance.whether(0.1) else None,
            "author_person_id": author["id"] if author else None, "author_name": author["name"] if author else MANAGER,
            "author_agency": self._area.agency_of(author) if author else None,
        }  # fmt: skip

    def _append(self, at: datetime, action: Row, row: Row) -> None:
        """Make the action show it; a status that moves is an entry of the same revision."""
        before, after = action["status"], row["status"]
        if row["rating"]:
            row["previous_rating"] = action.get("letter")
            action |= {"rating_update_id": row["id"], "letter": row["rating"]}
        self.updates.append(row)
        self._next(at, action)
        self._enter(at, row["author_name"], "update", row["id"], "posted", None, _said(row))
        if before is not after:
            verb = "signed-off" if after is Status.COMPLETE else "status-changed"
            moved = {"status": after, "update": row["id"]}
            self._enter(at, row["author_name"], "action", action["id"], verb, {"status": before}, moved)
        action |= {"status": after, "latest_update_id": row["id"], "updates_count": action["updates_count"] + 1}

    def _acknowledge(self, at: datetime, action: Row, row: Row, lead: str) -> None:
        """The lead officer read it, at once for once: so that nothing else happens before."""
        state = Acknowledgement.ACKNOWLEDGED
        row |= {"acknowledgement": state, "acknowledged_by_name": lead, "acknowledged_at": at, "version": 2}
        self._next(at, action)
        before, after = {"acknowledgement": "waiting"}, {"acknowledgement": state, "action": action["id"]}
        self._enter(at, lead, "update", row["id"], state, before, after)

    def _move(self, at: datetime, action: Row) -> None:
        """The lead officer moves the date by some weeks, with a reason."""
        lead = self._leads[action["objective_id"]]["name"]
        before = {name: action[name] for name in ("by_when", "kind", "first_on", "last_on")}
        day = action["last_on"] + timedelta(weeks=self._chance.number(4, 26))
        action |= {**dated(print_date(day), DateKind.DATE, day, day), "version": action["version"] + 1}
        self._date(at, action, 1, reason=self._chance.pick(words.REASONS), by_name=lead)
        self._next(at, action)
        self._enter(at, lead, "action", action["id"], "date-moved", before, {name: action[name] for name in before})

    def _date(self, at: datetime, action: Row, position: int, **why: str) -> None:
        row = {
            "id": self._chance.id_at(at),
            "created_at": at,
            "at": at,
            "action_id": action["id"],
            "position": position,
        }
        self.dates.append(
            row
            | {"printed": action["by_when"], **{name: action[name] for name in ("kind", "first_on", "last_on")}}
            | why
        )

    def _next(self, at: datetime, action: Row) -> None:
        self.revision += 1
        action |= {"revision": self.revision, "updated_at": at}

    def _enter(
        self, at: datetime, actor: str, kind: str, object_id: Any, verb: str, before: Row | None, after: Row
    ) -> None:
        self.journal.append(
            {
                "at": at, "plan_id": self._new.plan["id"], "revision": self.revision, "request_id": f"generate-{self._area.number}",
                "actor_name": actor, "object_type": kind, "object_id": object_id, "verb": verb, "before": before, "after": after,
            }
        )  # fmt: skip


def _said(row: Row) -> Row:
    """The fields of a new row that hold something, without those that the entry itself says. A copy: rows change later."""
    return {name: value for name, value in row.items() if value is not None and name not in IMPLIED}
