"""docs/asvs.md names files that are there, and each requirement once."""

import re

from tests.architecture.test_supply import ROOT

TEXT = (ROOT / "docs" / "asvs.md").read_text("utf-8")


def test_the_files_it_names_are_there() -> None:
    named = set(re.findall(r"`((?:\.ci|\.docker|api|docs|frontend|seed|tests)/[^`*]+)`", TEXT))
    assert len(named) > 40
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_each_requirement_is_there_once_and_in_its_chapter() -> None:
    chapter, seen = "", list[str]()
    for line in TEXT.splitlines():
        if found := re.match(r"## V(\d+) ", line):
            chapter = found[1]
        elif found := re.match(r"\| ([\d., to]+) \| ", line):
            ids = re.findall(r"\d+\.\d+\.\d+", found[1])
            assert all(each.startswith(f"{chapter}.") for each in ids), line
            seen += ids
    assert len(seen) == len(set(seen)) > 90
    assert {each.split(".")[0] for each in seen} == {"2", "3", "4", "5", "6", "7", "8", "14"}
