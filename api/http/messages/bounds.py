"""How much of what somebody sent is said back to them in an error: names and values cut, and not more than so many bytes of all."""

from collections.abc import Iterable
from typing import Any

from api.http.messages import json_io

# Characters: of a name or a value that was sent, and of a sentence of ours with such in it.
LONGEST_NAME = 100
LONGEST = 200
LONGEST_SENTENCE = 1000
# Errors: nobody reads more, and a small body must not make a large answer.
MOST_TOLD = 100
# Bytes of JSON that all of them may have together: a control character is six.
MOST_BYTES = 32 * 1024


def cut(words: str, most: int = LONGEST) -> str:
    """As much of it as is said again; an ellipsis stands for the rest. A lone surrogate, which cannot be written, is a question mark."""
    short = words if len(words) <= most else f"{words[:most]}…"
    return short.encode("utf-8", "replace").decode()


def few(things: Iterable[Any]) -> list[Any]:
    """The first of these errors or warnings that an answer has room for: at most MOST_TOLD, in at most MOST_BYTES."""
    kept: list[Any] = []
    room = MOST_BYTES
    for each in things:
        room -= len(json_io.dumps(each))
        if room < 0 or len(kept) == MOST_TOLD:
            break
        kept.append(each)
    return kept
