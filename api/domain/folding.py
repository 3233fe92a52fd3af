"""One folding for everything that looks for words or compares names: as somebody types them on a UK keyboard.

Case, accents, width, and kinds of quotes, dashes and spaces make no difference, nor does what cannot be seen. Letters that Unicode does not
take apart are written as people write them without (Łódź: lodz, Bjørn: bjorn). Quotes are left out, so that oconnor finds O'Connor; a dash
stays, but words end at it, so that smith jones finds Smith-Jones. `frontend/js/rules/fold.js` and `queries/folding.py` do the same, and
tests/data/folding.json holds them together.
"""

import unicodedata
from functools import cache
from itertools import groupby

QUOTES = "\"'`´‘’‚‛“”„‟‹›«»′″‴‵‶‷ʹʺʻʼʽˈˊˋ՚׳״᾽᾿῾❛❜❝❞〝〞〟ꞌ＂＇｀"
DASHES = "‐‑‒–—―−⁃⸺⸻־᠆﹘﹣－"
LETTERS = dict(
    zip("øłđðħıĸŋŧəɓɗɖƙƴɛɔɣƒʋƶƀǥɨʉɲƈƥƭɍɏȼⱥɫƚʈʂɠƞς⁄", "olddhikntebddkyeogfvzbgiuncptrycalltsgnσ/", strict=True)
) | {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip
# Nothing is seen of them, though they are letters or signs: fillers of Hangul, and Braille without a dot.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_QUOTES = str.maketrans(dict.fromkeys(QUOTES, ""))
_PLAIN = _QUOTES | str.maketrans(dict.fromkeys(DASHES, "-")) | str.maketrans(LETTERS)


def is_unseen(char: str) -> bool:
    """Whether nothing of its own is seen: accents, formats such as a soft hyphen or a zero-width space, fillers."""
    return unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"} or char in FILLERS


def fold(text: str) -> str:
    """The text folded for searching: in the letters of a UK keyboard where possible."""
    if text.isascii():
        return " ".join(text.translate(_QUOTES).lower().split())
    # A quote may be a space with an accent (the acute), or come out of a letter (ŉ): they are left out before and after.
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    plain = "".join(char for char in apart if char.isascii() or not is_unseen(char))
    return " ".join(plain.lower().translate(_PLAIN).split())


def words_of(text: str) -> list[str]:
    """The words that were typed, folded: whatever has all of them is found."""
    return fold(text).replace("-", " ").split()


@cache
def unseen_class() -> str:
    """What `is_unseen`, as a class of a regular expression; made when first asked for, of the planes that have any."""
    planes = [*range(0x20000), *range(0xE0000, 0xE0200)]
    runs = groupby(enumerate(code for code in planes if is_unseen(chr(code))), lambda each: each[1] - each[0])
    ends = [(codes[0][1], codes[-1][1]) for codes in (list(run) for _, run in runs)]
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ends) + "]"


# Where letters, signs and their look-alikes are; the rest is scripts without a like on a UK keyboard.
_LOOKED_AT = (range(0x21, 0x250), range(0x250, 0x1000), range(0x1D00, 0x3100), range(0xA700, 0xA800), range(0xFB00, 0xFB07),
              range(0xFF01, 0xFFEF), range(0x1D400, 0x1D800))  # fmt: skip


@cache
def _alike() -> dict[str, list[str]]:
    """Every character by its folding (one letter, or two or three as for æ); worked out on first use."""
    found: dict[str, list[str]] = {}
    for code in (code for some in _LOOKED_AT for code in some):
        plain = fold(chr(code))
        if plain and " " not in plain and plain not in QUOTES + "-":
            found.setdefault(plain, []).append(chr(code))
    return found


def ways_of(plain: str) -> str:
    """Every character that `fold` makes into this, of one to three."""
    return "".join(dict.fromkeys([*_alike().get(plain, ()), *(plain if len(plain) == 1 else "")]))
