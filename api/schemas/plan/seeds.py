"""A seed document: checked whole before anything is written, every error with its pointer (API 11.4)."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import is_normalized, normalize

from marshmallow import fields

from api.domain.errors import FieldError, ValidationFailed
from api.domain.plan.seeding import cross_check
from api.lazy import lazily
from api.schemas.base import In, Out, Warned
from api.schemas.fields import Choice, Counted, Id, QueryFlag
from api.schemas.plan.seed_messages import sentence

_jsonschema = lazily("jsonschema")

SCHEMA_FILE = Path(__file__).parents[3] / "seed" / "plan.schema.json"


class SeedQuery(In):
    """`dry_run=true` says what would change and writes nothing."""

    dry_run = QueryFlag(load_default=False)
    confirm_no_case_data = QueryFlag(
        load_default=False,
        metadata={
            "description": "true: what looked like case data (422 case-data-suspected) is not about a child or family."
        },
    )


class SeedChangeOut(Out):
    """What of the plan, and which of its fields."""

    what = fields.String(required=True)
    fields_ = fields.List(fields.String(), data_key="fields", required=True)


class SeedMoveOut(Out):
    """An action or objective that got another number in the plan, because it has another in the file or made room."""

    what = Choice(["objective", "action"], required=True)
    from_ = fields.String(data_key="from", required=True, metadata={"example": "1.8"})
    to = fields.String(required=True, metadata={"example": "1.9"})


class LookAlikeOut(Out):
    """Somebody new who looks like somebody that was there: join them, or say `same_as` in the file before it is loaded."""

    what = fields.String(required=True, metadata={"example": "person john-smith"})
    name = fields.String(required=True)
    id = Id(required=True, metadata={"description": "Whom they look like: a person, group or agency."})
    like = fields.String(required=True)
    why = fields.String(required=True, metadata={"example": "the same name"})


class SeedReportOut(Warned):
    """What was written, or with `dry_run` would be."""

    plan = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    written = fields.Boolean(required=True)
    created = Counted(required=True)
    changed = fields.List(fields.Nested(SeedChangeOut), required=True)
    kept = fields.List(fields.Nested(SeedChangeOut), required=True)
    moved = fields.List(fields.Nested(SeedMoveOut), required=True)
    not_in_file = fields.List(fields.String(), required=True)
    look_alikes = fields.List(fields.Nested(LookAlikeOut), required=True)


@cache
def seed_schema() -> dict[str, Any]:
    """The JSON Schema of a seed document."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return schema


@cache
def _validator() -> Any:
    validator = _jsonschema.Draft202012Validator
    bounded = {word: _where_few(validator.VALIDATORS[word]) for word in ("items", "contains", "uniqueItems")}
    kind = _jsonschema.validators.extend(validator, bounded)
    return kind(seed_schema(), format_checker=validator.FORMAT_CHECKER)


def _where_few(check: Callable[..., Any]) -> Callable[..., Any]:
    """The check of a list's entries, but not of one that is too long: that is one thing, and each entry would be told."""

    def check_few(validator: Any, value: Any, instance: Any, schema: dict[str, Any]) -> Any:
        if not isinstance(instance, list) or len(instance) <= schema.get("maxItems", len(instance)):
            yield from check(validator, value, instance, schema) or ()

    return check_few


def check_seed(document: Any) -> dict[str, Any]:
    """The document in NFC, if all of it can be loaded. Raises ValidationFailed with every error, in the order of the file."""
    found = sorted(_validator().iter_errors(document), key=lambda error: [str(step) for step in error.absolute_path])
    errors = [_field_error(error) for error in found] or cross_check(document)
    if errors:
        raise ValidationFailed(f"The seed has {_errors(len(errors))}; nothing was written.", errors)
    text = json.dumps(document, ensure_ascii=False)
    checked: dict[str, Any] = document if is_normalized("NFC", text) else json.loads(normalize("NFC", text))
    return checked


def _errors(number: int) -> str:
    return "1 error" if number == 1 else f"{number} errors"


def _field_error(error: Any) -> FieldError:
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in error.absolute_path)
    return FieldError(pointer, str(error.validator), sentence(error))
