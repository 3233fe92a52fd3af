"""docs/map.md has a true line for every file."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_map_is_true() -> None:
    found = subprocess.run(
        (sys.executable, str(ROOT / ".ci" / "map.py"), "--check"), capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
