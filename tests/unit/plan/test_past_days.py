"""What a worker keeps of past days: few, the newest read, and nothing that was withdrawn since."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.domain.plan.as_at import Cut
from api.web.plan import cache
from api.web.plan.cache import PastDays, Rendered, Written
from tests.factories import number_id

PLAN = number_id(1)
NOW, LATER = (5, 1), (6, 1)
CUT = Cut(3, 1, 0)
Key = tuple[UUID, date]


def key(day: int) -> Key:
    return PLAN, date(2026, 11, day)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The documents that were rendered; a document here is its bytes."""
    found: list[bytes] = []

    def render(stamp: Any, document: Any, *, thorough: bool) -> Rendered:
        found.append(document)
        return Rendered(stamp, document, Written(document), None)  # type: ignore[arg-type]

    monkeypatch.setattr(cache, "render", render)
    return found


def read(days: PastDays, day: int, body: bytes = b"x", cut: Cut = CUT, now: tuple[int, int] = NOW) -> bytes:
    load: Callable[[], Any] = lambda: body  # noqa: E731
    days.cut(key(day), now, lambda: cut)
    return days.get(key(day), now, cut, load).whole.body


def test_a_day_is_rendered_once(built: list[bytes]) -> None:
    days = PastDays()
    assert [read(days, 1), read(days, 1, b"y")] == [b"x", b"x"]
    assert built == [b"x"]


def test_the_end_of_a_day_is_looked_up_again_once_something_changed() -> None:
    days, looked_up = PastDays(), []
    for now in (NOW, NOW, LATER, LATER):
        days.cut(key(1), now, lambda now=now: looked_up.append(now) or CUT)  # type: ignore[misc,func-returns-value]
    assert looked_up == [NOW, LATER]


def test_a_change_that_leaves_the_day_as_it_was_renders_nothing(built: list[bytes]) -> None:
    days = PastDays()
    read(days, 1)
    read(days, 1, b"y", now=LATER)
    assert built == [b"x"]


def test_a_withdrawal_renders_the_day_anew(built: list[bytes]) -> None:
    days = PastDays()
    read(days, 1)
    assert read(days, 1, b"without the words", Cut(3, 1, 6), LATER) == b"without the words"


def test_no_more_days_are_kept_than_allowed(built: list[bytes]) -> None:
    days = PastDays(most=2)
    for day in (1, 2, 1, 3, 1, 2):
        read(days, day)
    assert len(built) == 4


def test_no_more_bytes_are_kept_than_allowed(built: list[bytes]) -> None:
    days = PastDays(most_bytes=10)
    for day in (1, 2, 2, 1):
        read(days, day, b"123456")
    assert len(built) == 3


def test_one_day_that_is_too_large_for_all_is_kept_alone(built: list[bytes]) -> None:
    days = PastDays(most_bytes=3)
    for _ in range(2):
        read(days, 1, b"123456")
    assert len(built) == 1
