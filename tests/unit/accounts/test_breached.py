"""The list of breached passwords: made from what can be downloaded, and looked into."""

import subprocess
import sys
from hashlib import sha1
from pathlib import Path

import pytest

from api.services.accounts.breached import MARK, WIDTH, BreachedPasswords, read_list, write_list
from tests.integration.serving import REPO

STOLEN = [f"stolen number {number}" for number in range(500)]


def lines_of(passwords: list[str], seen: int = 3) -> list[str]:
    return sorted(f"{sha1(each.encode(), usedforsecurity=False).hexdigest().upper()}:{seen}" for each in passwords)


def write_lines(path: Path, lines: list[str]) -> Path:
    path.write_text("\r\n".join(lines) + "\r\n", "ascii")
    return path


def made(folder: Path, source: Path, least: int = 1) -> BreachedPasswords:
    write_list(read_list(source, least), folder / "list")
    return BreachedPasswords.open(folder / "list")


def test_what_is_in_it_is_found_and_nothing_else(tmp_path: Path) -> None:
    found = made(tmp_path, write_lines(tmp_path / "hashes.txt", lines_of(STOLEN)))
    assert len(found) == len(STOLEN)
    assert all(map(found.holds, STOLEN))
    assert not any(found.holds(each) for each in ("", "a long enough passphrase", "Stolen number 1", "\ud800"))


def test_a_folder_of_ranges_gives_the_same(tmp_path: Path) -> None:
    ranges = tmp_path / "ranges"
    ranges.mkdir()
    for line in lines_of(STOLEN):
        with (ranges / f"{line[:5]}.txt").open("a", encoding="ascii") as file:
            file.write(line[5:] + "\n")
    (ranges / "README").write_text("not a range", "ascii")
    made(tmp_path, ranges)
    by_ranges = (tmp_path / "list").read_bytes()
    made(tmp_path, write_lines(tmp_path / "hashes.txt", lines_of(STOLEN)))
    assert (tmp_path / "list").read_bytes() == by_ranges
    assert len(by_ranges) == len(MARK) + WIDTH * len(STOLEN)


def test_only_those_that_were_seen_so_often(tmp_path: Path) -> None:
    lines = sorted(lines_of(["rare one"], 2) + lines_of(["common one"], 20))
    found = made(tmp_path, write_lines(tmp_path / "hashes.txt", lines), least=10)
    assert (found.holds("common one"), found.holds("rare one")) == (True, False)


def test_without_a_file_there_are_none() -> None:
    assert not BreachedPasswords().holds("password")


@pytest.mark.parametrize("content", [b"", b"planpw1", b"planpw1\nabc", b"PK\x03\x04 something else"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(ValueError, match=r"list|empty"):
        BreachedPasswords.open(tmp_path / "list")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (lines_of(STOLEN)[::-1], "not ordered by hash"),
        (["<html>"], "line 1: this is not a SHA-1"),
        ([*lines_of(STOLEN[:1]), "0123:4"], "line 2: this is not a SHA-1"),
        (["x" * 40 + ":1"], "line 1: this is not a SHA-1"),
        (["a" * 40 + ":many"], "line 1: this is not a SHA-1"),
    ],
)
def test_a_source_that_is_none_leaves_the_old_list(tmp_path: Path, lines: list[str], said: str) -> None:
    (tmp_path / "list").write_bytes(MARK)
    with pytest.raises(ValueError, match=said):
        write_list(read_list(write_lines(tmp_path / "hashes.txt", lines), 1), tmp_path / "list")
    assert (tmp_path / "list").read_bytes() == MARK


def test_the_command_says_how_many_and_what_is_wrong(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "hashes.txt", lines_of(STOLEN))

    def command(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "api.cli", "passwords", *map(str, arguments)],
            cwd=REPO, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    good = command(source, tmp_path / "list")
    assert (good.returncode, good.stdout) == (0, f"500 passwords, 0.0 MiB, in {tmp_path / 'list'}\n")
    bad = command(tmp_path / "nothing", tmp_path / "list")
    assert (bad.returncode, "cannot be made" in bad.stderr, "Traceback" in bad.stderr) == (1, True, False)
