"""Rows as CSV (RFC 4180) that spreadsheets read as it is meant.

UTF-8 with a byte order mark, which Excel needs to believe that it is UTF-8. Text is in quotes and nothing else is, so that
a reader who can tell keeps "4.10" as text. Where a spreadsheet would run a text as a formula, an apostrophe stands before it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

MARK = "\ufeff"
END = "\r\n"
# Where a cell may begin (API 9): the text itself, and after a semicolon, a tab or a line end, which begin another cell or row where a
# spreadsheet splits by them and not by commas. What starts a formula, in full width too; an apostrophe, so that ours can be told
# from one that was there: taking away the first of each such place gives the text again (`undo`).
_RUNS = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[\s\u200b\ufeff]*[=+\-@＝＋－＠']|(?<![;\t\r\n])[\t\r\n])")
_OURS = re.compile(r"(?:^|(?<=[;\t\r\n]))'")

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
    """The text, with an apostrophe wherever a spreadsheet would run it, and wherever one stands at such a place."""
    return _RUNS.sub("'", text)


def undo(text: str) -> str:
    """The text that was defused: what a reader of the file does to have it."""
    return _OURS.sub("", text)
