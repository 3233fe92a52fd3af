"""What few requests need is not imported when the server starts, and is there with its first use, by many at once too."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from api.lazy import RARE, lazily

ROOT = Path(__file__).resolve().parents[2]
STARTED = """
import sys
from api import serve
from api.config import Settings
from api.lazy import RARE
app = serve.create_app(Settings(database_url="postgresql+psycopg://plan_web@127.0.0.1:9/nowhere", secret_key="k" * 40))
assert app.test_client().get("/api/v1/health/live").status_code == 200
print(*(name for name in RARE if name in sys.modules))
"""
FIRST_USE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from api.services.accounts.strength import count_guesses
together = Barrier(8)
def guess(_):
    together.wait()
    return count_guesses("correct horse battery staple")
assert "zxcvbn" not in sys.modules
with ThreadPoolExecutor(8) as pool:
    print(len(set(pool.map(guess, range(8)))))
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_server_that_has_started_has_imported_none_of_it() -> None:
    assert run(STARTED) == ""


def test_many_who_need_it_first_at_the_same_time_all_get_it() -> None:
    assert run(FIRST_USE) == "1"


def test_what_is_imported_late_is_on_the_list() -> None:
    asked = set()
    for path in (ROOT / "api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lazily":
                (name,) = node.args
                assert isinstance(name, ast.Constant)
                asked.add(str(name.value))
    for name in asked:
        assert any(name == rare or name.startswith(f"{rare}.") for rare in RARE), name


def test_there_is_no_other_way_to_import_late() -> None:
    """But for the commands, of which only the one that is meant is imported."""
    found = [path.name for path in (ROOT / "api").rglob("*.py") if "import_module" in path.read_text("utf-8")]
    assert sorted(found) == ["cli.py", "lazy.py"]


def test_a_module_that_is_not_there_says_so_when_it_is_used() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        lazily("no_such_module").anything  # noqa: B018 -- asked for
