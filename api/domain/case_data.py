"""Words that look like they are about a child or family: seen before they are saved, named, and asked about (DOMAIN 9).

A plan is about the work of agencies. What is found here is a suspicion: whoever writes is told what was seen and may go on. So a rule may be
wrong now and then, but not often: numbers count only with their check digit, and a date only where words say it is of birth.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.domain.text import as_seen


class Kind(StrEnum):
    """What something looks like."""

    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"
    DATE_OF_BIRTH = "date_of_birth"
    POSTCODE = "postcode"
    PHONE = "phone"
    INITIAL = "initial"


NAMES = {
    Kind.NHS_NUMBER: "an NHS number",
    Kind.PUPIL_NUMBER: "a unique pupil number",
    Kind.DATE_OF_BIRTH: "a date of birth",
    Kind.POSTCODE: "a postcode",
    Kind.PHONE: "a telephone number",
    Kind.INITIAL: "a person under an initial",
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that looks like case data: what it looks like, and where it stands in the text as it is seen (characters)."""

    kind: Kind
    words: str
    start: int

    @property
    def sentence(self) -> str:
        """What to tell whoever wrote it."""
        return f"“{self.words}” looks like {NAMES[self.kind]}."


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+\d{{2,4}})"
# Each begins with a class of characters, and looks behind only after it: so the text is passed over five times as fast as with a \b in front.
_FORMS: dict[Kind, re.Pattern[str]] = {
    Kind.NHS_NUMBER: re.compile(r"\d(?<![\d.-]\d)\d{2}[ -]?\d{3}[ -]?\d{4}(?![\d-])"),
    Kind.PUPIL_NUMBER: re.compile(r"[A-HJ-NP-RT-Z](?<!\w.)\d{11}[\dA-HJ-NP-RT-Z]\b"),
    Kind.DATE_OF_BIRTH: re.compile(
        rf"[dDbB](?<!\w.)(?i:(?<=d)(?:\.?\s?o\.?\s?b\b\.?|ate of birth)|(?<=b)(?:irth ?date|orn))(?i:(?:\s+(?:is|was|on))?[\s:]*{_DAY})"
    ),
    Kind.POSTCODE: re.compile(
        r"[A-PR-UWYZ](?<!\w.)(?:(?<=G)IR ?0AA|(?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})\b"
    ),
    Kind.PHONE: re.compile(r"[+(0](?<![\d+].)(?:(?<=\+)44\s?(?:\(0\)\s?)?|(?<=\()0|(?<=0))[1-37](?:[\s()-]{0,2}\d){8,9}(?!\d)"),
    Kind.INITIAL: re.compile(
        r"[BbCcFfGgMmPpSsYy](?<!\w.)(?:(?<=[Cc])hild|(?<=[Bb])(?:aby|oy)|(?<=[Gg])irl|(?<=[Ss])ibling|(?<=[Mm])other"
        r"|(?<=[Ff])(?:ather|amily)|(?<=[Pp])arent|(?<=[Yy])oung [Pp]erson|(?<=Y)P)\s+[A-Z]{1,2}\d?\b(?!\s*[&/])"
    ),
}  # fmt: skip
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def find_case_data(text: str) -> list[Suspicion]:
    """Everything in a text that looks like case data, in its order, nothing twice; what is hidden between its letters hides nothing."""
    found = sorted(_every(as_seen(text)), key=lambda each: (each.start, -len(each.words)))
    kept: list[Suspicion] = []
    for each in found:
        if not kept or each.start >= kept[-1].start + len(kept[-1].words):
            kept.append(each)
    return kept


def _every(text: str) -> Iterator[Suspicion]:
    for kind, form in _FORMS.items():
        is_one = _CHECKS.get(kind)
        for match in form.finditer(text):
            if is_one is None or is_one(match[0]):
                yield Suspicion(kind, match[0], match.start())


def is_nhs_number(words: str) -> bool:
    """Whether ten digits have the check digit of an NHS number (modulus 11, NHS Data Dictionary)."""
    digits = [int(each) for each in words if each.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(set(digits)) > 1 and (0 if check == 11 else check) == digits[9]


def is_pupil_number(words: str) -> bool:
    """Whether the letter in front is the check letter of a unique pupil number (DfE, UPN guide)."""
    values = [int(each) if each.isdigit() else _UPN_LETTERS.index(each) for each in words[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == words[0]


_CHECKS: dict[Kind, Callable[[str], bool]] = {Kind.NHS_NUMBER: is_nhs_number, Kind.PUPIL_NUMBER: is_pupil_number}
