"""Words that look like they are about a child or family: seen before they are saved, named, and asked about (DOMAIN 9).

A plan is about the work of agencies. What is found here is a suspicion: whoever writes is told what was seen and may go on. So a rule may be
wrong now and then, but not often: numbers count only with their check digit, a postcode only in an area that there is, and a date only where
words say it is of birth. Each rule is written for the text as it is seen (`domain.text.as_seen`): plain digits, letters, dashes and spaces.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.domain.text import as_seen


class CaseDataKind(StrEnum):
    """What something looks like."""

    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"
    DATE_OF_BIRTH = "date_of_birth"
    POSTCODE = "postcode"
    PHONE = "phone"
    INITIAL = "initial"


NAMES = {
    CaseDataKind.NHS_NUMBER: "an NHS number",
    CaseDataKind.PUPIL_NUMBER: "a unique pupil number",
    CaseDataKind.DATE_OF_BIRTH: "a date of birth",
    CaseDataKind.POSTCODE: "a postcode",
    CaseDataKind.PHONE: "a telephone number",
    CaseDataKind.INITIAL: "a person under an initial",
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that looks like case data: what it looks like, and where it stands in the text as it is seen (characters)."""

    kind: CaseDataKind
    words: str
    start: int

    @property
    def sentence(self) -> str:
        """What to tell whoever wrote it."""
        return f"“{self.words}” looks like {NAMES[self.kind]}."


