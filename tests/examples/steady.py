"""The answers of a run as the document keeps them: what is new in each run gives way to a value of its shape that is not.

So a run over another database is the same to the letter, and an addition changes the lines of what was added.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# The database's own clock wrote it: no run takes longer, and the tests' clock stands still on another day.
OF_THIS_RUN = timedelta(hours=6)
# The day of the tests' clock.
WRITTEN = "2026-11-22T09:30:05Z"

# Secrets, signatures and numbers of requests, by their member or by the one around it too. The longer name decides.
STANDS: dict[str, Any] = {
    "access_token": "eyJhbGciOiJIUzI1NiIs...",
    "refresh_token": "eyJhbGciOiJIUzI1NiIs...",
    "csrf_token": "5d1f6c...",
    "create_partner_token.token": "pp_...",
    "link": "https://plan.example.org/invitation#...",
    "path": "M4 4h1v1h-1zM5 4h1v1h-1z...",
    "uri": "otpauth://totp/Partnership%20Plan:lucy%40example.org?secret=JBSWY3DPEHPK3PXP...&issuer=Partnership%20Plan",
    "offer_totp.secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "confirm_totp.code": "492039",
    "recovery_codes": ["5F77-T917-RT3N-MFNQ", "34G1-G062-68Y1-VQ7J"],
    "public_key.challenge": "UM9-4fnfAXKM80oQz7THxokC1z6wgNkqnsHnaqnHIek",
    "credential.id": "LxUnR3Mvbw59ZTxSIqxG4lIq5FReMQpKd-tXK8VRqPw",
    "allowCredentials.id": "LxUnR3Mvbw59ZTxSIqxG4lIq5FReMQpKd-tXK8VRqPw",
    "rawId": "LxUnR3Mvbw59ZTxSIqxG4lIq5FReMQpKd-tXK8VRqPw",
    "user.id": "AaIxb2vmd1qX0f1O1WCrWw",
    "userHandle": "AaIxb2vmd1qX0f1O1WCrWw",
    "clientDataJSON": "eyJ0eXBlIjogIndlYmF1dGhuLmdldCIsICJvcmlnaW4iOiAiaHR0cHM6Ly9wbGFuLmV4YW1wbGUub3JnIn0",
    "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YURkYXRh",
    "signature": "MEUCIQD_kMUosF2qI6emki0s5Jsv1XRRrvJhzCHpjSonLXW7AgIgeke0VJSY",
    "request_id": "36fd41760c33431a81693f38c9c23a46",
    "cursor": "WyJmZWVkIiwiMjAyNi0xMS0yMiIsMTYsMTQwXQ...",
}


def steady(made: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """The same without what is new in each run.

    `known` says what ids stand for ("action 3.4"), and the value of an id is worked out from that. Any other stands
    for the place where it is met first.
    """
    stands, met = dict(known), Counter[str]()
    for where, text in sorted(texts(made), key=itemgetter(0)):
        for each in ID.findall(text):
            if each not in stands:
                met[where] += 1
                stands[each] = f"{where} {met[where]}"
    written = datetime.now(UTC)
    kept: dict[str, Any] = _steady(made, (), {each: id_for(what) for each, what in stands.items()}, written)
    return kept


def id_for(what: str) -> str:
    """An id of version 7, as the product's are, of what it stands for."""
    drawn = str(uuid5(NAMESPACE_URL, what))
    return f"01a23093-{drawn[9:13]}-7{drawn[15:]}"


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of it, with where it stands; the members of a list stand in one place."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, f"{where}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, where)
    elif isinstance(value, str):
        yield where, value


def _steady(value: Any, where: tuple[str, ...], ids: dict[str, str], written: datetime) -> Any:
    stand = STANDS.get(".".join(where[-2:]), STANDS.get(where[-1])) if where else None
    if value and type(value) is type(stand):
        return stand
    if isinstance(value, dict):
        return {name: _steady(each, (*where, name), ids, written) for name, each in value.items()}
    if isinstance(value, list):
        return [_steady(each, where, ids, written) for each in value]
    return _text(value, ids, written) if isinstance(value, str) else value


def _text(text: str, ids: dict[str, str], written: datetime) -> str:
    if INSTANT.fullmatch(text) and abs(written - datetime.fromisoformat(text)) < OF_THIS_RUN:
        return WRITTEN
    return ID.sub(lambda found: ids[found[0]], text)
