"""Which objectives and actions of a plan those of a seed file are, and the number each has when the file is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain.errors import FieldError, ValidationFailed
from api.domain.plan.numbering import follow
from api.domain.plan.seed_matching import Known, Matched, match
from api.domain.privacy.redaction import is_marked
from api.domain.text import shorten
from api.models import Action, Objective
from api.queries.plan.seeds import find_with_progress

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """What changes of a row's place in the plan, by column; `number` is what people see."""

    before: Json
    after: Json


class SeedStructure:
    """A plan's rows beside a file: ids by number in the file, those of new ones too, and which of the rows move."""

    def __init__(self, session: Session, document: Json, plan_id: UUID, new_ids: Iterator[UUID]) -> None:
        self.session, self.new_ids = session, new_ids
        self.rows: dict[UUID, Any] = {}
        tables: tuple[Any, ...] = (Objective, Action)
        for table in tables:
            found = session.scalars(select(table).where(table.plan_id == plan_id))
            self.rows |= {row.id: row for row in sorted(found, key=_order)}
        objectives = (row for row in self.rows.values() if isinstance(row, Objective))
        self.numbered = {row.seeded_number: row.id for row in objectives if row.seeded_number}
        self.wanted = _Wanted(document)
        self.errors: list[FieldError] = []

    def find(self) -> None:
        """Match and number. Raises ValidationFailed where progress would come to stand under other words."""
        wanted = self.wanted
        matched = match(map(self._know_objective, self._seeded(Objective)), wanted.objectives, wanted.parts)
        self.objectives = self._settle(matched, wanted.objectives)
        self.number_in_file = {each: number for number, each in self.objectives.items()}
        matched = match(map(self._know_action, self._seeded(Action)), wanted.actions)
        self.actions = self._settle(matched, wanted.actions)
        if self.errors:
            raise ValidationFailed(f"{self.errors[0].detail} Nothing was written.", self.errors)
        self.file_objective = {each: self.objective_of(number) for number, each in self.actions.items()}
        self.places: dict[UUID, dict[UUID, int]] = {each: {} for each in [*self.rows, *self.objectives.values()]}
        for number, each in self.actions.items():
            if each not in self.rows or not self._moved_by_hand(self.rows[each]):
                self.places[self.file_objective[each]][each] = int(number.rpartition(".")[2])
        self.positions = self._number()
        self.moves = {row.id: move for row in self.rows.values() if (move := self._move(row))}

    def not_in_file(self) -> list[Any]:
        """The rows that came from a file and are not in this one."""
        named = {*self.objectives.values(), *self.actions.values()}
        return [row for row in self.rows.values() if row.seeded is not None and row.id not in named]

    def objective_of(self, number: str) -> UUID:
        """The objective that an action of the file stands under."""
        return self.objectives[number.partition(".")[0]]

    def is_removed(self, row_id: UUID) -> bool:
        """Whether it was removed from the plan by hand."""
        return row_id in self.rows and self.rows[row_id].position is None

    def number_of(self, row: Any) -> str:
        """The number of a row as it stands in the plan; empty when it was removed."""
        if row.position is None or isinstance(row, Objective):
            return str(row.position or "")
        return f"{self.rows[row.objective_id].position}.{row.position}"

    def _seeded(self, table: type[Any]) -> list[Any]:
        return [row for row in self.rows.values() if isinstance(row, table) and row.seeded is not None]

    def _know_objective(self, row: Any) -> Known:
        parts = [each.seeded["text"] for each in self._seeded(Action) if self._home(each) == row.id]
        return Known(row.id, row.seeded_number, _texts(row), tuple(parts), _is_marked(row))

    def _know_action(self, row: Any) -> Known:
        """An action's number is that of its objective in this file, and its own place in it."""
        objective, place = self.number_in_file.get(self._home(row)), (row.seeded_number or "").rpartition(".")[2]
        return Known(
            row.id, f"{objective}.{place}" if objective and place else None, _texts(row), marked=_is_marked(row)
        )

    def _settle(self, matched: Matched, wanted: Json) -> dict[str, UUID]:
        """The ids by number. Quite other words: an action without progress is changed, a removed one makes way for a new one."""
        standing = [(number, self.rows[each]) for number, each in matched.unlike if not self.is_removed(each)]
        worked_on = self._find_worked_on([row for _, row in standing])
        for number, row in standing:
            if row.id in worked_on:
                self.errors.append(self.wanted.quite_other(number, row))
            matched.found[number] = row.id
        return {number: matched.found.get(number) or next(self.new_ids) for number in wanted}

    def _find_worked_on(self, rows: list[Any]) -> set[UUID]:
        """Those of these with progress: an objective where one of its actions has some. No statement without any; else 2 SELECTs."""
        ids = {row.id for row in rows}
        of = {
            each.id: each.id if each.id in ids else each.objective_id
            for each in self.rows.values()
            if isinstance(each, Action)
        }
        actions = [each for each, above in of.items() if above in ids and not self.is_removed(each)]
        return {of[each] for each in find_with_progress(self.session, actions)} if actions else set()

    def _number(self) -> dict[UUID, int]:
        """The position of everything that stands in the plan then, old and new."""
        rows = [row for row in self.rows.values() if not self.is_removed(row.id)]
        objectives = [row for row in rows if isinstance(row, Objective)]
        numbers = self._follow(objectives, {each: int(number) for number, each in self.objectives.items()})
        found = dict(numbers)
        for objective in numbers:
            stay = [row for row in rows if isinstance(row, Action) and row.objective_id == objective == self._then(row)]
            found |= self._follow(stay, self.places[objective])
        return found

    def _follow(self, rows: list[Any], wanted: dict[UUID, int]) -> dict[UUID, int]:
        was = {row.id: int(row.seeded_number.rpartition(".")[2]) for row in rows if row.seeded_number}
        stand = {each: place for each, place in wanted.items() if not self.is_removed(each)}
        return follow({row.id: row.position for row in rows}, was, stand)

    def _then(self, action: Any) -> UUID:
        """The objective of an action after this file: its own, where it is not in the file, would go where one was removed, or was moved by hand."""
        found: UUID = self.file_objective.get(action.id, action.objective_id)
        return action.objective_id if self.is_removed(found) or self._moved_by_hand(action) else found

    def _home(self, action: Any) -> UUID:
        """The objective in which the last file had an action, whoever moved it since."""
        number = (action.seeded_number or "").partition(".")[0]
        found: UUID = self.numbered.get(number, action.objective_id)
        return found

    def _moved_by_hand(self, action: Any) -> bool:
        """Whether somebody moved it to another objective since the last file: there it stays, whatever this file says."""
        return isinstance(action, Action) and self._home(action) != action.objective_id

    def _move(self, row: Any) -> Move | None:
        if self.is_removed(row.id):
            return None
        place = self.positions[row.id]
        before: Json = {"number": self.number_of(row)}
        after: Json = {"number": str(place)}
        if isinstance(row, Action):
            objective = self._then(row)
            after["number"] = f"{self.positions[objective]}.{place}"
            if objective != row.objective_id:
                before["objective_id"], after["objective_id"] = str(row.objective_id), str(objective)
        if before == after:
            return None
        if place != row.position:
            before["position"], after["position"] = row.position, place
        return Move(before, after)


