"""What all apps of the tests have in common, worked out once for a process: each app costs a tenth of what it did.

Nothing of it can change while the tests run: the client's files of this checkout, and how the router makes addresses,
which nobody asks it for. An app of another folder of files reads them itself.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from werkzeug.routing import Rule

from api.client import static
from api.client.client_files import needed_offline, read_files
from api.release import ENGLISH, FRONTEND

_compile = Rule._compile_builder


@contextmanager
def shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static, "read_files", _read_files)
        patch.setattr(static, "needed_offline", lambda files: _needed_offline(frozenset(files.items())))
        patch.setattr(Rule, "_compile_builder", _compile_when_asked)
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
