"""Rating (BRAG): confidence as declared, and the effective rating that the board is shown (DOMAIN 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from api.domain.plan.by_when import is_past, say_date
from api.domain.plan.status import CLOSED, DONE, Status


class Letter(StrEnum):
    """The letters of the key; what each means is data of the plan."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    BLUE = "B"


class Acknowledgement(StrEnum):
    """What the lead officer has said of a contributor's update."""

    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Declared:
    """A rating somebody gave with a progress update."""

    letter: Letter
    by: str
    on: date
    acknowledgement: Acknowledgement | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating to show. `value` None is grey, never green; `says` is a sentence when the letter alone would mislead."""

    value: Letter | None
    basis: str
    declared: Letter | None = None
    declared_by: str | None = None
    declared_on: date | None = None
    acknowledgement: Acknowledgement | None = None
    says: str | None = None


def effective(
    status: Status,
    last_day: date | None,
    declared: Declared | None,
    *,
    today: date,
    cycle_days: int,
    words: dict[str, str],
) -> Rating:
    """The effective rating of an action.

    Past the last day and not delivered is red whatever was declared; a green older than one review cycle of
    `cycle_days` leaves the green count; complete is blue. `words` maps letters to the plan's own words.
    """
    basis, value = _basis(status, last_day, declared, today, cycle_days)
    says = _sentence(basis, last_day, declared, words)
    if declared is None:
        return Rating(value, basis, says=says)
    return Rating(value, basis, declared.letter, declared.by, declared.on, declared.acknowledgement, says)


def effective_letter(
    status: Status, last_day: date | None, declared: Letter | None, on: date | None, *, today: date, cycle_days: int
) -> Letter | None:
    """The effective rating's letter alone, without its sentence; `on` is the day of the declared one."""
    said = Declared(declared, "", on) if declared is not None and on is not None else None
    return _basis(status, last_day, said, today, cycle_days)[1]


def is_past_date(status: Status, last_day: date | None, today: date) -> bool:
    """Whether the action's date has gone by without it being delivered, completed or set aside."""
    return status not in DONE | CLOSED and is_past(last_day, today)


def _basis(
    status: Status, last_day: date | None, declared: Declared | None, today: date, cycle_days: int
) -> tuple[str, Letter | None]:
    if status is Status.COMPLETE:
        return "complete", Letter.BLUE
    if is_past_date(status, last_day, today):
        return "past_date", Letter.RED
    if declared is None or status in CLOSED:
        return "none", None
    if declared.on < today - timedelta(days=cycle_days):
        return "stale", None if declared.letter is Letter.GREEN else declared.letter
    return "declared", declared.letter


def _sentence(basis: str, last_day: date | None, declared: Declared | None, words: dict[str, str]) -> str | None:
    """Both sides where computed and declared differ, and whose word an unacknowledged rating is."""
    parts = []
    if declared is not None and basis != "complete":
        word = words.get(declared.letter, declared.letter).lower()
        if basis == "stale":
            parts.append(f"{declared.by} said {word} on {say_date(declared.on)}, too long ago to count")
        elif declared.acknowledgement is Acknowledgement.WAITING:
            parts.append(f"{declared.by} says {word}, not yet acknowledged")
        elif declared.acknowledgement is Acknowledgement.RETURNED:
            parts.append(f"{declared.by} says {word}, returned with a question")
        elif basis == "past_date" and declared.letter is not Letter.RED:
            parts.append(f"{declared.by} says {word}")
    if basis == "past_date" and last_day is not None:
        parts.append(f"past its date since {say_date(last_day)}")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] if said else None
