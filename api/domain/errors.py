"""What can go wrong, in the words of the API (../docs/api.md, "Errors"); http gives each its status."""

from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong at one place: `pointer` is an RFC 6901 JSON pointer, or `?name` for a query parameter."""

    pointer: str
    code: str
    detail: str


@dataclass(eq=False)
class PlanError(Exception):
    """Base of every expected error; `detail` is a sentence a person can read and act on."""

    detail: str
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong"
    # What http adds on the way out: extension members of the problem, and headers.
    extra: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    headers: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)


class NotFound(PlanError):
    """The object does not exist, or this caller may not know that it does."""

    code = "not-found"
    title = "Not found"


class NotAcceptable(PlanError):
    """The caller takes none of the forms that there are (RFC 9110, 406)."""

    code = "not-acceptable"
    title = "There is nothing here that you accept"


@dataclass(eq=False)
class Forbidden(PlanError):
    """Not for this person; `who_can` names who may, when that can be said."""

    who_can: str | None = None
    code = "forbidden"
    title = "Not allowed"


@dataclass(eq=False)
class ValidationFailed(PlanError):
    """The body or the query is well-formed and wrong; every error at once."""

    errors: list[FieldError] = field(default_factory=list)
    code = "validation-failed"
    title = "Some of this needs changing"

    def below(self, pointer: str) -> "ValidationFailed":
        """The same errors, with their pointers moved below this pointer of a larger body."""
        errors = [FieldError(pointer + each.pointer, each.code, each.detail) for each in self.errors]
        return ValidationFailed(self.detail, errors)


class UnknownField(ValidationFailed):
    """A member that the contract does not have."""

    code = "unknown-field"


class ReadOnlyField(ValidationFailed):
    """A member that the server sets (API 10: mass assignment)."""

    code = "read-only-field"


class InvalidParameter(ValidationFailed):
    """A query parameter out of range, repeated or unknown."""

    code = "invalid-parameter"
    title = "A query parameter is not valid"


class InvalidCursor(ValidationFailed):
    """A paging cursor that this API did not give out, or not for this list."""

    code = "invalid-cursor"
    title = "The cursor is not valid"


class CursorExpired(PlanError):
    """A cursor of the change feed that no longer says what its holder has seen."""

    code = "cursor-expired"
    title = "The cursor no longer counts"


class MoveNotAllowed(PlanError):
    """The status, rating or date cannot go from where it is to where the caller wants it."""

    code = "move-not-allowed"
    title = "That cannot be done from here"


class CaseDataSuspected(PlanError):
    """Words that look like they are about a child or family, and nobody said that they are not (DOMAIN 9)."""

    code = "case-data-suspected"
    title = "This may be about a child or family"


class StaleVersion(PlanError):
    """Somebody else changed it since the caller read it (RFC 9110, 412)."""

    code = "stale-version"
    title = "Somebody changed this in the meantime"


class PreconditionFailed(PlanError):
    """The condition of the request cannot hold, whatever anybody did (RFC 9110, 412)."""

    code = "precondition-failed"
    title = "The condition of this request cannot hold"


class PreconditionRequired(PlanError):
    """The write needs `If-Match` (RFC 6585, 428)."""

    code = "precondition-required"
    title = "If-Match is required"


class Conflict(PlanError):
    """The write clashes with the state of the data."""

    code = "conflict"
    title = "That clashes with what is there"


class CallerChanged(Conflict):
    """The caller's account changed between two statements: the whole request is tried again."""


@dataclass(eq=False)
class Duplicate(Conflict):
    """There is one already; `errors` says which member of the body it has in common, where that is known."""

    errors: list[FieldError] = field(default_factory=list)
    code = "duplicate"


class LastAdmin(Conflict):
    """The change would leave nobody who can sign in and manage accounts (API 10)."""

    code = "last-admin"
    title = "Somebody has to be able to manage this"


class IdempotencyKeyReused(PlanError):
    """The same Idempotency-Key with another body."""

    code = "idempotency-key-reused"
    title = "This Idempotency-Key was used for something else"


@dataclass(eq=False)
class TooManyRequests(PlanError):
    """More than one caller may ask (API 6); `retry_after` in seconds."""

    retry_after: int = 60
    code = "too-many-requests"
    title = "Too many requests"
