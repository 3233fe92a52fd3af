"""What counts as text here (API 5.3): plain words in NFC, no control characters, nothing that hides its direction."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Embeddings, overrides and isolates can make text read differently from what is stored (Trojan Source).
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean_text(value: str) -> str:
    """The text to store: line ends as LF, in NFC, ends trimmed. Raises ValueError with a sentence when it cannot be."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or _CONTROL.search(text):
        raise ValueError("Remove the control characters; only tabs and new lines are accepted.")
    if _SURROGATE.search(text):
        raise ValueError("Remove the broken character (a lone surrogate).")
    if _BIDI.search(text):
        raise ValueError("Remove the characters that change the direction of the text.")
    return unicodedata.normalize("NFC", text).strip()


def is_blank(text: str) -> bool:
    """Whether nothing would be seen: white space and zero-width characters of any script count as blank."""
    return all(char.isspace() or unicodedata.category(char) in {"Cf", "Zs", "Zl", "Zp"} for char in text)


def join_names(names: list[str]) -> str:
    """Names as a person would list them: "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
