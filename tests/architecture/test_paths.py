"""A file of the project that a comment, docstring or document names is there."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(
    r"(?<![\w/.*-])(?:api|tests|frontend|docs|deploy|seed|migrations|\.ci)/[\w./-]+\.(?:py|json|js|md|mjs|html|css|sh|yml|yaml)\b(?!\.\w)"
)
READ = {".py", ".js", ".mjs", ".md", ".yml", ".yaml", ".toml", ".html", ".css"}
# Decisions and past changes speak of what was there then.
OF_THE_PAST = ("docs/adr/", "CHANGELOG.md", "frontend/vendor/")


def test_a_file_that_is_named_is_there() -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    listed = [name for name in listed if (ROOT / name).is_file()]
    missing = [
        f"{name}: {found}"
        for name in listed
        if Path(name).suffix in READ and not name.startswith(OF_THE_PAST)
        for found in NAMED.findall((ROOT / name).read_text("utf-8"))
        if found not in listed
    ]
    assert missing == []
