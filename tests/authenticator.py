"""A passkey of software: makes and signs what a browser would, with real CBOR and a real key; nothing of it is a mock."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

ORIGIN = "https://localhost"
SITE = "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey. What it says of site, person and counter can be bent, to see that it is refused."""

    origin: str = ORIGIN
    site: str = SITE
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    handle: bytes = b""
    id: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, public_key: dict[str, Any]) -> dict[str, Any]:
        """The credential for options of registration."""
        self.handle = bytes_of(public_key["user"]["id"])
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(self._public())
        said = self._says("webauthn.create", public_key["challenge"])
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(attested)}
        response = {"clientDataJSON": text_of(said), "attestationObject": text_of(encode_cbor(attestation))}
        return self._credential({**response, "transports": ["internal"]})

    def sign(self, public_key: dict[str, Any]) -> dict[str, Any]:
        """The credential for options of signing in."""
        self.count += self.counts
        data, said = self._data(), self._says("webauthn.get", public_key["challenge"])
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._credential(
            {
                "clientDataJSON": text_of(said),
                "authenticatorData": text_of(data),
                "signature": text_of(signature),
                "userHandle": text_of(self.handle) or None,
            }
        )

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        return {"id": text_of(self.id), "rawId": text_of(self.id), "type": "public-key", "response": response}

    def _says(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, attested: bytes = b"") -> bytes:
        flags = self.flags | (ATTESTED if attested else 0)
        return sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + attested

    def _public(self) -> dict[int, Any]:
        """The public key in COSE: kind, algorithm, curve, and the two coordinates."""
        numbers = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