class _Wanted:
    """The words of a file by number, and where each stands in it."""

    def __init__(self, document: Json) -> None:
        self.objectives, self.actions, self.pointers = dict[str, str](), dict[str, str](), dict[str, str]()
        self.parts: dict[str, list[str]] = {}
        for place, objective in enumerate(document["objectives"]):
            number, pointer = str(objective["number"]), f"/objectives/{place}"
            self.objectives[number], self.pointers[number] = objective["text"], pointer
            self.parts[number] = [action["text"] for action in objective["actions"]]
            for order, action in enumerate(objective["actions"]):
                self.actions[action["number"]] = action["text"]
                self.pointers[action["number"]] = f"{pointer}/actions/{order}"

    def quite_other(self, number: str, row: Any) -> FieldError:
        """Words that have nothing to do with those under which people have said how it is going."""
        what = "action" if isinstance(row, Action) else "objective"
        text = (self.objectives | self.actions)[number]
        detail = (
            f"{what.capitalize()} {number} has progress under the words “{shorten(row.text)}”. The file says “{shorten(text)}” there."
            f" If that is the same {what}, change its wording in the plan first; if it is another, give it a number of its own,"
            f" or remove the old {what} from the plan first."
        )
        return FieldError(f"{self.pointers[number]}/text", "other-words", detail)


def _order(row: Any) -> tuple[int, ...]:
    """Its place in the last file; what was in none comes last."""
    return tuple(map(int, row.seeded_number.split("."))) if row.seeded_number else (10_000,)


def _texts(row: Any) -> tuple[str, ...]:
    """The words of the last file, and as they stand."""
    return row.seeded["text"], row.text


def _is_marked(row: Any) -> bool:
    return is_marked(row.seeded["text"]) or is_marked(row.text)
