"""The client's files: vendored bytes untouched, the house rules kept, the budgets of the brief not exceeded."""

import gzip
import hashlib
import json
import re
import runpy
from pathlib import Path

import pytest

from api.client.client_files import INDEX, JOINED, SHEETS_ONLINE, needed_offline, read_files
from api.client.static import TYPES

ROOT = Path(__file__).parents[3] / "frontend"
CORE = ROOT / "js" / "core.js"  # the joined libraries
OURS = sorted({*ROOT.glob("js/**/*.js"), ROOT / "sw.js"} - {CORE})
PAGES = sorted(ROOT.glob("js/pages/*.js"))
SHEETS = sorted(ROOT.glob("css/*.css"))
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?\bfrom\s*['"](\.[^'"]+)['"]|\bfrom"(\./[^"]+)\"""", re.MULTILINE)
KIB = 1024
SHEET = re.compile(r"'([a-z-]+\.css)'")


COMMENT = re.compile(rb"^[ ]*(?:/\*\*?.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


def packed(path: Path) -> int:
    """Its size on the wire but for its comments: a budget is not kept by explaining less. `make visit` measures the whole."""
    return len(gzip.compress(COMMENT.sub(b"", path.read_bytes()), 9, mtime=0))


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


def test_the_joined_libraries_are_the_vendored_ones_joined() -> None:
    script = runpy.run_path(str(ROOT / "vendor" / "update.py"))
    assert CORE.read_text() == script["join"](), "run frontend/vendor/update.py --join"


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
    [
        (r"\bfetch\(", "api.js"),
        (r"history\[|history\.(push|replace)State", "router.js"),
        (r"createPolicy", "offline.js"),
    ],
)
def test_one_file_does_it(pattern: str, only: str) -> None:
    """Of the page; the worker fetches the page's own files, and nothing else."""
    assert {path.name for path in OURS if path.name != "sw.js" and re.search(pattern, path.read_text())} == {only}


def test_the_libraries_come_through_one_file() -> None:
    assert not [path.name for path in OURS if re.search(r"from ['\"][^'\"]*vendor/", path.read_text())]


def test_no_token_is_stored() -> None:
    for path in OURS:
        assert not re.search(r"setItem\([^)]*token(?!: null)", path.read_text()), path.name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_script_of_a_visit_keeps_its_budget(page: Path) -> None:
    visit = needed_by(ROOT / "js" / "main.js") | needed_by(page)
    assert sum(packed(path) for path in visit) <= 42 * KIB


def test_my_actions_cost_little_before_one_is_opened() -> None:
    shell, page = needed_by(ROOT / "js" / "main.js"), needed_by(ROOT / "js" / "pages" / "my.js")
    assert sum(packed(path) for path in shell | page) <= 30 * KIB
    assert not {path.stem for path in page} & {"queue", "search", "update-form", "acts", "drafts"}


@pytest.mark.parametrize(("part", "most"), [("queue", 16), ("queue-answer", 13), ("search", 8), ("abbreviations", 3)])
def test_what_is_fetched_when_it_is_used_stays_small(part: str, most: int) -> None:
    shell = needed_by(ROOT / "js" / "main.js")
    (opened,) = (ROOT / "js" / "parts").rglob(f"{part}.js")
    assert sum(packed(path) for path in needed_by(opened) - shell) <= most * KIB


PAGE_LINE = re.compile(r"^  '?(?P<name>[a-z-]+)'?: \[\(\) => import\('[^']+'\)(?P<sheets>[^\]]*)\]", re.MULTILINE)


def sheets_of_pages() -> dict[str, set[str]]:
    """The sheets that each page of pages.js loads besides those that index.html links."""
    found = PAGE_LINE.finditer((ROOT / "js" / "pages.js").read_text())
    return {line["name"]: set(SHEET.findall(line["sheets"])) for line in found}


def linked_sheets() -> set[str]:
    """The sheets of every page, as they are served."""
    return set(re.findall(r'href="__ASSETS__/css/([^"]+)"', (ROOT / "index.html").read_text()))


FILES = read_files(ROOT, TYPES)
IN_JOINED = {part.removeprefix("css/") for parts in JOINED.values() for part in parts}


