"""Secrets that have to be read again (of second factors): encrypted in the database, under keys made from SECRET_KEY.

The keys come from outside as an argument. With the key before (SECRET_KEY_PREVIOUS) what was sealed under it still opens.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_LABEL = b"partnership-plan: secrets of second factors, 1"


class Seal:
    """Seals under the first secret, opens what was sealed under any of them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._fernet = MultiFernet([Fernet(_key_of(secret)) for secret in secrets])

    def close(self, text: str) -> bytes:
        """The text, encrypted and signed."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str | None:
        """The text; None when it was sealed under a key that is no longer known."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None


def _key_of(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(secret.encode())
    return urlsafe_b64encode(derived)
