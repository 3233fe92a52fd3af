"""The folding of `domain.folding` as SQL, for searches in the tables themselves."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, literal_column, true

from api.domain.folding import DASHES, LETTERS, QUOTES, unseen_class, words_of

_ONE = {letter: plain for letter, plain in LETTERS.items() if len(plain) == 1}
_FROM = "".join(_ONE) + DASHES + QUOTES
_TO = "".join(_ONE.values()) + "-" * len(DASHES)  # what has no counterpart is left out


def folded(column: Any) -> ColumnElement[str]:
    """A text column as `fold` makes it."""
    apart = func.normalize(func.translate(column, _as(QUOTES), _as("")), literal_column("NFKD"))
    seen = func.regexp_replace(apart, _as(unseen_class()), _as(""), _as("g"))
    plain = func.translate(func.lower(seen), _as(_FROM), _as(_TO))
    for letter, two in LETTERS.items():
        if len(two) > 1:
            plain = func.replace(plain, _as(letter), _as(two))
    return func.btrim(func.regexp_replace(plain, _as(r"\s+"), _as(" "), _as("g")))


def _as(text: str) -> ColumnElement[str]:
    """A literal in the statement: as parameters these texts would slow psycopg down."""
    return literal(text, literal_execute=True)


def is_called(column: Any, name: str) -> ColumnElement[bool]:
    """Whether this column holds that name, both folded."""
    return func.btrim(func.regexp_replace(folded(column), _as("[ -]+"), _as(" "), _as("g"))) == " ".join(words_of(name))


def has_words(column: Any, typed: str) -> ColumnElement[bool]:
    """Whether a text column has all the words that were typed."""
    return and_(true(), *(func.strpos(folded(column), word) > 0 for word in words_of(typed)))
