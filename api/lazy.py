"""Modules that few requests need are imported with their first use, so that the server starts without them.

This is the one way to do so: `zxcvbn = lazily("zxcvbn.matching")` at the top of a file, and the name in `RARE`.
"""

from importlib import import_module
from typing import Any

RARE = (
    "api.services.accounts.ceremonies", "api.web.accounts.oidc_provider", "apispec", "jsonschema", "pyotp", "segno", "webauthn",
    "zxcvbn",
)  # fmt: skip
"""What a server that has started has not imported; a test holds it to that."""


class _Lazy:
    """Stands for a module until something of it is asked for. Two threads that ask at once wait for one import, as for any."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def lazily(name: str) -> Any:
    """The module of this name, imported when something of it is first used. Its types are Any: keep what uses it in one file."""
    return _Lazy(name)
