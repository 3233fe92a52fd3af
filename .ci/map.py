# noqa: INP001 -- a script, not a package
"""Writes the list of files in docs/map.md from the files' own first lines; with --check only says whether it is true."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAP = ROOT / "docs" / "map.md"
BEGIN, END = "<!-- files: written by .ci/map.py -->", "<!-- end of files -->"
TOPS = ("api", "migrations", "seed", "frontend", "tests", "docs", ".docker", ".ci", ".requirements")
# What others wrote has its list beside it; what is built is not ours.
# Of migrations each says in its own first line what it does.
UNLISTED = {
    "__pycache__", "node_modules", "docs/images", "frontend/vendor/LICENCES", "migrations/versions", "tests/data", "tests/e2e/vendor",
}  # fmt: skip
SAID = {
    ".ci/redocly.yaml": "How `make openapi-lint` reads the OpenAPI document",
    ".ci/run": "What CI runs: the README's test command on a clean clone",
    ".ci/clock/run": "Runs a command, and all it starts, on another day, so that nothing of a test depends on today's (`make test-on`)",
    ".ci/clock/shift.c": "Shifts the wall clock of every program that it is preloaded into",
    ".ci/node/package.json": "What the client's types are checked with",
    ".ci/node/package-lock.json": "Its version and hash",
    "frontend/package.json": "Says to Node, which tests the rules, that the client's files are modules; not served",
    ".docker/Dockerfile": "The image of the API with the client's files",
    ".docker/nginx.conf": "The front of docker-compose.yml: buffering, limits, its own errors as problems",
    ".docker/postgres-init.sh": "Makes the database and its two roles when the data volume is empty",
    ".dockerignore": "Only what the image is made of goes to the builder",
    ".requirements/dev.txt": "What it is tested with: versions and hashes",
    ".requirements/run.txt": "What it runs on: versions and hashes",
    "CHANGELOG.md": "What changed, release by release",
    "CONTRIBUTING.md": "Which files to touch for what; tests, commits, dependencies",
    "LICENSE": "MIT",
    "Makefile": "All commands: `make help`",
    "README.md": "What it is, the two commands, how to install",
    "docker-compose.yml": "Real use: PostgreSQL, migrations, API, front",
    "api/contract/problem_types.json": "What each type of problem means, when it comes and what to do: the words of problem_pages.py",
    "api/contract/examples.json": "The examples of the OpenAPI document: a real run over the Havering plan (`make examples`)",
    "docs/api.md": "The first hour with the API",
    "docs/map.md": "This page",
    "docs/operations.md": "Install, upgrade, back up, look after",
    "docs/security.md": "What a security officer asks, and what is not there yet",
    "frontend/icon.svg": "The icon",
    "frontend/icons/192.png": "The icon of the installed app",
    "frontend/icons/512.png": "The same, large",
    "frontend/icons/apple-180.png": "The same, for an iPhone",
    "frontend/icons/maskable-512.png": "The same, with room for a system to cut it to its own shape",
    "frontend/icons/maskable.svg": "What the last two are drawn from",
    "frontend/manifest.webmanifest": "What a browser needs to install the client as an app",
    "frontend/index.html": "The page; the server puts in the address of this release's files and the words of its language",
    "frontend/js/words/shell.json": "The words of the page before any script, and of the installed app",
    "frontend/jsconfig.json": "How the client's types are checked",
    "frontend/js/core.d.ts": "The types of what core.js gives",
    "frontend/js/types.d.ts": "The shapes of the API's answers, as types",
    "frontend/vendor/MANIFEST.txt": "Each vendored file with hash, size, version and licence",
    "frontend/js/core.js": "The libraries, joined by vendor/update.py; the only file through which they come",
    "frontend/vendor/hooks.js": "Preact's hooks",
    "frontend/vendor/htm.js": "Templates without a build",
    "frontend/vendor/preact.js": "The view library",
    "frontend/vendor/public-sans.woff2": "The typeface",
    "frontend/vendor/signals-core.js": "Signals",
    "frontend/vendor/signals.js": "Signals, for Preact",
    "migrations/alembic.ini": "For calling alembic by hand",
    "migrations/script.py.mako": "The form of a new migration",
    "pyproject.toml": "Dependencies, and the settings of the linter, the type checker and pytest",
    "tests/integration/database/hot_statements.json": "The statements of the last release's hot requests (`pytest tests/integration/database/test_rolling.py --release`)",
    "seed/README.md": "How each odd cell of the paper was read",
    "seed/havering-2020-23.json": "The Havering plan as data",
    "seed/plan.schema.json": "The shape of a seed (JSON Schema 2020-12)",
}
# In a second worktree .git is a file.
SKIPPED = {".gitignore", ".env", ".coverage", ".git"}
REFERENCE = re.compile(r"\s*\((?:API|DESIGN|DOMAIN)[^)]*\)")


def say(path: Path) -> str:
    """The line of a file: ours, or the first of its docstring, comment or heading."""
    name = path.relative_to(ROOT).as_posix()
    if name in SAID:
        return SAID[name]
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        said = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    elif path.suffix == ".md":
        said = re.sub(r"^#\s*(\d+\.\s*)?", "", text.split("\n", 1)[0])
    else:
        found = re.match(r"\s*/\*+\s*(.*?)\*/", text, re.DOTALL) or re.match(r"((?:\s*//.*\n)+)", text)
        said = re.sub(r"\n\s*(?:\*|//)?", " ", re.sub(r"^\s*(?://|\*)", "", found[1])) if found else ""
    sentence = REFERENCE.sub("", " ".join(said.split())).split(". ")[0].rstrip(".")
    if not sentence:
        raise SystemExit(f"{name} has no first line that says what it is for.")
    return sentence.replace("|", "\\|")


def files_of(room: str) -> list[Path]:
    """The files of a folder that have a line; notes of licences and hidden droppings have none."""
    found = (path for path in (ROOT / room).iterdir() if path.is_file())
    return sorted(
        path for path in found if path.name not in SKIPPED and path.suffix not in {".pyc", ".dump"} and _is_ours(path)
    )


def _is_ours(path: Path) -> bool:
    return not (path.name == "__init__.py" and path.parent.name == "tests")


def rooms() -> Iterator[str]:
    """All folders, each before those in it; the top comes last."""
    for top in TOPS:
        yield from _below(top)
    yield "."


def _below(room: str) -> Iterator[str]:
    yield room
    for path in sorted(path for path in (ROOT / room).iterdir() if path.is_dir()):
        name = path.relative_to(ROOT).as_posix()
        if not {path.name, name} & UNLISTED:
            yield from _below(name)


def tables() -> str:
    """All folders, a table each."""
    parts = []
    for room in rooms():
        if files := files_of(room):
            rows = "".join(f"| `{path.name}` | {say(path)} |\n" for path in files)
            title = "the top" if room == "." else f"{room}/"
            parts.append(f"### {title}\n\n| file | what it is for |\n|---|---|\n{rows}")
    return "\n".join(parts)


def main() -> int:
    """Write, or check."""
    text = MAP.read_text("utf-8")
    head, rest = text.split(BEGIN)
    new = f"{head}{BEGIN}\n\n{tables()}\n{END}{rest.split(END)[1]}"
    if "--check" in sys.argv:
        if new != text:
            sys.stderr.write("docs/map.md is not true any more; run: python .ci/map.py\n")
        return int(new != text)
    MAP.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
