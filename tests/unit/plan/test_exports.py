"""What is made of a plan document for other programs: cells, rows, numbers."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.text import clean_text
from api.exports.csv_text import defuse, undo, write_csv


def written(*cells: Any) -> str:
    return write_csv(["x"] * len(cells), [cells]).decode("utf-8-sig").split("\r\n", 1)[1]


@pytest.mark.parametrize(
    "first",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        " =",
        "\xa0@",
        "\u3000＝",
        "\u200b=",
        "'",
        " '",
        "''",
    ],
)
def test_a_text_that_would_run_as_a_formula_begins_with_an_apostrophe(first: str) -> None:
    assert defuse(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["4.10", "We = us", "it's", "1-2", "", "ａ=1", "a; b", "a\nb", "two, =1", "a|=1"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert defuse(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; \t=1+1", "a;' \t'=1+1"),
        ("a;＝1", "a;'＝1"),
        ("a\n=1", "a\n'=1"),
        ("a\n- one\n- two", "a\n'- one\n'- two"),
        ("a\t@x", "a\t'@x"),
        ("a;'b'", "a;''b'"),
        ("=1;=2", "'=1;'=2"),
        ("'=1", "''=1"),
    ],
)
def test_nor_does_it_run_where_cells_are_split_by_semicolons(text: str, written: str) -> None:
    assert defuse(text) == written
    assert undo(written) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("4.10", '"4.10"'),
        ('He said "no"', '"He said ""no"""'),
        ("two\nlines, and a comma", '"two\nlines, and a comma"'),
        ("=SUM(A1)", '"\'=SUM(A1)"'),
        (42, "42"),
        (-1, "-1"),
        (True, "true"),
        (False, "false"),
        (date(2021, 5, 31), "2021-05-31"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_cell(value: Any, cell: str) -> None:
    assert written(value) == f"{cell}\r\n"


def test_the_file_begins_with_a_byte_order_mark_and_ends_each_line_with_crlf() -> None:
    assert write_csv(["a", "b"], [["x", 1]]) == b'\xef\xbb\xbfa,b\r\n"x",1\r\n'


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=5))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    raw = write_csv(["a", "b", "c"], rows).decode("utf-8-sig")
    _, *found = csv.reader(io.StringIO(raw, newline=""))
    assert found == [[defuse(text) for text in row] for row in rows]


@given(TEXT)
def test_no_cell_of_text_that_can_be_stored_runs(text: str) -> None:
    try:
        stored = clean_text(text)
    except ValueError:
        return
    for cell in re.split("[;\t\r\n]", defuse(stored)):
        assert not cell.strip("\ufeff\u200b \xa0\u3000").startswith(tuple("=+-@＝＋－＠"))


@given(st.text(st.sampled_from("a=-'＝; \t\n\r\u200b")))
def test_taking_the_apostrophes_away_gives_every_text_again(text: str) -> None:
    assert undo(defuse(text)) == text
