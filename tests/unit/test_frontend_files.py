"""The client's files: vendored bytes untouched, the house rules kept, the budgets of the brief not exceeded."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "frontend"
OURS = sorted(ROOT.glob("js/**/*.js"))
PAGES = sorted(ROOT.glob("js/pages/*.js"))
SHEETS = sorted(ROOT.glob("css/*.css"))
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?\bfrom\s*['"](\.[^'"]+)['"]|\bfrom"(\./[^"]+)\"""", re.MULTILINE)
KIB = 1024


def packed(path: Path) -> int:
    """Its size on the wire."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def needed_by(path: Path, found: set[Path] | None = None) -> set[Path]:
    """A module and everything it imports, which is what a visit to it costs."""
    found = set() if found is None else found
    if path not in found:
        found.add(path)
        for pair in IMPORT.findall(path.read_text()):
            needed_by((path.parent / (pair[0] or pair[1])).resolve(), found)
    return found


def manifest() -> list[list[str]]:
    """Rows of the manifest: file, sha256, bytes, package, licence."""
    lines = (ROOT / "vendor" / "MANIFEST.txt").read_text().splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row[0])
def test_a_vendored_file_is_as_it_was_taken(row: list[str]) -> None:
    assert hashlib.sha256((ROOT / "vendor" / row[0]).read_bytes()).hexdigest() == row[1]


def test_every_vendored_file_is_in_the_manifest() -> None:
    served = {path.name for path in (ROOT / "vendor").iterdir() if path.suffix in {".js", ".woff2"}}
    assert served == {row[0] for row in manifest()}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 200
    assert text.startswith("/**\n * ")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250


@pytest.mark.parametrize("path", [*OURS, ROOT / "index.html"], ids=lambda path: path.name)
def test_nothing_is_parsed_as_markup(path: Path) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\sstyle=", path.read_text())


@pytest.mark.parametrize(
    ("pattern", "only"),
    [(r"\bfetch\(", "api.js"), (r"vendor/", "core.js"), (r"history\[|history\.(push|replace)State", "router.js")],
)
def test_one_file_does_it(pattern: str, only: str) -> None:
    assert {path.name for path in OURS if re.search(pattern, path.read_text())} == {only}


def test_no_token_is_stored() -> None:
    for path in OURS:
        assert not re.search(r"setItem\([^)]*token(?!: null)", path.read_text()), path.name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_script_of_a_visit_keeps_its_budget(page: Path) -> None:
    visit = needed_by(ROOT / "js" / "main.js") | needed_by(page)
    if page.stem == "action":
        visit |= needed_by(ROOT / "js" / "parts" / "acts.js")
    assert sum(packed(path) for path in visit) <= 45 * KIB


def test_the_sheets_and_the_typeface_keep_their_budget() -> None:
    # Those of the administrator's screens, of the account, of a page to print and of forms are fetched with them only.
    own = {ROOT / "css" / f"{name}.css" for name in ("admin", "account", "data", "structure")}
    assert sum(packed(path) for path in SHEETS if path not in own) <= 10 * KIB
    assert sum(packed(path) for path in own) <= 4 * KIB
    assert (ROOT / "vendor" / "public-sans.woff2").stat().st_size <= 28 * KIB


def test_the_page_loads_early_what_every_visit_needs() -> None:
    preloaded = set(re.findall(r'rel="modulepreload" href="__ASSETS__/([^"]+)"', (ROOT / "index.html").read_text()))
    shell = {path.relative_to(ROOT).as_posix() for path in needed_by(ROOT / "js" / "main.js")}
    assert preloaded == shell - {"js/main.js"} | {"js/parts/rating.js"}  # all pages but the sign-in draw ratings
