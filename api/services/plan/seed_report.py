"""What loading a seed did: told to whoever loads it, and taken to the journal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from api.services.journal import Change


@dataclass(slots=True)
class Report:
    """What was written, what got another number, what the plan kept of its own, what stands in the plan but not in the file,
    and who is new and looks like somebody that was there.
    """

    created: dict[str, int] = field(default_factory=dict)
    changed: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, str]] = field(default_factory=list)
    not_in_file: list[str] = field(default_factory=list)
    look_alikes: list[dict[str, str]] = field(default_factory=list)
    directory: list[Change] = field(default_factory=list)
    plan: list[Change] = field(default_factory=list)

    def made(self, kind: str, number: int = 1) -> None:
        """Count something new."""
        self.created[kind] = self.created.get(kind, 0) + number

    def tell(self, what: str, changed: Iterable[str], kept: Iterable[str]) -> None:
        """Say which fields of it were changed, and which the plan kept."""
        for told, fields in ((self.changed, changed), (self.kept, kept)):
            if fields := sorted(fields):
                told.append({"what": what, "fields": fields})
