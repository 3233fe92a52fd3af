# noqa: INP001 -- a script, not a package
"""Asks pip-audit for known weaknesses of what it runs on. 0: none known; 1: some are; 3: it could not be asked, and the list is printed.

pip-audit calls a package that its source does not know "skipped" and ends with 0. Nothing is known of it then, so that is a 3 here.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / ".requirements" / "run.txt"
NONE_KNOWN, SOME_KNOWN, NOT_ASKED = 0, 1, 3
LONGEST = 300


def ask(*more: str) -> list[dict[str, Any]] | None:
    """What is known of each locked package, or None without a usable answer."""
    command = (
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCK),
        "--require-hashes",
        "--disable-pip",
        "--no-deps",
    )
    try:
        made = subprocess.run(  # noqa: S603
            (*command, "--format", "json", "--progress-spinner", "off", *more),
            capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
        found: list[dict[str, Any]] = json.loads(made.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return found


def judge(found: list[dict[str, Any]] | None) -> tuple[int, list[str]]:
    """(exit code, what to print)."""
    weak = [each for each in found or [] if each.get("vulns")]
    skipped = [each for each in found or [] if "skip_reason" in each]
    lines = [f"{each['name']} {each['version']}: {', '.join(one['id'] for one in each['vulns'])}" for each in weak]
    if weak:
        return SOME_KNOWN, lines
    if not found or skipped:
        how_many = f"{len(skipped)} of {len(found)} packages" if found else "the packages"
        said = f"The audit could not be made: nothing could be asked about {how_many}. Ask another way about this list:"
        return NOT_ASKED, [said, *locked()]
    return NONE_KNOWN, [f"No known weakness in {len(found)} locked packages."]


def locked() -> list[str]:
    """The locked packages with their versions; which of their extras were asked for says nothing about them."""
    found = re.findall(r"^([A-Za-z0-9][^ \\;[=]*)(?:\[[^]]*\])?(==[^ \\;]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    return [name + version for name, version in found]


def main() -> int:
    """Ask, print, and say it by the exit code. Arguments are handed on to pip-audit (`--vulnerability-service osv`)."""
    code, lines = judge(ask(*sys.argv[1:]))
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
