"""Passwords: length, and how easily one is guessed by who knows the plan and the person (API 8.3)."""

import pytest

from api.domain.errors import ValidationFailed
from api.services.accounts.passwords import check_password

ABOUT = [
    "lucy.goodfellow@havering.gov.uk", "Lucy Goodfellow", "Havering Safeguarding Children Partnership",
    "Barking, Havering and Redbridge University Hospitals NHS Trust", "BHRUT", "North East London NHS Foundation Trust",
]  # fmt: skip


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password123!",
        "P@ssw0rd2026",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "iloveyou2026",
        "goodfellow12",
        "lucy.goodfellow@havering.gov.uk",
        "LucyGoodfellow1",
        "safeguarding",
        "Safeguarding!1",
        "havering2026!",
        "partnership1",
        "havering partnership plan",
        "HaveringPlan2026!",
        "H4ver1ng-P1an-2026",
        "Haveríng Plän 2026",
        "Winter2026Winter",
        "Spring2026Spring2027",
        "Monday-March-2027",
        "May2026May2026May",
        "Lucy Goodfellow 1984",
        "GoodfellowLucyGoodfellow",
        "Redbridge University Hospitals",
        "BHRUT North East London 2026",
        "havering " * 10,
        "ChildProtection1",
        "SocialWorker1!",
        "monkey123456!",
        "mash team 2026",
        "PublicHealth26!",
        "Upminster2026!!",
        "h a v e r i n g",
        "H.a.v.e.r.i.n.g.1",
        "hhaavveerriinngg",
        "RM1 3BD RM1 3BD",
        "correct horse battery staple",
        "CorrectHorseBatteryStaple1",
        "winter twenty six",
        "twenty twenty six winter",
        "P0l1ce-B0ard-2026",
        "five hundred thousand",
    ],
)
def test_what_is_easily_guessed_is_refused_with_a_better_way(password: str) -> None:
    with pytest.raises(ValidationFailed, match="easily guessed") as caught:
        check_password(password, ABOUT)
    assert [(error.pointer, error.code) for error in caught.value.errors] == [("/password", "guessable")]


@pytest.mark.parametrize("password", ["x" * 11, "x" * 129])
def test_length_is_12_to_128(password: str) -> None:
    with pytest.raises(ValidationFailed, match="12 to 128"):
        check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "a long enough passphrase",
        "copper harbour violin",
        "gläserne Brücke 雨",
        "Tr8-vdKq2-lpWz",
        "mist otter plum " * 8,
        "planet explains copper marches",
        "Havering copper harbour violin",
        "winter copper harbour violin 2026",
        "four words nobody joins",
        "seven herons knitting sandwiches",
        "seven others that are here",
        "social otters juggle lanterns",
        "Upminster lantern otter 1987",
        "wobbly kettle sunrise",
        "xkqvbzjwplmr",
        "h7Kq9zWm2pXr",
        "V!9rm-3Lqz_T0u",
        "a b c harbour violin lantern",
        "bookkeeper balloon committee kettle",
    ],
)
def test_what_is_not_is_taken_whatever_it_is_made_of(password: str) -> None:
    check_password(password, ABOUT)
