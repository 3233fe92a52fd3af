"""What is said about a seed file that is not as its JSON Schema has it: our sentences, each with what would be right (API 11.4)."""

import json
from collections.abc import Callable
from typing import Any

KINDS = {
    "string": "text, in quotes",
    "integer": "a whole number, such as 4",
    "array": "a list, in square brackets",
    "object": "an object, in braces",
    "null": "null",
}
DAY = "Write a day that there is as YYYY-MM-DD, such as 2021-05-31."
PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$(?!\n)": "Use small letters, digits and single hyphens, such as jane-carroll.",
    r"^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)$(?!\n)": "Write an id, or the plan and the key, such as havering-2020-23/jane-carroll.",
    r"^\S": "Begin with a letter or a sign, not with a space.",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)": DAY,
    r"^[1-9][0-9]?\.[1-9][0-9]{0,2}$(?!\n)": 'Write the number as it is printed and in quotes, such as "4.10".',
}
FORMATS = {"date": DAY, "uri-reference": "Write the address of the schema, such as plan.schema.json."}
ONE_LINE = "Write it on one line, without a space before or after it and without control characters."
_LONGEST_VALUE = 60
_MOST_NAMES = 10


def sentence(error: Any) -> str:
    """What is wrong with a value and what would be right, for an error of the validator; then what the file has there."""
    told = _SAID[error.validator](error) if error.validator in _SAID else "This is not what belongs here."
    meant = error.schema.get("description") if isinstance(error.schema, dict) and error.absolute_path else None
    return f"{told} {meant}" if meant else told


def _type(error: Any) -> str:
    kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return f"This must be {' or '.join(KINDS[kind] for kind in kinds)}."


def _required(error: Any) -> str:
    name = next(each for each in error.validator_value if repr(each) == error.message.split(" is ")[0])
    about = error.schema.get("properties", {}).get(name, {}).get("description")
    return f"Add {name}: {about}" if about else f"Add {name}."


def _unknown(error: Any) -> str:
    known = error.schema["properties"]
    names = [each for each in error.instance if each not in known]
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return f"Take out {', '.join(map(_shown, names[:_MOST_NAMES]))}{more}; what may stand here is {', '.join(known)}."


def _any_of(error: Any) -> str:
    """What the nearest of the forms wants: one of the same kind of value, where there is one."""
    below = [each for each in error.context if each.validator != "type"]
    if below:
        return sentence(below[0])
    kinds = dict.fromkeys(KINDS[each.validator_value] for each in error.context)
    return f"This must be {' or '.join(kinds)}."


def _one_of(error: Any) -> str:
    return f"Give one of {', '.join(each['required'][0] for each in error.validator_value)}, and only one."


def _contains(error: Any) -> str:
    (name, wanted), *_ = error.validator_value["properties"].items()
    return f"Add the entry whose {name} is {wanted['const']}; each is there once."


def _const(error: Any) -> str:
    wanted = error.validator_value
    return f"This must be {json.dumps(wanted)}." if wanted else "Leave this empty."


def _bounds(word: str) -> Callable[[Any], str]:
    return lambda error: f"Use a number of {error.validator_value:,} at {word}."


def _most_items(error: Any) -> str:
    most = error.validator_value
    return f"This has {len(error.instance):,} entries; the most is {most:,}." if most else "Leave this list empty."


def _shown(value: Any) -> str:
    text = str(value).encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


_SAID: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _unknown,
    "enum": lambda error: f"Use one of: {', '.join(map(str, error.validator_value))}.",
    "const": _const,
    "pattern": lambda error: PATTERNS[error.validator_value],
    "format": lambda error: FORMATS[error.validator_value],
    "not": lambda _error: ONE_LINE,
    "minLength": lambda _error: "Write something here; this is empty.",
    "maxLength": lambda error: f"This has {len(error.instance):,} characters; the most is {error.validator_value:,}.",
    "minimum": _bounds("least"),
    "maximum": _bounds("most"),
    "minItems": lambda error: f"Give {error.validator_value:,} or more; there are {len(error.instance):,}.",
    "maxItems": _most_items,
    "uniqueItems": lambda _error: "Two of these are the same; take one out.",
    "anyOf": _any_of,
    "oneOf": _one_of,
    "contains": _contains,
}
WORDED = frozenset(_SAID)
