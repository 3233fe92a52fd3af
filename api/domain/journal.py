"""A line of the journal as everything that reads it has it: who changed what, and how that was before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Values = Mapping[str, Any]
"""Changed columns by name, in JSON form."""


@dataclass(frozen=True, slots=True)
class Line:
    """The head of an entry, without what changed; `revision` is the plan's, or the directory's for what is there."""

    id: int
    revision: int
    at: datetime
    by: str
    object_type: str
    object_id: UUID
    verb: str


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """A whole entry: `before` and `after` hold what changed, by column; what was created had nothing before.

    `plan_id` is None for people, agencies, groups, accounts and tokens.
    """

    plan_id: UUID | None
    before: Values
    after: Values