# What people put between the groups of a number: spaces of any kind, a line's end or a tab as out of a table, dashes, dots, brackets, a slash.
_SEP = r"[\s().\-/]{0,4}"
# Between the groups of a number as it is printed, strokes and commas too: three, three and four digits are nothing else.
_WIDE = r"[\s().\-/,_:;|\[\]]{0,4}"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_REST = r"\s?[./ -]\s?\d{1,2}\s?[./ -]\s?\d{2,4}"
_NUMBERS = rf"\d{{1,2}}{_REST}"
_DAY = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},?\s{{1,3}})?"
    rf"(?:{_NUMBERS}|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{8}}|\d{{6}}|\d{{1,2}}(?:st|nd|rd|th)?[\s-]{{1,4}}(?:of\s{{1,3}})?{_MONTH}"
    rf"\.?,?[\s-]{{1,4}}'?\d{{2,4}}|{_MONTH}\.?\s{{1,4}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,4}}\d{{2,4}}|{_MONTH}\.?\s{{1,4}}\d{{4}})"
)
_GAP = r"[\s:;|=,(\[-]{0,4}"
_BORN = (
    r"(?:(?<=d)(?:[./]?\s?o[./]?\s?b(?![a-z])\.?|ate[\s-]{1,2}of[\s-]{1,2}birth)|(?<=b)(?:irth[\s-]?da(?:te|y)|orn))"
    rf"{_GAP}(?:(?:is|was|on|the)\b{_GAP}){{0,3}}"
)
_BORN_BEFORE = rf"\d?{_REST}[\s,]{{0,3}}[(\[]?d[./]?o[./]?b(?![a-z])"
# No initials: short words, and what the trade writes in two capitals.
_NO_INITIALS = (
    "AM|AN|AS|AT|BE|BY|CP|DA|DO|DV|GO|GP|HE|HV|ID|IF|IN|IS|IT|LA|ME|MH|MY|NO|OF|ON|OR|QA|SO|SW|TO|UK|UP|US|WE"
)
# Each begins with a class of characters, and looks behind only after it: so the text is passed over five times as fast as with a \b in front.
_FORMS: dict[CaseDataKind, re.Pattern[str]] = {
    # 3 3 4 as it is printed, and 5 5, 3 7, 6 4, 4 6, 4 3 3, in pairs and digit by digit as it is typed.
    CaseDataKind.NHS_NUMBER: re.compile(
        rf"\d(?<!\d\d)(?<!\d[./,-]\d)(?:\d{{2}}{_WIDE}\d{{3}}{_WIDE}\d{{4}}|\d{{4}}{_SEP}\d{{5}}|\d{{3}}{_SEP}\d{{6}}|\d{{3}}\s{{1,4}}\d{{3}}\s{{1,4}}\d{{3}}"
        r"|\d(?:\s{1,4}\d\d){4}|(?:[\s.-]{1,2}\d){9})(?![.,-]?\d)(?!/\d\d)"
    ),
    CaseDataKind.PUPIL_NUMBER: re.compile(rf"[A-HJ-NP-RT-Za-hj-np-rt-z](?<!\w.){_SEP}\d(?:[\s-]{{0,2}}\d){{10}}[\s-]{{0,2}}[\dA-HJ-NP-RT-Za-hj-np-rt-z]\b"),
    CaseDataKind.DATE_OF_BIRTH: re.compile(rf"[dDbB\d](?<!\w.)(?i:{_BORN}{_DAY}|(?<=b)\.\s{{0,2}}{_NUMBERS}|(?<=\d)(?<![./-].){_BORN_BEFORE})"),
    # In capitals also with a space where none belongs.
    CaseDataKind.POSTCODE: re.compile(
        r"[A-PR-UWYZa-pr-uwyz](?<!\w.)(?:(?i:(?<=g)ir[\s-]{0,3}0aa|(?:\d{1,2}|[a-hk-y]\d{1,2}|\d[a-hjkpstuw]|[a-hk-y]\d[abehmnprv-y])"
        r"(?:[\s-]{0,4}|[.,_])\d[abd-hjlnp-uw-z]{2})|(?<=[A-Z])[A-HK-Y]?\s?\d{1,2}[A-Z]?\s{0,4}\d\s?[ABD-HJLNP-UW-Z]{2})\b"
    ),
    CaseDataKind.PHONE: re.compile(
        r"[+(047](?<![\d+].)(?:(?:(?<=\+)44[\s.-]{0,2}(?:\(0\)[\s.-]{0,2})?|(?<=0)044[\s.-]{0,2}(?:\(0\)[\s.-]{0,2})?|(?<=\()0|(?<=0))"
        r"[1-37](?:[\s().\-/]{0,3}\d){8,9}(?!\d)|(?<![\w.,/-].)(?:(?<=4)4\s{1,2}7|(?<=7))\d{3}\s{1,2}\d{3}\s{0,2}\d{3}(?![\d.,%-]))"
    ),
    CaseDataKind.INITIAL: re.compile(
        r"[BbCcDdFfGgMmPpSsTtYy](?<!\w.)(?:(?:(?<=[Cc])hild(?:ren)?|(?<=C)HILD(?:REN)?|(?<=[Bb])(?:aby|oy)|(?<=B)(?:ABY|OY)|(?<=[Gg])irl|(?<=G)IRL"
        r"|(?<=[Ss])ibling|(?<=S)IBLING|(?<=[Mm])(?:other|um)|(?<=M)(?:OTHER|UM)|(?<=[Ff])(?:ather|amily)|(?<=F)(?:ATHER|AMILY)|(?<=[Dd])ad|(?<=D)AD"
        r"|(?<=[Tt])win|(?<=T)WIN|(?<=[Pp])(?:arent|upil)|(?<=P)(?:ARENT|UPIL)|(?<=[Yy])oung[\s-]{1,2}[Pp]erson|(?<=Y)(?:OUNG[\s-]{1,2}PERSON|P))"
        rf"[\s:\-(\"'“‘]{{1,3}}(?!(?:{_NO_INITIALS})\b)[A-Z]{{1,2}}\d?\b(?!\s{{0,3}}[&/]\s{{0,3}}(?:[EN]\b|\w\w|\W|\Z))(?!['’][a-z]{{2}})"
        r"|(?:(?<=C)(?:hild|HILD)\s|(?<=Y)P\s?)[1-9]\b(?!\s{0,3}(?:[-%/.,:]?\d|%|to\b|in\b|of\b|per\b|year|month|week|day)))"
    ),
}  # fmt: skip
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_LINK = re.compile(r"[hHwW](?<!\w.)(?:(?<=[hH])[tT]{2}[pP][sS]?://|(?<=[wW])[wW]{2}\.)[^\s<>\"]+")
# In a link digits stand for pages: only what has a check digit counts there, and only where it is all between two signs.
_IN_LINK = frozenset([CaseDataKind.NHS_NUMBER, CaseDataKind.PUPIL_NUMBER])
# The areas that there are (Royal Mail, with Girobank's): a letter, a digit and two letters make many other things.
_AREAS = re.compile(
    "A[BL]|B[ABDHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?"
    "|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|U?B|W[ACDFNRSV]?|YO|ZE|GIR"
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\Z")


def find_case_data(text: str, allowed: Collection[str] = ()) -> list[Suspicion]:
    """Everything in a text that looks like case data, in its order, nothing twice; what is hidden between its letters hides nothing.

    `allowed` are what a board says is none, as `allowed_by` reads it.
    """
    found = sorted(_every(as_seen(text)), key=lambda each: (each.start, -len(each.words)))
    kept: list[Suspicion] = []
    for each in found:
        if not kept or each.start >= kept[-1].start + len(kept[-1].words):
            kept.append(each)
    return [each for each in kept if _bare(each.words) not in allowed] if allowed else kept


def allowed_by(entries: Iterable[str]) -> frozenset[str]:
    """What a board's list of numbers and names allows: what would be seen in each of them ("MASH, 01708 433 222", "Child Q review")."""
    return frozenset(_bare(each.words) for entry in entries for each in find_case_data(entry))


def _bare(words: str) -> str:
    """The text without separators between letters and digits; a telephone number's country code becomes its leading 0."""
    bare = "".join(char for char in words if char.isalnum()).lower()
    return re.sub(r"^(?:0044|44)0?(?=[1-37]\d{8})", "0", bare)


def _every(text: str) -> Iterator[Suspicion]:
    links = [match.span() for match in _LINK.finditer(text)] if "://" in text or "www." in text.lower() else []
    for kind, form in _FORMS.items():
        is_one = _CHECKS.get(kind)
        for match in form.finditer(text):
            if (is_one is None or is_one(match[0])) and _counts_where_it_is(kind, match, links):
                yield Suspicion(kind, match[0], match.start())


def _counts_where_it_is(kind: CaseDataKind, match: re.Match[str], links: list[tuple[int, int]]) -> bool:
    if not any(begins <= match.start() < ends for begins, ends in links):
        return True
    around = match.string[match.start() - 1] + match.string[match.end() : match.end() + 1]
    return kind in _IN_LINK and not any(char.isalnum() for char in around)


def is_nhs_number(words: str) -> bool:
    """Whether ten digits have the check digit of an NHS number (modulus 11, NHS Data Dictionary)."""
    digits = [int(each) for each in words if each.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(set(digits)) > 1 and (0 if check == 11 else check) == digits[9]


def is_pupil_number(words: str) -> bool:
    """Whether the letter in front is the check letter of a unique pupil number (DfE, UPN guide)."""
    upn = "".join(char for char in words if char.isalnum()).upper()
    values = [int(each) if each.isdigit() else _UPN_LETTERS.index(each) for each in upn[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == upn[0]


def is_postcode(words: str) -> bool:
    """Whether it begins with an area that there is, and is not a number in its order ("s1 2nd")."""
    area = re.match("[A-Za-z]+", words)
    return area is not None and _AREAS.fullmatch(area[0].upper()) is not None and _ORDINAL.search(words) is None


_CHECKS: dict[CaseDataKind, Callable[[str], bool]] = {
    CaseDataKind.NHS_NUMBER: is_nhs_number,
    CaseDataKind.PUPIL_NUMBER: is_pupil_number,
    CaseDataKind.POSTCODE: is_postcode,
}
