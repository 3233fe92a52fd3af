"""Every field of every body and query string of the API, for tests that hold all of them to one rule."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from marshmallow import fields

import api.schemas
from api.schemas.base import In


def every_input() -> list[type[In]]:
    """The schemas of what comes in, by name."""
    for module in pkgutil.walk_packages(api.schemas.__path__, "api.schemas."):
        import_module(module.name)
    found: set[type[In]] = set()
    wanted = [In]
    while wanted:
        below = wanted.pop().__subclasses__()
        found.update(below)
        wanted += below
    return sorted(
        (each for each in found if each.__module__.startswith("api.schemas.")), key=lambda each: each.__name__
    )


def every_field() -> Iterator[tuple[str, fields.Field]]:
    """(schema.member, field), with what lists hold as schema.member[]."""
    for schema in every_input():
        for name, field in schema().load_fields.items():
            yield f"{schema.__name__}.{name}", field
            if isinstance(field, fields.List):
                yield f"{schema.__name__}.{name}[]", field.inner
