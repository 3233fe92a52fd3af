"""The plan document rendered once for each (revision, directory revision, day), kept by each worker (ADR 2).

Past days are kept beside, a few of them: a day that is over changes only when somebody withdraws words of it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID

from api.domain.plan.as_at import Cut
from api.domain.plan.document import PlanDocument
from api.domain.plan.filters import ActionIndex
from api.http.messages.answers import compress
from api.http.messages.json_io import dumps

Stamp = tuple[int, int, date]

# Of each plan: 4 MB at most.
MOST_LISTS_KEPT = 64
LARGEST_LIST_KEPT = 64 * 1024
# The summary and the two flat feeds, at a few addresses of this site.
MOST_FEEDS_KEPT = 12
MOST_PAST_DAYS_KEPT = 32
MOST_PAST_BYTES_KEPT = 8 * 1024 * 1024


@dataclass(slots=True)
class Written:
    """An answer's bytes, and their compressed forms: each made once, when first asked for."""

    body: bytes
    links: str | None = None
    file_name: str | None = None
    thorough: bool = False
    forms: dict[str, bytes] = field(default_factory=dict)

    def packed(self, coding: str) -> bytes:
        """The bytes in this coding."""
        found = self.forms.get(coding)
        if found is None:
            found = self.forms[coding] = compress(self.body, coding, thorough=self.thorough)
        return found


@dataclass(slots=True)
class Rendered:
    """A plan document with its bytes, the index its lists are read from, and the lists that were asked for."""

    stamp: Stamp
    document: PlanDocument
    whole: Written
    index: ActionIndex
    lists: dict[str, Written] = field(default_factory=dict)
    feeds: dict[str, Written] = field(default_factory=dict)

    def fed(self, name: str, write: Callable[[], Written]) -> Written:
        """What is made of the whole document under this name, a feed or the summary: written once, whatever its length."""
        found = self.feeds.get(name)
        if found is None:
            found = write()
            if len(self.feeds) < MOST_FEEDS_KEPT:
                self.feeds[name] = found
        return found

    def listed(self, address: str, write: Callable[[], Written]) -> Written:
        """The list at this address, path and query. The client asks the same few; `write` writes one that is not kept."""
        found = self.lists.get(address)
        if found is None:
            found = write()
            if len(found.body) <= LARGEST_LIST_KEPT and len(self.lists) < MOST_LISTS_KEPT:
                self.lists[address] = found
        return found


def render(stamp: Stamp, document: PlanDocument, *, thorough: bool = True) -> Rendered:
    """Write the document; `thorough` when many will ask for it."""
    return Rendered(stamp, document, Written(dumps(document), thorough=thorough), ActionIndex(document))


class PlanCache:
    """The newest rendering of each plan, the least recently read forgotten first when they grow past `most_bytes`.

    One build at a time for each plan: readers who arrive meanwhile wait for it instead of building their own.
    """

    def __init__(self, most_bytes: int = 96 * 1024 * 1024) -> None:
        self._kept: OrderedDict[UUID, Rendered] = OrderedDict()
        self._building: dict[UUID, Lock] = {}
        self._lock = Lock()
        self._most_bytes = most_bytes
        self.past = PastDays()

    def get(self, plan_id: UUID, stamp: Stamp, load: Callable[[], PlanDocument]) -> Rendered:
        """The rendering at this stamp or a newer one; `load` builds the document when none is kept."""
        found = self._fresh(plan_id, stamp)
        if found is not None:
            return found
        with self._lock:
            building = self._building.setdefault(plan_id, Lock())
        with building:
            found = self._fresh(plan_id, stamp)
            if found is None:
                document = load()
                found = render((document.revision, stamp[1], document.as_of), document)
                self._keep(plan_id, found)
        return found

    def _fresh(self, plan_id: UUID, stamp: Stamp) -> Rendered | None:
        with self._lock:
            found = self._kept.get(plan_id)
            if found is None or found.stamp[2] != stamp[2] or found.stamp[0] < stamp[0] or found.stamp[1] < stamp[1]:
                return None
            self._kept.move_to_end(plan_id)
            return found

    def _keep(self, plan_id: UUID, rendered: Rendered) -> None:
        with self._lock:
            self._kept[plan_id] = rendered
            self._kept.move_to_end(plan_id)
            while len(self._kept) > 1 and sum(len(each.whole.body) for each in self._kept.values()) > self._most_bytes:
                self._kept.popitem(last=False)


PastDay = tuple[UUID, date]


@dataclass(slots=True)
class _KeptDay:
    """Where a day ended, the (revision, directory revision) of now at which that was looked up, and the rendering."""

    looked_up: tuple[int, int]
    cut: Cut
    rendered: Rendered | None = None

    def size(self) -> int:
        return len(self.rendered.whole.body) if self.rendered else 0


class PastDays:
    """Renderings of past days, the least recently read forgotten first. One is built at a time, because it is expensive and rare."""

    def __init__(self, most: int = MOST_PAST_DAYS_KEPT, most_bytes: int = MOST_PAST_BYTES_KEPT) -> None:
        self._kept: OrderedDict[PastDay, _KeptDay] = OrderedDict()
        self._lock, self._building = Lock(), Lock()
        self._most, self._most_bytes = most, most_bytes

    def cut(self, key: PastDay, now: tuple[int, int], find: Callable[[], Cut]) -> Cut:
        """Where the day ended; looked up again by `find` once anything was changed, for that may be a withdrawal."""
        found = self._read(key)
        if found is not None and found.looked_up == now:
            return found.cut
        cut = find()
        kept = found.rendered if found is not None and found.cut == cut else None
        self._keep(key, _KeptDay(now, cut, kept))
        return cut

    def get(self, key: PastDay, now: tuple[int, int], cut: Cut, load: Callable[[], PlanDocument]) -> Rendered:
        """The rendering of the day at this cut; `load` builds the document when none is kept."""
        found = self._rendered(key, cut)
        if found is not None:
            return found
        with self._building:
            found = self._rendered(key, cut)
            if found is None:
                found = render((cut.revision, cut.directory_revision, key[1]), load(), thorough=False)
                self._keep(key, _KeptDay(now, cut, found))
            return found

    def _rendered(self, key: PastDay, cut: Cut) -> Rendered | None:
        kept = self._read(key)
        return kept.rendered if kept is not None and kept.cut == cut else None

    def _read(self, key: PastDay) -> _KeptDay | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: PastDay, day: _KeptDay) -> None:
        with self._lock:
            self._kept[key] = day
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self._overflows():
                self._kept.popitem(last=False)

    def _overflows(self) -> bool:
        return len(self._kept) > self._most or sum(each.size() for each in self._kept.values()) > self._most_bytes
