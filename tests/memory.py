"""A folder in memory for the databases of one run of the tests: a copy of one is made there ten times as fast as on a disk."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

WHERE = Path("/dev/shm")  # where Linux has its files in memory
NEEDED = 2 * 1024**3  # bytes; a run uses less than half of it
PREFIX = "plan-tests-"
_FOLDER = pytest.StashKey[Path]()


def make(config: pytest.Config) -> None:
    """Make the run's folder: in memory, or among the temporary files where there is too little of it."""
    _remove_left_behind()
    there = WHERE if WHERE.is_dir() and shutil.disk_usage(WHERE).free > NEEDED else None
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=there))
    folder.chmod(0o711)  # a root's servers run as somebody else, who goes through it to their own
    config.stash[_FOLDER] = folder


def remove(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def of(config: pytest.Config) -> Path:
    """The run's folder, in whichever of its processes: the first one tells the others (`workerinput`, of xdist)."""
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    return Path(told["memory"]) if told else config.stash[_FOLDER]


def new_folder(parent: Path) -> Iterator[Path]:
    """A new folder for whatever a fixture keeps there, removed with it: memory is not for what nobody needs any more."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    yield folder
    shutil.rmtree(folder)


def _remove_left_behind() -> None:
    """Remove the folders of runs that were killed: their process is no more."""
    for folder in WHERE.glob(f"{PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(PREFIX).split("-")[0]).exists():
            shutil.rmtree(folder, ignore_errors=True)
