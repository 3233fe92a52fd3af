"""What reading, adding and editing a person, an agency and a group have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.http.database.replica import read_several
from api.http.declare import Call
from api.http.messages.answers import Answer
from api.queries.people.people import get_directory_revision
from api.web.plan.rendering import stands_at


@dataclass(frozen=True, slots=True)
class Things:
    """One kind of thing in the directory: `path` of its addresses, how one is shown at a revision of the directory, and its use cases.

    `within` is how it is read: by default several SELECTs in one snapshot.
    """

    path: str
    show: Callable[[Call, UUID, int], Answer]
    create: Callable[..., Any]
    may_edit: Callable[..., Any]
    change: Callable[..., Any]
    within: Callable[..., Answer] = read_several

    def read(self, call: Call, thing_id: UUID) -> Answer:
        """Answer with one of them."""
        revision = call.here.directory_revision
        return self.within(stands_at(call), lambda session: self.show(call.through(session), thing_id, revision))

    def current(self, call: Call, thing_id: UUID) -> Answer:
        """How it is after a write that was refused."""
        return self.show(call, thing_id, call.here.directory_revision)

    def guard(self, call: Call, thing_id: UUID) -> None:
        """Is there such a thing, and has nobody changed it meanwhile?"""
        self.may_edit(call.work, thing_id, call.seen)

    def add(self, call: Call, **members: Any) -> Answer:
        """Add one."""
        answer = self._show_written(call, self.create(call.work, **members).id)
        answer.status, answer.location = 201, f"/api/v1/{self.path}/{answer.body['id']}"
        return answer

    def edit(self, call: Call, thing_id: UUID, **members: Any) -> Answer:
        """How it is after the change."""
        self.change(call.work, thing_id, call.seen, **members)
        return self._show_written(call, thing_id)

    def _show_written(self, call: Call, thing_id: UUID) -> Answer:
        return self.show(call, thing_id, get_directory_revision(call.session))
