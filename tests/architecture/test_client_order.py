"""The order of the client: pages → parts → store → router, api → core; rules know nothing but rules. And no circle, neither of files nor of shelves."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

ROOT = Path(__file__).resolve().parents[2] / "frontend" / "js"
# Each may use those of its own line and those below.
ORDER = (
    r"main\.js",
    r"pages\.js",
    r"pages/",
    r"quiet\.js",
    r"parts/",
    r"(kept|offline)\.js",
    r"store\.js",
    r"(router|api)\.js",
    r"words(\.js|/)",
    r"rules/",
    r"core\.js",
)
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+\.js)['"]""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
Graph = Mapping[str, set[str]]


def read_imports(folder: Path) -> Graph:
    """For each module those that it imports, now or when it needs them; types are not imported."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder).as_posix()
        text = COMMENT.sub("", path.read_text("utf-8")) if name != "core.js" else ""
        found[name] = {normpath(join(dirname(name), each)) for each in IMPORT.findall(text)}
    return found


def rank(name: str) -> int:
    return next(place for place, pattern in enumerate(ORDER) if re.match(pattern, name))


def folder_of(name: str) -> str:
    return dirname(name) or name


def by_folder(graph: Graph) -> Graph:
    found: dict[str, set[str]] = defaultdict(set)
    for name, imported in graph.items():
        found[folder_of(name)] |= {folder_of(each) for each in imported} - {folder_of(name)}
    return found


def find_circle(graph: Graph) -> list[str]:
    """The names of one circle in its order, or none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> Iterator[list[str]]:
        if name in way:
            yield way[way.index(name) :]
        elif name not in done:
            for each in sorted(graph.get(name, ())):
                yield from walk(each, [*way, name])
            done.add(name)

    return next((circle for name in sorted(graph) for circle in walk(name, [])), [])


GRAPH = read_imports(ROOT)


def test_every_import_leads_to_a_file() -> None:
    assert {each for imported in GRAPH.values() for each in imported} - GRAPH.keys() == set()


@pytest.mark.parametrize("name", sorted(GRAPH))
def test_a_module_uses_only_what_stands_below_it(name: str) -> None:
    wrong = [each for each in sorted(GRAPH[name]) if rank(each) < rank(name)]
    assert wrong == []


def test_rules_know_nothing_but_rules() -> None:
    wrong = {name: sorted(each for each in GRAPH[name] if not each.startswith("rules/")) for name in GRAPH}
    assert {name: found for name, found in wrong.items() if name.startswith("rules/") and found} == {}


def test_no_file_imports_itself_by_way_of_others() -> None:
    assert find_circle(GRAPH) == []


def test_nor_does_a_shelf() -> None:
    assert find_circle(by_folder(GRAPH)) == []


def test_a_circle_is_named_by_its_files() -> None:
    graph = {"a.js": {"b.js"}, "b.js": {"c.js", "d.js"}, "c.js": set[str](), "d.js": {"b.js"}}
    assert find_circle(graph) == ["b.js", "d.js"]
