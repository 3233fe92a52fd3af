"""What import-linter cannot see: where a transaction ends, what an import drags in, how long a file is, what a file names."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 250
FULL = 20
PYTHON = sorted((ROOT / "api").rglob("*.py"))
# Without the libraries, which are joined in core.js as they were taken.
CLIENT = sorted(path for path in (ROOT / "frontend" / "js").rglob("*.js") if path.name != "core.js")


def holding(pattern: str, files: list[Path]) -> list[str]:
    """The files whose code holds this."""
    return [path.relative_to(ROOT).as_posix() for path in files if re.search(pattern, _code(path))]


def _code(path: Path) -> str:
    """A file without the lines that are comments."""
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("#", "//", "*", "/*")))


def test_one_file_commits() -> None:
    assert holding(r"\.commit\(", PYTHON) == ["api/http/database/transaction.py"]


def test_nothing_commits_behind_its_back() -> None:
    # A backup is of whole databases, from outside: one is made, renamed and dropped, which no transaction can do.
    assert holding(r"autocommit\s*=\s*True|engine\.begin\(", PYTHON) == ["api/backup/server.py"]


@pytest.mark.parametrize("room", ["domain", "models", "queries", "services", "schemas", "embedded", "backup"])
def test_a_room_below_the_web_is_imported_without_flask(room: str) -> None:
    code = (
        f"import importlib, pkgutil, sys, api.{room} as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'): importlib.import_module(found.name)\n"
        "print(','.join(name for name in ('flask', 'werkzeug', 'flask_sqlalchemy', 'granian') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("room", ["domain"])
def test_the_rules_need_nothing_that_is_installed(room: str) -> None:
    code = (
        f"import importlib, pkgutil, sys, api.{room} as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'): importlib.import_module(found.name)\n"
        "print(','.join(sorted({name.split('.')[0] for name in sys.modules} & {'sqlalchemy', 'marshmallow', 'orjson', 'argon2'})))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


def test_the_rules_read_no_clock_and_no_environment() -> None:
    files = [path for path in PYTHON if ROOT / "api" / "domain" in path.parents]
    assert holding(r"\.now\(|\.today\(|utcnow|time\.time|environ|open\(|import random|import secrets", files) == []


def test_services_know_neither_the_clock_nor_the_environment() -> None:
    files = [path for path in PYTHON if ROOT / "api" / "services" in path.parents and path.name != "ids.py"]
    assert holding(r"datetime\.now\(|date\.today\(|os\.environ", files) == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_not_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_no_import_is_hidden_in_a_function_outside_the_embedded_server() -> None:
    files = [path for path in PYTHON if "embedded" not in path.parts]
    assert holding(r"(?m)^[ \t]+(from \S+ import|import) ", files) == []


def test_routes_hold_no_decision() -> None:
    files = [path for path in PYTHON if ROOT / "api" / "routes" in path.parents]
    assert holding(r"(?m)^[ \t]+(if|for|try|with) |abort\(|select\(", files) == []


def test_one_file_of_the_client_fetches() -> None:
    assert holding(r"(?<![.\w])fetch\(", CLIENT) == ["frontend/js/api.js"]


@pytest.mark.parametrize(
    "sink", ["innerHTML", "outerHTML", "insertAdjacentHTML", r"document\.write", r"\beval\(", r"new Function"]
)
def test_the_client_never_makes_markup_or_code_of_text(sink: str) -> None:
    assert holding(sink, CLIENT) == []


# Written in pieces, so that this file does not hold what it looks for.
ELSEWHERE = [
    "/" + "work/",
    "/" + "tmp/spec",
    "pypi" + r"\.(?!org)",
    "regis" + r"try\.(npmjs|yarnpkg)\.",
    "artifac" + "tory",
    "nex" + "us",
]


@pytest.mark.parametrize("pattern", ELSEWHERE)
def test_no_tracked_file_names_the_place_it_was_made_in(pattern: str) -> None:
    command = ["git", "grep", "--perl-regexp", "--ignore-case", "--line-number", "-I", "-e", pattern]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        pytest.skip("this is not a clone")
    assert done.stdout == ""


def test_no_folder_is_too_full_to_be_looked_over() -> None:
    """Twenty files at most; what is only ever added to, in order, has no shelves."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    count = Counter(str(Path(name).parent) for name in listed)
    assert {folder for folder, files in count.items() if files > FULL} <= {"docs/adr", "migrations/versions"}
