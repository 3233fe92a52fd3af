"""Which tables a release works with (ADR 19)."""

import pytest

from api.release import SchemaMisfit, check_schema

FITS = {
    "its own": ("0012", "0001"),
    "its own, of before this was noted": ("0012", None),
    "the oldest it can do with": ("0011", None),
    "of the next release, which only added": ("0013", "0001"),
    "of many releases later, which only added": ("0040", "0012"),
    "of its very number": ("0013", "0012"),
}
MISFITS = {
    "none": (None, None, "Run plan migrate"),
    "not numbered": ("ae1027a6acf", None, "Run plan migrate"),
    "too old": ("0010", "0001", "Run plan migrate"),
    "the next release took something away": ("0013", "0013", "works with code of 0013 or newer"),
    "a later one did": ("0040", "0030", "works with code of 0030 or newer"),
    "nobody says": ("0013", None, "says of no older code"),
    "what is said is no number": ("0013", "everything", "works with code of everything"),
}


@pytest.mark.parametrize(("found", "oldest_code"), FITS.values(), ids=FITS)
def test_tables_that_fit(found: str, oldest_code: str | None) -> None:
    check_schema(found, oldest_code, oldest="0011", newest="0012")


@pytest.mark.parametrize(("found", "oldest_code", "said"), MISFITS.values(), ids=MISFITS)
def test_tables_that_do_not_fit(found: str | None, oldest_code: str | None, said: str) -> None:
    with pytest.raises(SchemaMisfit, match=said):
        check_schema(found, oldest_code, oldest="0011", newest="0012")
