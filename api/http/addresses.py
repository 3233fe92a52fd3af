"""Each thing has one address, and each address is of one thing.

Addresses in which a word and an id stand at the same place: `/me/sessions/end-others` beside `/me/sessions/<session>`. Without this
the router takes the word for an id where the method is the id's, and says so in `Allow`.

Other spellings of an address (`/api/v1/me/`, `//api/v1/me`) are of nothing: 404, and no redirect that could lead in a circle or to
a host named "api" (ADR 20). Under a second address an Idempotency-Key would be another one.
"""

import re

from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, Map

_PART = re.compile(r"<(\w+)>")


class Beside(BaseConverter):
    """A part of a path that is none of the words beside it."""

    part_isolating = True

    def __init__(self, url_map: Map, *words: str) -> None:
        super().__init__(url_map)
        self.regex = rf"(?!(?:{'|'.join(map(re.escape, words))})/?\Z)[^/]+"


def install(app: Flask) -> None:
    """Teach the router the converter that `address_of` writes."""
    app.url_map.converters["beside"] = Beside
    app.before_request(_refuse_second_slash)


def _refuse_second_slash() -> None:
    """Raise NotFound for an address that begins with two slashes: werkzeug reads it as if there were one."""
    if request.environ.get("PATH_INFO", "").startswith("//"):
        raise NotFound


def address_of(rule: str, others: list[list[str]]) -> str:
    """The rule for the router: each id that has words beside it, in the parts of other rules, with these words."""
    parts = rule.split("/")
    return "/".join([_with_words(part, _words_beside(parts, place, others)) for place, part in enumerate(parts)])


def _words_beside(parts: list[str], place: int, others: list[list[str]]) -> list[str]:
    if not _PART.search(parts[place]):
        return []
    beside = {each[place] for each in others if len(each) == len(parts) and each[:place] == parts[:place]}
    return sorted(word for word in beside if not _PART.fullmatch(word))


def _with_words(part: str, words: list[str]) -> str:
    if not words:
        return part
    named = ", ".join(f"'{word}'" for word in words)
    return _PART.sub(rf"<beside({named}):\1>", part)
