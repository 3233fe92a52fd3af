"""What all apps of the tests have in common, worked out once for a process: each app costs a tenth of what it did.

Nothing of it can change while the tests run: the client's files of this checkout, how the router makes addresses (which
nobody asks it for), and the SQL of a statement, whichever database it is for. An app of another folder of files reads them itself.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from api.client import static
from api.client.client_files import needed_offline, read_files
from api.release import ENGLISH, FRONTEND

STATEMENTS = 3000  # the product has some hundreds

_compile = Rule._compile_builder
_compile_statement = ClauseElement._compile_w_cache
_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)
_dialects: dict[Any, Dialect] = {}


@contextmanager
def shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static, "read_files", _read_files)
        patch.setattr(static, "needed_offline", lambda files: _needed_offline(frozenset(files.items())))
        patch.setattr(Rule, "_compile_builder", _compile_when_asked)
        patch.setattr(ClauseElement, "_compile_w_cache", _compile_once)
        yield


def _read_files(folder: Path, kinds: Container[str], language: str = ENGLISH) -> Mapping[str, bytes]:
    return _ours(language) if folder == FRONTEND else read_files(folder, kinds, language)


@cache
def _ours(language: str) -> dict[str, bytes]:
    return read_files(FRONTEND, static.TYPES, language)


@cache
def _needed_offline(files: frozenset[tuple[str, bytes]]) -> list[str]:
    return needed_offline(dict(files))


def _compile_when_asked(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """The function that makes an address of this rule, compiled when it is called."""

    def build(self: Rule, **values: Any) -> tuple[str, str]:
        return _compile(rule, append_unknown)(self, **values)

    return build


def _compile_once(statement: ClauseElement, dialect: Any, *, compiled_cache: Any, **options: Any) -> Any:
    """A statement's SQL, for the first of the engines that are alike: each has a dialect and a cache of its own."""
    alike = (type(dialect), dialect.server_version_info, dialect._json_serializer)
    first = _dialects.setdefault(alike, dialect)
    cache = None if compiled_cache is None else _compiled
    return _compile_statement(statement, first, compiled_cache=cache, **options)
