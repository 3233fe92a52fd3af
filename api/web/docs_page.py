"""stub"""
from typing import Any
def render(document: dict[str, Any], assets: str) -> str:
    return ""
