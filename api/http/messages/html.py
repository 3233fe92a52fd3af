"""Markup made of parts: whatever is not markup already is escaped."""

import html
from typing import Any


class Markup(str):
    """Text that is markup, and not to be escaped again."""

    __slots__ = ()


Part = Markup | str | None
_VOID = frozenset({"meta", "link", "br"})


def tag(name: str, /, *inside: Part, **attributes: str) -> Markup:
    """An element. `class_` and `for_` are written without the underscore, `aria_label` with a hyphen."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items() if value
    )
    return Markup(f"<{name}{told}>" if name in _VOID else f"<{name}{told}>{join(*inside)}</{name}>")


def join(*parts: Part) -> Markup:
    """Parts one after the other; None is nothing."""
    return Markup("".join(part if isinstance(part, Markup) else html.escape(part) for part in parts if part))


def words(text: str) -> Markup:
    """A sentence in which `code` stands between backticks."""
    pieces: list[Any] = text.split("`")
    return join(*(tag("code", piece) if place % 2 else piece for place, piece in enumerate(pieces)))
