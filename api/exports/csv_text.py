"""Rows as CSV (RFC 4180) that spreadsheets read as it is meant.

UTF-8 with a byte order mark, which Excel needs to believe that it is UTF-8. Text is in quotes and nothing else is, so that
a reader who can tell keeps "4.10" as text. A text that a spreadsheet would run as a formula begins with an apostrophe.
"""

from collections.abc import Iterable, Sequence
from datetime import date

MARK = "\ufeff"
END = "\r\n"
# What a cell must not begin with (API 9): the first four start a formula, the others are skipped before one.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")

Value = str | int | bool | date | None


def write_csv(columns: Sequence[str], rows: Iterable[Iterable[Value]]) -> bytes:
    """The whole file: a header, then a line for each row."""
    lines = [",".join(columns), *(",".join(map(_cell, row)) for row in rows)]
    return (MARK + END.join(lines) + END).encode()


def _cell(value: Value) -> str:
    """Text in quotes, true and false, whole numbers, days as YYYY-MM-DD; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + defuse(value).replace('"', '""') + '"'
    return str(value)


def defuse(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it."""
    return f"'{text}" if text.startswith(RUNS) else text
