"""Strong ETags, and what a caller's If-Match says they had seen.

A plan's is made of its revision, the directory's and the day, so it is the same for every reader and costs nothing
to compute. An action's names its parts: `r` the plan's revision when any part of it last changed, `v` its own
fields' version, `u` the updates it has had. An edit asks the journal what was changed since `r`, and clashes only with the
same field; a post compares `u`: posting never spoils an open edit, nor an edit a post (API 3.2, 3.3). An edit of a plan's
settings takes the ETag of its document and asks the journal the same, so a post spoils none of these either.

Every other answer to a GET has a tag made of its bytes. Here, too, is the one reader of the tags that callers send.
"""

import re
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from flask import Response, request

from api.domain.plan.as_at import Cut
from api.http.messages.accept import CODINGS, codings_of
from api.services.work import Seen

_PARTS = re.compile(r'"r(\d+)\.v(\d+)\.u(\d+)\.[\w.-]+"')
_OF_DIRECTORY = re.compile(r'"d(\d+)\.v(\d+)\.[0-9a-f]{8}"')
_OF_PLAN = re.compile(r'"r(\d+)\.d\d+\.t\d{4}-\d\d-\d\d\.[^"]+"')
_OF_OBJECTIVE = re.compile(r'"r(\d+)\.o(\d+)\.[0-9a-f]{8}"')
_VERSION = re.compile(r'"v(\d+)\.[0-9a-f]{8}"')
_ENCODED = re.compile(r'-(?:gzip|br)"$')
_TAG = re.compile(r'[ \t,]*(W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)')


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


def update_etag(version: int, body: bytes) -> str:
    """The ETag of one update as this reader sees it; a correction compares its version."""
    return version_etag(version, f"{crc32(body):08x}")


def body_etag(body: bytes) -> str:
    """The ETag of an answer that no revision names: made of its bytes, so it is never the tag of other bytes."""
    return f'"b{blake2b(body, digest_size=12).hexdigest()}"'


def held(etag: str) -> str | None:
    """The tag under which the caller says, in If-None-Match, that they have this one; None when they do not, and for `*`.

    Each compressed form has a tag of its own, and whoever has any of them has this. A 304 names the form that they would be
    sent now, if they have that one: a cache goes on with the stored answer of that tag (RFC 9111, 4.3.4).
    """
    given = request.headers.get("If-None-Match")
    if given is None:
        return None
    theirs = {tag.text for tag in read_tags(given) or ()}
    liked = codings_of(request.headers.get("Accept-Encoding", ""))
    forms = [*(encoded(etag, coding) for coding in liked), etag, *(encoded(etag, coding) for coding in CODINGS)]
    return next((form for form in forms if form in theirs), None)


def asks_for_any() -> bool:
    """Whether If-None-Match is `*`: nothing is to be sent of what is there, whatever its state (RFC 9110, 13.1.2)."""
    return request.headers.get("If-None-Match", "").strip() == "*"


def not_modified(etag: str) -> Response:
    """A 304 with the tag, and no body."""
    answer = Response(status=304)
    answer.headers["ETag"] = etag
    return answer


def encoded(etag: str, coding: str) -> str:
    """The tag of a compressed form: another representation, so another strong tag (RFC 9110, 8.8.3)."""
    return f'{etag[:-1]}-{coding}"'


class Tag(NamedTuple):
    """An entity-tag: `text` with its quotation marks, and whether it is a weak one."""

    weak: bool
    text: str


def read_tags(given: str) -> list[Tag] | None:
    """The list of a conditional header, over as many lines as it came; None for what is no such list (RFC 9110, 8.8.3, 5.6.1)."""
    found: list[Tag] = []
    place = 0
    while each := _TAG.match(given, place):
        found.append(Tag(bool(each[1]), each[2]))
        place = each.end()
    return None if not found or given[place:].strip(" \t,") else found


def takes_any() -> bool:
    """Whether If-Match is `*`: whatever there is (RFC 9110, 13.1.1)."""
    return request.headers.get("If-Match", "").strip() == "*"


def read_if_match() -> Seen | None:
    """What the caller had seen of a thing, `known` False when that is none of our tags; None without If-Match and with `*`.

    A weak tag never matches here, for If-Match compares strongly (RFC 9110, 13.1.1), and what is no tag matches nothing; of
    several, one that holds is enough.
    """
    given = request.headers.get("If-Match")
    if given is None or takes_any():
        return None
    seen = [found for tag in read_tags(given) or () if not tag.weak and (found := _seen(_ENCODED.sub('"', tag.text)))]
    return max(seen, key=_newest) if seen else Seen(None, None, None, known=False)


def _newest(seen: Seen) -> tuple[int, ...]:
    """Numbers only grow: where any tag of a list still holds, the newest does."""
    return tuple(part or 0 for part in (seen.directory, seen.plan, seen.revision, seen.version, seen.updates_count))


def _seen(tag: str) -> Seen | None:
    """What one of our tags says was seen."""
    if found := _PARTS.fullmatch(tag):
        return Seen(int(found[1]), int(found[2]), int(found[3]))
    if found := _OF_DIRECTORY.fullmatch(tag):
        return Seen(None, int(found[2]), None, known=False, directory=int(found[1]))
    if found := _OF_PLAN.fullmatch(tag):
        return Seen(None, None, None, known=False, plan=int(found[1]))
    if found := _OF_OBJECTIVE.fullmatch(tag):
        return Seen(int(found[1]), int(found[2]), None, known=False)
    if found := _VERSION.fullmatch(tag):
        return Seen(None, int(found[1]), None)
    return None
