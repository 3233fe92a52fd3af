"""The examples of the OpenAPI document: requests and answers of a real run over the Havering plan (`make examples`)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")


@cache
def kept() -> dict[str, dict[str, Any]]:
    """`requests` and `answers` by operation, `problems` by code."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return found


def request_of(name: str) -> dict[str, Any]:
    """The example of an operation's body, as members of its media type; none is no members."""
    return _example(kept()["requests"], name)


def answer_of(name: str) -> dict[str, Any]:
    """The example of an operation's success, in the same way."""
    return _example(kept()["answers"], name)


def problems_of(codes: list[str]) -> dict[str, Any]:
    """The examples of these error codes, as references to components."""
    those = [code for code in codes if code in kept()["problems"]]
    return {"examples": {code: {"$ref": f"#/components/examples/{code}"} for code in those}} if those else {}


def _example(among: dict[str, Any], name: str) -> dict[str, Any]:
    return {"example": among[name]} if name in among else {}
