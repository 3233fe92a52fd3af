"""The locks, installed by our own commands into empty environments from an index that has a newer version of everything.

The index is made here, of empty packages: what a registry serves today decides nothing. Each has the name, the version and
the requirements of the one that this test runs on, and stands there a second time, a hundred releases later.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
LOCKS = ("run", "dev")
LINE = re.compile(r"^([A-Za-z0-9._-]+(?:\[[a-z,-]+\])?)==([^\s;]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


def locked(lock: str) -> Iterator[Requirement]:
    """What a lock holds for this machine."""
    for name, version, marker in LINE.findall((ROOT / f".requirements/{lock}.txt").read_text("utf-8")):
        found = Requirement(f"{name}=={version}" + (f"; {marker}" if marker else ""))
        if found.marker is None or found.marker.evaluate():
            yield found


def version_of(requirement: Requirement) -> str:
    return str(requirement.specifier).removeprefix("==")


def requirements_of(name: str) -> list[str]:
    """The lines by which a package says what it needs and which extras it has."""
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:  # the other kind of this processor's, which is not here
        return []
    return [f"{key}: {value}" for key in ("Requires-Dist", "Provides-Extra") for value in told.get_all(key, [])]


def make_wheel(folder: Path, name: str, version: str) -> str:
    """Write a package with nothing in it; its hash."""
    plain = name.replace("-", "_").replace(".", "_")
    info = f"{plain}-{version}.dist-info"
    parts = {
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *requirements_of(name), ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }  # fmt: skip
    record = [f"{path},sha256={_digest(text)},{len(text.encode())}" for path, text in parts.items()]
    path = folder / f"{plain}-{version}-py3-none-any.whl"
    with ZipFile(path, "w") as wheel:
        for part, text in parts.items():
            wheel.writestr(part, text)
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def newer(version: str) -> str:
    major, dot, rest = version.partition(".")
    return f"{major}.{100 + int(re.match(r'[0-9]*', rest)[0] or 0)}" if dot else str(int(major) + 100)  # type: ignore[index]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our Makefile and the locks, their hashes those of the packages of `index` beside it."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "index").mkdir()
    (folder / ".requirements").mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    hashes: dict[str, str] = {}
    for lock in LOCKS:
        lines = []
        for each in locked(lock):
            if each.name not in hashes:
                hashes[each.name] = make_wheel(folder / "index", each.name, version_of(each))
                make_wheel(folder / "index", each.name, newer(version_of(each)))
            extras = f"[{','.join(sorted(each.extras))}]" if each.extras else ""
            lines.append(f"{each.name}{extras}{each.specifier} \\\n    --hash=sha256:{hashes[each.name]}\n")
        (folder / f".requirements/{lock}.txt").write_text("".join(lines), "utf-8")
    return folder


def run(checkout: Path, *command: str) -> str:
    """Run a command with nothing but the index; what it printed. No setting of this machine's pip counts."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(checkout),
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(checkout / "index"),
    }
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def pip(checkout: Path, environment: str, *command: str) -> str:
    """Ask the pip of the tests about that environment: its own may be an empty package by now, because the lock names one."""
    return run(checkout, sys.executable, "-m", "pip", "--python", f"{environment}/bin/python", *command)


def installed(checkout: Path, environment: str) -> set[str]:
    told = pip(checkout, environment, "freeze", "--all").splitlines()
    return {
        line.lower().replace("_", "-").replace(".", "-")
        for line in told
        if not line.startswith(("pip==", "setuptools=="))
    }


def wanted(*locks: str) -> set[str]:
    pins = (f"{each.name}=={version_of(each)}" for lock in locks for each in locked(lock))
    return {
        pin.lower().replace("_", "-").replace(".", "-") for pin in pins if not pin.startswith(("pip==", "setuptools=="))
    }


def test_make_installs_the_locked_versions_and_nothing_is_missing(checkout: Path) -> None:
    run(checkout, "make", f"PYTHON={sys.base_prefix}/bin/python3", ".venv/.dev")
    assert installed(checkout, ".venv") == wanted("run", "dev")
    assert "No broken requirements found." in pip(checkout, ".venv", "check")


def test_the_image_installs_the_locked_versions_and_nothing_is_missing(checkout: Path) -> None:
    said = re.sub(r"\\\n\s*", "", (ROOT / ".docker/Dockerfile").read_text("utf-8"))
    command = re.search(r"^RUN /opt/plan/bin/(pip install .*?) && ", said, re.MULTILINE)
    assert command
    run(checkout, f"{sys.base_prefix}/bin/python3", "-m", "venv", "image")
    run(checkout, *f"image/bin/{command[1]}".replace("/tmp/run.txt", ".requirements/run.txt").split())
    assert installed(checkout, "image") == wanted("run")
    assert "No broken requirements found." in pip(checkout, "image", "check")


def test_every_place_that_installs_a_lock_installs_it_as_it_is() -> None:
    """Without --no-deps, pip asks the index what an extra of a locked package needs, takes the newest, and then misses its hash."""
    for place in ("Makefile", ".docker/Dockerfile"):
        lines = [line for line in (ROOT / place).read_text("utf-8").splitlines() if "--require-hashes" in line]
        assert lines, place
        assert all("--no-deps" in line for line in lines), place
