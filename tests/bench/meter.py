"""CPU time and memory of process trees, read from /proc."""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class Stat:
    """One process: its parent, and the ms of CPU that it and its ended children have used."""

    parent: int
    own: float
    ended: float


def _read_stat(pid: str) -> Stat | None:
    """Fields 4 and 14 to 17 of /proc/PID/stat; the command in field 2 may hold spaces and brackets."""
    try:
        fields = (PROC / pid / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it ended
    used = [int(field) * TICK_MS for field in fields[11:15]]
    return Stat(int(fields[1]), used[0] + used[1], used[2] + used[3])


def _tree(roots: list[int]) -> dict[int, Stat]:
    """These processes and all below them."""
    stats = {int(name): stat for path in PROC.iterdir() if (name := path.name).isdigit() and (stat := _read_stat(name))}
    children = defaultdict(list)
    for pid, stat in stats.items():
        children[stat.parent].append(pid)
    found: dict[int, Stat] = {}
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid in stats:
            found[pid] = stats[pid]
            waiting += children[pid]
    return found


def cpu_ms(roots: list[int]) -> float:
    """User and system CPU of these trees so far, children that ended meanwhile included."""
    return sum(stat.own + stat.ended for stat in _tree(roots).values())


def memory_mb(root: int) -> float:
    """Memory of a tree: shared pages are counted once (PSS)."""
    return sum(_field(pid, "smaps_rollup", "Pss:") for pid in _tree([root]))


def peak_mb(root: int) -> float:
    """The sum of each process's highest RSS so far; what they share is counted several times, so it is an upper bound."""
    return sum(_field(pid, "status", "VmHWM:") for pid in _tree([root]))


def _field(pid: int, file: str, name: str) -> float:
    try:
        lines = (PROC / str(pid) / file).read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)
