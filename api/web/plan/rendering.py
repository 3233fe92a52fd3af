"""What is made of a plan document, now or on a past day: from this worker's cache, or built in one snapshot."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import current_app

from api.domain.errors import FieldError, InvalidParameter, NotFound
from api.domain.plan.as_at import Cut
from api.domain.plan.by_when import say_date
from api.domain.plan.document import PlanDocument
from api.http.database.replica import At, read_one, read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.http.messages.etag import held, marked, past_etag, plan_etag
from api.queries.plan.as_at import find_cut, get_plan_as_at
from api.queries.plan.plan_document import get_plan_document
from api.web.plan.cache import PastDay, PlanCache, Rendered, Written

Write = Callable[[Rendered], Written]


def tell(call: Call, as_at: date | None, write: Write, of: str = "") -> Answer:
    """Answer with what `write` makes of the plan at the end of a day, as it stands for None and today.

    Who has it already gets a 304 that costs no document; `of` is what else makes it another. Raises NotFound, InvalidParameter.
    """
    plan_id, revision = plan_stamp(call)
    if as_at is None or as_at == call.work.today:
        return _tell_now(call, plan_id, revision, write, of)
    check_day(call, as_at)
    return _tell_past(stands_at(call), (plan_id, as_at), write, of)


def check_day(call: Call, day: date | None, name: str = "as_at") -> None:
    """Raise InvalidParameter for a day, given as the parameter `name`, that is still to come."""
    if day is not None and day > call.work.today:
        says = f"This day is still to come; today is {say_date(call.work.today)}."
        raise InvalidParameter(f"{name}: {says}", [FieldError(f"?{name}", "invalid", says)])


def stands_at(call: Call) -> At:
    """The state of the plan and the directory as the primary told it to this caller."""
    return At(call.here.plan_id, call.here.revision, call.here.directory_revision)


def plan_stamp(call: Call) -> tuple[UUID, int]:
    """(id, revision) of the plan asked about. Raises NotFound."""
    here = call.here
    if here.plan_id is None or here.revision is None:
        raise NotFound("There is no such plan.")
    return here.plan_id, here.revision


def rendered_plan(call: Call, plan_id: UUID, revision: int) -> Rendered:
    """The plan as it stands."""
    today, at = call.work.today, At(plan_id, revision, call.here.directory_revision)

    def load() -> PlanDocument:
        return read_several(at, lambda session: get_plan_document(session, plan_id, today))

    return _cache().get(plan_id, (revision, at.directory_revision, today), load)


def _tell_now(call: Call, plan_id: UUID, revision: int, write: Write, of: str) -> Answer:
    tag = marked(_tag(call, revision), of)
    if have := held(tag):
        return Answer(etag=have, known=True)
    found = rendered_plan(call, plan_id, revision)
    return _answer(write(found), marked(_tag(call, found.stamp[0]), of))


def _tell_past(at: At, key: PastDay, write: Write, of: str) -> Answer:
    cut = past_cut(at, key)
    tag = marked(past_tag(cut, key[1]), of)
    if have := held(tag):
        return Answer(etag=have, known=True)
    return _answer(write(rendered_past(at, key, cut)), tag)


def past_cut(at: At, key: PastDay) -> Cut:
    """Where a past day of a plan ended. Raises NotFound when the plan was not there yet."""
    now = (at.revision or 0, at.directory_revision)
    return _cache().past.cut(key, now, lambda: read_one(at, lambda session: find_cut(session, *key)))


def rendered_past(at: At, key: PastDay, cut: Cut) -> Rendered:
    """The plan as it stood there."""

    def load() -> PlanDocument:
        return read_several(at, lambda session: get_plan_as_at(session, *key, cut))

    return _cache().past.get(key, (at.revision or 0, at.directory_revision), cut, load)


def past_tag(cut: Cut, day: date, reader: str = "") -> str:
    """The ETag of what this release makes of a plan on a past day; `reader` is what makes one reader's view another."""
    return past_etag(cut, day, _release(), reader)


def _answer(written: Written, tag: str) -> Answer:
    return Answer(written.body, etag=tag, links=written.links, file_name=written.file_name, pack=written.packed)


def _cache() -> PlanCache:
    cache: PlanCache = current_app.extensions["plan_cache"]
    return cache


def _tag(call: Call, revision: int) -> str:
    return plan_tag(revision, call.here.directory_revision, call.work.today)


def plan_tag(revision: int, directory_revision: int, today: date) -> str:
    """The ETag of a plan document as this release writes it."""
    return plan_etag(revision, directory_revision, today, _release())


def _release() -> str:
    release: str = current_app.extensions["plan_settings"].release
    return release
