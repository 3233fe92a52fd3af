"""Words in a body that look like case data: named, and kept only when whoever writes says that they are none (DOMAIN 9); and what was left out of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import unquote

from flask import current_app
from marshmallow import Schema, fields

from api.config import Settings
from api.domain.errors import CaseDataSuspected
from api.domain.privacy.case_data import allowed_by, find_case_data
from api.domain.text import left_out
from api.schemas.base import LEFT_OUT
from api.services.work import Work

_NUMBER = re.compile(r"/\d+(?=/|\Z)")
CONFIRMED = "confirm_no_case_data"
Warnings = list[dict[str, str]]


def look_through(kind: type[Schema], body: dict[str, Any]) -> Warnings:
    """Everything suspicious in what people wrote freely in a body, in its order: pointer, kind, words, detail."""
    closed = _closed(kind)
    return [
        {"pointer": pointer, "kind": each.kind.value, "words": each.words, "detail": each.sentence}
        for pointer, text in _texts(body, "")
        if not closed or _NUMBER.sub("/*", pointer) not in closed
        for each in find_case_data(unquote(text) if pointer.endswith("/url") else text, allowed())
    ]


def look_through_seed(document: Any) -> Warnings:
    """The same of all text of a seed file; its keys and addresses are none of it."""
    return [
        {"pointer": pointer, "kind": each.kind.value, "words": each.words, "detail": each.sentence}
        for pointer, text in _texts(document, "")
        for each in find_case_data(text, allowed())
    ]


def allowed() -> frozenset[str]:
    """What the board says is no case data (NOT_CASE_DATA)."""
    settings: Settings = current_app.extensions["plan_settings"]
    return _allowed(settings.not_case_data)


@cache
def _allowed(entries: tuple[str, ...]) -> frozenset[str]:
    return allowed_by(entries)


def ask_unless(warnings: Warnings, confirmed: bool, work: Work) -> Work:
    """The work, with what was seen for its journal; raises CaseDataSuspected where nobody says that it is none."""
    if warnings and not confirmed:
        raise ask(warnings)
    return replace(work, case_data=kinds_of(warnings))


@cache
def _closed(kind: type[Schema]) -> frozenset[str]:
    """The pointers of the texts of a body that are not looked through: each says in its declaration because of what."""
    return frozenset(pointer for pointer, field in every_text(kind) if not getattr(field, "free", True))


def every_text(kind: type[Schema], pointer: str = "") -> Iterator[tuple[str, fields.Field[Any]]]:
    """(pointer, field) of each text that a body takes, with * for the place in a list: /evidence/*/title."""
    for name, field in kind().load_fields.items():
        here = f"{pointer}/{name}"
        inner = field
        if isinstance(field, fields.List):
            inner, here = field.inner, f"{here}/*"
        if isinstance(inner, fields.Nested):
            yield from every_text(type(inner.schema), here)
        elif isinstance(inner, fields.String):
            yield here, inner


def find_left_out(raw: Any) -> Warnings:
    """What of a body's words was left out because it could hide others or change their order: nobody sees it, so it is said."""
    return [
        {"pointer": pointer, "kind": LEFT_OUT, "words": each, "detail": f"The hidden character {each} was left out."}
        for pointer, text in _texts(raw, "")
        if not text.isascii()
        for each in left_out(text)
    ]


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _texts(below, f"{pointer}/{name}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _texts(below, f"{pointer}/{place}")


def ask(warnings: Warnings) -> CaseDataSuspected:
    """The question that goes back in place of an answer: nothing was kept."""
    seen = " ".join(each["detail"] for each in warnings[:3]) + (" There is more." if len(warnings) > 3 else "")
    error = CaseDataSuspected(
        f"{seen} Do not name children or families. Change the words, or send them again with {CONFIRMED}: true "
        "if they are not about a child or family. Nothing was saved."
    )
    error.extra = {"warnings": warnings}
    return error


def kinds_of(warnings: Warnings) -> tuple[str, ...]:
    """What was seen, without the words: for the journal."""
    return tuple(dict.fromkeys(each["kind"] for each in warnings))
