"""What is said about a member that is missing or of another kind: our sentences, each with what would be right, in place of marshmallow's."""

from typing import Any

from marshmallow import Schema, fields

TEXT = "This must be text, in quotes."
_THEIRS = frozenset(
    said
    for kind in vars(fields).values()
    if isinstance(kind, type) and issubclass(kind, fields.Field)
    for said in kind.default_error_messages.values()
)


def speak(field: fields.Field[Any]) -> None:
    """Give a field our sentences, and the fields it holds."""
    says = hint(field)
    field.error_messages |= {key: says for key, said in field.error_messages.items() if said in _THEIRS}
    if isinstance(field, fields.List):
        speak(field.inner)


def hint(field: fields.Field[Any]) -> str:
    """What a field takes, as a sentence to whoever fills it in."""
    if isinstance(field, fields.List):
        return _list(field.inner)
    if isinstance(field, fields.Nested):
        return an_object(field.schema)
    return str(getattr(field, "hint", TEXT))


def an_object(schema: Schema) -> str:
    """What an object takes: its members that have to be there, or the first few of those that may."""
    return f"Give an object with {_members(schema)}."


def _members(schema: Schema) -> str:
    names = [name for name, each in schema.load_fields.items() if each.required] or list(schema.load_fields)[:4]
    return ", ".join(schema.load_fields[name].data_key or name for name in names)


def _list(inner: fields.Field[Any]) -> str:
    if isinstance(inner, fields.Nested):
        return f"Give a list of objects with {_members(inner.schema)}."
    choices = getattr(inner, "choices", ("NELFT",))
    return f'Give a list, such as ["{choices[0]}"].'
