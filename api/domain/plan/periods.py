"""Which words, kind and days of a By When agree, and which days a plan may have (API 5.3, DOMAIN 4).

One set of rules: the loader, a date that is moved, a new action and a plan's settings ask here, and the database's
constraints say the same.
"""

from collections.abc import Iterator
from datetime import date

from api.domain.days import YEARS, is_held
from api.domain.errors import FieldError, ValidationFailed
from api.domain.plan.by_when import DATED, EXAMPLES, ByWhen, DateKind, print_date, read_printed, say_date, why_no_period

UNDATED_WORDS = {DateKind.ONGOING: "Ongoing", DateKind.TO_BE_CONFIRMED: "TBC", DateKind.NOT_GIVEN: ""}
"""What is printed for a kind without days when nobody gives words."""


def complete(kind: DateKind, printed: str | None, first: date | None, last: date | None) -> ByWhen:
    """A requested By When, completed: days from words, words from days."""
    if kind not in DATED:
        return ByWhen(printed if printed is not None else UNDATED_WORDS.get(kind, ""), kind, first, last)
    if first is None and last is None and printed:
        read = read_printed(printed)
        if read is not None and read.kind is kind:
            return read
    if last is None and kind is DateKind.DATE:
        last = first
    return ByWhen(printed or _words(first, last), kind, first, last)


def says_the_same(when: ByWhen, other: ByWhen) -> bool:
    """Whether both mean the same days, whatever their words."""
    return (when.kind, when.first, when.last) == (other.kind, other.first, other.last)


def _words(first: date | None, last: date | None) -> str:
    days = dict.fromkeys(day for day in (first, last) if day)
    return " to ".join(map(print_date, days))


def ask(kind: DateKind, printed: str | None, first: date | None, last: date | None) -> ByWhen:
    """The By When that somebody asks for. Raises ValidationFailed with all that is wrong."""
    if kind is DateKind.STATUS_IN_DATE_COLUMN:
        errors = [_wrong("kind", "A status is not a date; set the status of the action instead.")]
    else:
        when = complete(kind, printed, first, last)
        errors = find_wrong(when)
        if not errors:
            return when
    raise ValidationFailed(errors[0].detail, errors)


def find_wrong(when: ByWhen) -> list[FieldError]:
    """The contradictions in a By When; pointers are /kind, /printed, /from and /to."""
    return [*_wrong_days(when), *_wrong_words(when)]


def _wrong_days(when: ByWhen) -> Iterator[FieldError]:
    first, last = when.first, when.last
    if when.kind not in DATED:
        for name, day in (("from", first), ("to", last)):
            if day is not None:
                yield _wrong(name, f"Leave out from and to: a date of kind {when.kind} has no days.")
        return
    if (first is None or last is None) and not _says_more(when):
        yield _wrong("from" if first is None else "to", _lacking(when.kind))
    yield from (_wrong(name, YEARS) for name, day in (("from", first), ("to", last)) if day and not is_held(day))
    if first is None or last is None:
        return
    if last < first:
        yield _wrong("to", f"The last day is before the first, {say_date(first)}.")
    elif when.kind is DateKind.DATE and last != first:
        yield _wrong(
            "to", "A date is one day: make to the same as from, or use the kind season, month, quarter or year."
        )


def _says_more(when: ByWhen) -> bool:
    """Whether words without days have something wrong of their own: that they are no day, or of another kind."""
    none = when.first is when.last is None and when.printed.strip()
    return bool(none and (why_no_period(when.printed) or read_printed(when.printed)))


def _lacking(kind: DateKind) -> str:
    days = "the day (from)" if kind is DateKind.DATE else "the first and last day (from, to)"
    return f"Give {days}, or printed words that say it, such as {EXAMPLES[kind]}."


def _wrong_words(when: ByWhen) -> Iterator[FieldError]:
    words = when.printed.strip()
    if when.kind is DateKind.NOT_GIVEN and words:
        yield _wrong("printed", "Leave the words out where no date is given, or choose the kind that they are.")
    elif when.kind in DATED and (no_period := why_no_period(words)):
        yield _wrong("printed", no_period)
    elif words and not _agrees(read_printed(words), when):
        yield FieldError(
            "/printed", "disagrees", f"{_say(when.printed)} Make kind and days say that, or correct the words."
        )


def _agrees(read: ByWhen | None, when: ByWhen) -> bool:
    """Whether words that were read say what kind and days say; half a period is told as that, and days that should not be."""
    if read is None or when.kind not in DATED:
        return read is None or read.kind is when.kind
    return (when.first is None) != (when.last is None) or says_the_same(read, when)


def _say(printed: str) -> str:
    """What words are read as, in words: the kind, and the days where it has some."""
    read = read_printed(printed)
    days = [say_date(day) for day in dict.fromkeys((read.first, read.last)) if day] if read else []
    kind = f"the kind {read.kind}" if read else "nothing"
    return f"“{printed}” is read as {', '.join([kind, *([' to '.join(days)] if days else [])])}."


def find_wrong_days(
    first: date | None, last: date | None, end: date | None, review: date | None = None
) -> list[FieldError]:
    """What is wrong with the days of a plan: from and to of its start, its end, its next review."""
    given = {"/starts/from": first, "/starts/to": last, "/ends_on": end, "/next_review_on": review}
    found = [FieldError(pointer, "invalid", YEARS) for pointer, day in given.items() if day and not is_held(day)]
    if (first is None) != (last is None):
        lacking = "/starts/from" if first is None else "/starts/to"
        found.append(FieldError(lacking, "invalid", "Give both the first and the last day of the start, or neither."))
    if first is not None and last is not None and first > last:
        found.append(FieldError("/starts/to", "invalid", "The last day of the start must not be before its first."))
    if first is not None and end is not None and end < first:
        found.append(FieldError("/ends_on", "invalid", "The plan cannot end before it starts."))
    return found


def _wrong(name: str, detail: str) -> FieldError:
    return FieldError(f"/{name}", "invalid", detail)
