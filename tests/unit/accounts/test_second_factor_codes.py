"""Codes as somebody types them."""

import pytest

from api.domain.accounts.second_factor import group_code, read_digits, read_recovery_code, steps_around


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123-456 ", "123\u2013456"])
def test_six_digits_with_or_without_a_space(typed: str) -> None:
    assert read_digits(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_digits(typed) is None


@pytest.mark.parametrize(
    "typed", ["01AB-CDEF-GHJK-MNPQ", "o1ab cdef ghjk mnpq", "OIABCDEFGHJKMNPQ", "0Lab-cdef-ghjk-mnpq"]
)
def test_a_recovery_code_in_any_writing(typed: str) -> None:
    assert read_recovery_code(typed) == "01ABCDEFGHJKMNPQ"


@pytest.mark.parametrize("typed", ["", "01AB-CDEF-GHJK", "01AB-CDEF-GHJK-MNPU", "01AB-CDEF-GHJK-MNPQ-R"])
def test_what_is_no_recovery_code(typed: str) -> None:
    assert read_recovery_code(typed) is None


def test_groups_of_four() -> None:
    assert group_code("01ABCDEFGHJKMNPQ") == "01AB-CDEF-GHJK-MNPQ"


def test_the_present_step_and_one_either_way() -> None:
    assert steps_around(3600.9) == [120, 119, 121]
