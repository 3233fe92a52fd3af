"""What counts as text here (API 5.3): plain words in NFC, as they are pasted out of Word, without what cannot be seen."""

import re
import unicodedata

from api.domain.folding import DASHES

# Word and PowerPoint break lines by these too.
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Nothing reads differently without them: they are left out, and nobody needs to be told.
_NO_WIDTH = re.compile(r"[\u200b\ufeff]")
# Embeddings, overrides and isolates can make text read differently from what is stored (Trojan Source); tags can hide words; what Unicode
# says is no character no XML can hold. A flag such as England's is spelled with tags, and stays.
_HIDING = re.compile(
    r"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    r"|[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_IGNORED = re.compile(
    r"[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\U000e0000-\U000e01ef]"
)
_SPACES = re.compile(r"[^\S\n\t ]")
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))


def clean_text(value: str) -> str:
    """The text to store: line ends as LF, in NFC, ends trimmed, without what cannot be seen. Raises ValueError with a sentence."""
    text = _HIDING.sub(lambda found: found[1] or "", _NO_WIDTH.sub("", _BREAKS.sub("\n", value)))
    if _CONTROL.search(text):
        raise ValueError("Remove the control characters; only tabs and new lines are accepted.")
    if _SURROGATE.search(text):
        raise ValueError("Remove the broken character (a lone surrogate).")
    return unicodedata.normalize("NFC", text).strip()


def why_unlike(value: str) -> str | None:
    """Why what would be stored of a text is not that text, in NFC and on one line; None when it is. For files, where nobody sees the answer."""
    try:
        clean = clean_text(value)
    except ValueError as error:
        return str(error)
    if clean == unicodedata.normalize("NFC", value):
        return "Write something that can be seen." if clean and is_blank(clean) else None
    odd = (
        _BREAKS.search(value) or _NO_WIDTH.search(value) or next((m for m in _HIDING.finditer(value) if not m[1]), None)
    )
    return (
        f"Remove the character U+{ord(odd[0][0]):04X}, which cannot be seen." if odd else "Remove the space around it."
    )


def clean_line(value: str) -> str:
    """The same on one line: tabs, line ends and doubled spaces become one space, as when a name is pasted out of a table."""
    return " ".join(clean_text(value).split())


def left_out(value: str) -> list[str]:
    """What `clean_text` leaves out that could have hidden words or changed their order: each once, as U+202E."""
    found = (match[0] for match in _HIDING.finditer(value) if not match[1])
    return list(dict.fromkeys(f"U+{ord(char):04X}" for char in found))


def is_blank(text: str) -> bool:
    """Whether nothing would be seen: white space, zero-width characters and fillers of any script count as blank."""
    return all(
        char.isspace() or unicodedata.category(char) in {"Cf", "Zs", "Zl", "Zp"} or _IGNORED.match(char) is not None
        for char in text
    )


def as_seen(text: str) -> str:
    """The text as somebody reads it, whatever is hidden in it: in plain digits and letters, with plain dashes and spaces."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", _IGNORED.sub("", text))
    return _SPACES.sub(" ", plain.translate(_DASHES))


def shorten(text: str, most: int = 200) -> str:
    """A text for a sentence: whole, or its beginning, cut between two words."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def join_names(names: list[str]) -> str:
    """Names as a person would list them: "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
