"""The recipes of CONTRIBUTING.md name files that are there: a newcomer follows them word by word."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECIPES = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Which files\n")[2].partition("\n## Tests\n")[0]
PATH = re.compile(r"`((?:api|migrations|seed|frontend|tests|docs|\.ci)/[^`\s]*)`")
# What a recipe makes, or says for whatever stands in its place.
MADE = {"<shelf>": "*", "<feature>": "*", "<page>": "*", "NNNN_…": "[0-9]*", "languages/cy/": "js/words/"}


def named() -> list[str]:
    return sorted({path for path in PATH.findall(RECIPES) if ":" not in path})


def pattern_of(path: str) -> str:
    for made, there in MADE.items():
        path = path.replace(made, there)
    return path.rstrip("/")


def test_the_recipes_name_many_files() -> None:
    assert len(named()) > 30


@pytest.mark.parametrize("path", named())
def test_it_is_there(path: str) -> None:
    assert list(ROOT.glob(pattern_of(path))), f"CONTRIBUTING.md names {path}"


@pytest.mark.parametrize("path", [each for each in named() if not set(MADE) & set(re.findall("<[a-z]+>", each))])
def test_a_file_is_named_as_one_and_a_folder_as_one(path: str) -> None:
    (found, *_) = ROOT.glob(pattern_of(path))
    assert found.is_dir() == path.endswith("/")