@pytest.mark.parametrize(
    ("page", "own"), sheets_of_pages().items(), ids=lambda one: one if isinstance(one, str) else ""
)
def test_the_sheets_of_a_visit_keep_their_budget(page: str, own: set[str]) -> None:
    # Dialogs over any page bring the sheet of the forms.
    sheets = linked_sheets() | own | {"action.css"}
    assert sum(len(gzip.compress(FILES[f"css/{name}"], 9, mtime=0)) for name in sheets) <= 10 * KIB, page


def test_every_sheet_is_some_pages() -> None:
    served = {"docs.css", "data.css"}  # of pages that the server writes
    named = {sheet for path in OURS for sheet in SHEET.findall(path.read_text())}
    assert {path.name for path in SHEETS} == IN_JOINED | served | named


def test_a_sheet_that_comes_with_what_is_opened_stays_small() -> None:
    later = {path.name for path in SHEETS} - IN_JOINED.union(*sheets_of_pages().values()) - {"docs.css", "data.css"}
    assert later
    assert all(packed(ROOT / "css" / name) <= 2 * KIB for name in later)


def test_the_shell_links_what_is_joined() -> None:
    assert linked_sheets() == {name.removeprefix("css/") for name in JOINED}


def test_the_typeface_and_the_worker_keep_their_budget() -> None:
    assert (ROOT / "vendor" / "public-sans.woff2").stat().st_size <= 28 * KIB
    filled = (ROOT / "sw.js").read_text().replace("__FILES__", json.dumps(offline_files()))
    # Most of it are the names of what it keeps; it is fetched once somebody uses the page.
    assert len(gzip.compress(filled.encode(), 9, mtime=0)) <= 2.5 * KIB


def offline_files() -> list[str]:
    """What the worker keeps, as the server works it out."""
    return needed_offline(FILES)


ALONE = {"admin", "link", "sign-in"}


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem not in ALONE], ids=lambda path: path.stem)
def test_what_a_page_imports_is_kept_for_offline(page: Path) -> None:
    needed = needed_by(page) | needed_by(ROOT / "js" / "main.js")
    assert {path.relative_to(ROOT).as_posix() for path in needed} <= set(offline_files())


def test_the_worker_keeps_what_is_asked_for_later_and_nothing_more() -> None:
    kept = set(offline_files())
    later = re.compile(r"(?<!\{)(?<!\()\bimport\('(\.[^']+)'\)")
    for path in [ROOT / name for name in kept if name.endswith(".js")]:
        for name in later.findall(re.sub(r"/\*\*.*?\*/", "", path.read_text(), flags=re.DOTALL)):
            asked = (path.parent / name).resolve().relative_to(ROOT.resolve()).as_posix()
            assert asked in kept or Path(asked).stem in ALONE, asked
    assert not [
        name for name in kept if name.startswith(("js/pages/admin", "js/pages/link", "js/pages/sign-in", "icons/"))
    ]
    assert {"vendor/public-sans.woff2", "icon.svg"} <= kept
    sheets = {name.removeprefix("css/") for name in kept if name.startswith("css/")}
    assert sheets == linked_sheets() | {path.name for path in SHEETS} - SHEETS_ONLINE - IN_JOINED
    assert INDEX not in kept  # kept as the page, at "/"


def test_the_app_can_be_installed() -> None:
    app = json.loads((ROOT / "manifest.webmanifest").read_text())
    assert (app["start_url"], app["scope"], app["display"]) == ("/my", "/", "standalone")
    assert {icon["purpose"] for icon in app["icons"]} == {"any", "maskable"}
    for icon in app["icons"]:
        picture = (ROOT / icon["src"]).read_bytes()
        if icon["src"].endswith(".png"):
            assert f"{int.from_bytes(picture[16:20])}x{int.from_bytes(picture[20:24])}" == icon["sizes"]
        assert len(picture) <= 16 * KIB


def test_the_page_loads_early_what_every_visit_needs() -> None:
    preloaded = set(re.findall(r'rel="modulepreload" href="__ASSETS__/([^"]+)"', (ROOT / "index.html").read_text()))
    shell = {path.relative_to(ROOT).as_posix() for path in needed_by(ROOT / "js" / "main.js")}
    assert preloaded == shell - {"js/main.js"}
