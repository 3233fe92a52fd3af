"""Strong ETags, and what a caller's If-Match says they had seen.

A plan's is made of its revision, the directory's and the day, so it is the same for every reader and costs nothing
to compute. An action's names its parts: `r` the plan's revision when any part of it last changed, `v` its own
fields' version, `u` the updates it has had. An edit asks the journal what was changed since `r`, and clashes only with the
same field; a post compares `u`: posting never spoils an open edit, nor an edit a post (API 3.2, 3.3). An edit of a plan's
settings takes the ETag of its document and asks the journal the same, so a post spoils none of these either.
"""

import re
from datetime import date
from zlib import crc32

from flask import Response, request

from api.domain.as_at import Cut
from api.services.work import Seen

_PARTS = re.compile(r'"r(\d+)\.v(\d+)\.u(\d+)\.[\w.-]+"')
_OF_DIRECTORY = re.compile(r'"d(\d+)\.v(\d+)\.[0-9a-f]{8}"')
_OF_PLAN = re.compile(r'"r(\d+)\.d\d+\.t\d{4}-\d\d-\d\d\.[^"]+"')
_OF_OBJECTIVE = re.compile(r'"r(\d+)\.o(\d+)\.[0-9a-f]{8}"')
_VERSION = re.compile(r'"v(\d+)\.[0-9a-f]{8}"')
_ENCODED = re.compile(r'-(?:gzip|br)"$')


def plan_etag(revision: int, directory_revision: int, today: date, release: str) -> str:
    """The ETag of a plan and of everything made from its document."""
    return f'"r{revision}.d{directory_revision}.t{today}.{release}"'


def marked(etag: str, of: str) -> str:
    """The tag of the same for somebody or somewhere else; the tag itself when there is nothing to tell apart."""
    return f'{etag[:-1]}.{crc32(of.encode()):08x}"' if of else etag


def past_etag(cut: Cut, day: date, release: str, reader: str = "") -> str:
    """The ETag of a plan on a past day: where that day ended, and the last withdrawal since; and of whom, where that matters."""
    mark = f".{crc32(reader.encode()):08x}" if reader else ""
    return f'"r{cut.revision}.d{cut.directory_revision}.w{cut.withdrawal}.t{day}.{release}{mark}"'


def feed_etag(revisions: tuple[int, int], today: date, release: str, asked: str) -> str:
    """The ETag of a page of changes; `revisions` are (plan, directory), `asked` is what makes it another page.

    A page says how objects stand, and that depends on the day. What was asked is in it, so that the tag of one
    page, sent with the cursor of the next, never hides that.
    """
    revision, directory_revision = revisions
    return f'"r{revision}.d{directory_revision}.t{today}.{crc32(asked.encode()):08x}.{release}"'


def figures_etag(revision: int, today: date, release: str, asked: str) -> str:
    """The ETag of figures of a plan's history: the directory says nothing in them."""
    return f'"r{revision}.t{today}.{crc32(asked.encode()):08x}.{release}"'


def action_etag(stamp: tuple[int, int, int], directory_revision: int, today: date, reader: str) -> str:
    """The ETag of one action as this reader sees it; `stamp` is (revision, version, updates_count)."""
    revision, version, posts = stamp
    mark = f"{crc32(reader.encode()):08x}"
    return f'"r{revision}.v{version}.u{posts}.d{directory_revision}.t{today}.{mark}"'


def directory_etag(directory_revision: int, version: int, body: bytes) -> str:
    """The ETag of a person, an agency or a group as this reader sees it: an edit asks what was changed since `d`."""
    return f'"d{directory_revision}.v{version}.{crc32(body):08x}"'


def objective_etag(revision: int, version: int, body: bytes) -> str:
    """The ETag of an objective: an edit asks what was changed since `r`, the plan's revision when it was read."""
    return f'"r{revision}.o{version}.{crc32(body):08x}"'


def version_etag(version: int, mark: str) -> str:
    """The ETag of an object of its own, such as an account: a change of it compares the version. `mark` names the rest."""
    return f'"v{version}.{mark}"'


def update_etag(version: int, reader: str) -> str:
    """The ETag of one update as this reader sees it; a correction compares its version."""
    return version_etag(version, f"{crc32(reader.encode()):08x}")


def is_known(etag: str) -> bool:
    """Whether the caller's If-None-Match says that they have this one."""
    given = request.headers.get("If-None-Match")
    if given is None:
        return False
    return given.strip() == "*" or etag in {_plain(tag) for tag in given.split(",")}


def _plain(tag: str) -> str:
    """The tag without its weakness and without the mark of a compressed answer."""
    return _ENCODED.sub('"', tag.strip().removeprefix("W/"))


def not_modified(etag: str) -> Response:
    """A 304 with the tag, and no body."""
    answer = Response(status=304)
    answer.headers["ETag"] = etag
    return answer


def encoded(etag: str, coding: str) -> str:
    """The tag of a compressed form: another representation, so another strong tag (RFC 9110, 8.8.3)."""
    return f'{etag[:-1]}-{coding}"'


def read_if_match() -> Seen | None:
    """What the caller had seen of a thing; None without If-Match or with `*`, `known` False when it is not one of ours."""
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    of_directory = _OF_DIRECTORY.fullmatch(_plain(given))
    if of_directory:
        return Seen(None, int(of_directory[2]), None, known=False, directory=int(of_directory[1]))
    of_plan = _OF_PLAN.fullmatch(_plain(given))
    if of_plan:
        return Seen(None, None, None, known=False, plan=int(of_plan[1]))
    of_objective = _OF_OBJECTIVE.fullmatch(_plain(given))
    if of_objective:
        return Seen(int(of_objective[1]), int(of_objective[2]), None, known=False)
    alone = _VERSION.fullmatch(_plain(given))
    if alone:
        return Seen(None, int(alone[1]), None)
    found = _PARTS.fullmatch(_plain(given))
    return Seen(int(found[1]), int(found[2]), int(found[3])) if found else Seen(None, None, None, known=False)
