"""Links as people type and paste them, read as a browser reads them (URL Standard, of WHATWG): an http(s) address in ASCII.

A scheme that is missing is https, spaces and letters beyond ASCII are percent-encoded, the name of a site is in lower case and in
Punycode. What no browser could mean is refused with a sentence that names it.
"""

import re
import unicodedata
from urllib.parse import quote

from api.domain.text import clean_text

LONGEST = 2000
EXAMPLE = "Write a web address, for example https://www.example.org/report.pdf."
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE = re.compile(r"www\.[^\s./?#@:]|[^\s./?#@:]+(\.[^\s./?#@:]+)+/", re.IGNORECASE)
_PARTS = re.compile(r"https?:[/\\]{2}(?P<site>[^/\\?#]*)(?P<path>[^?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_LAST_PORT = 65535
# What comes along when a link is copied; joiners stay inside, where Persian has them, and go from the ends.
_UNSEEN = re.compile(r"[\xad\u200b\u200e\u200f\u2060\ufeff]|^[\u200c\u200d]+|[\u200c\u200d\ufe0f]+$")
# What of ASCII is not encoded, as it may stand in an address or is encoded already.
_SAFE = "!#$%&'()*+,-./:;=?@[]^_|~"


def read_web_address(typed: str) -> str:
    """The address that is meant. Raises ValueError with a sentence when it is none, or longer than 2,000 characters."""
    text = _UNSEEN.sub("", clean_text(typed)).replace("\n", "").replace("\t", "")
    scheme = _SCHEME.match(text)
    if _BARE.match(text):
        text = f"https://{text}"
    elif scheme is None or scheme[1].lower() not in {"http", "https"}:
        raise ValueError(EXAMPLE)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise ValueError(EXAMPLE)
    secure = "https" if text[:5].lower() == "https" else "http"
    path = parts["path"].replace("\\", "/")
    address = f"{secure}://{_site(parts['site'])}{quote(path, safe=_SAFE)}{quote(parts['rest'], safe=_SAFE)}"
    if len(address) > LONGEST:
        raise ValueError(f"This address has {len(address):,} characters; the most is {LONGEST:,}.")
    return address


def _site(typed: str) -> str:
    """Host and port, as they go over the wire."""
    if "@" in typed:
        raise ValueError(
            "Leave out the user name and password before the @; everybody who reads the link would see them."
        )
    host, _, port = typed.partition(":")
    host = unicodedata.normalize("NFKC", host).lower().replace("。", ".").rstrip(".")
    labels = [_in_ascii(label) for label in host.split(".")]
    if port and not (re.fullmatch("[0-9]{1,5}", port) and int(port) <= _LAST_PORT):
        raise ValueError(f"A port is a number of {_LAST_PORT} at most; leave it out if you do not know it.")
    return ".".join(labels) + (f":{int(port)}" if port else "")


def _in_ascii(label: str) -> str:
    """One part of a host's name. Raises ValueError, which names what cannot stand in one."""
    odd = next((char for char in label if not (_LABEL.match(char) or char == "-" or _is_letter(char))), None)
    if odd is not None:
        raise ValueError(f"The character “{odd}” (U+{ord(odd):04X}) cannot stand in the name of a site; take it out.")
    name = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(name) or len(name) > 63:
        raise ValueError(EXAMPLE)
    return name


def _is_letter(char: str) -> bool:
    """Whether a name of a site may have it in its own script, signs such as emoji too."""
    return not char.isascii() and unicodedata.category(char)[0] in "LMNS"
