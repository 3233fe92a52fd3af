"""From numbers to a table, and whether each target is met."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.bench.country import ALONE, AMONG, Compared, Pairs
from tests.bench.measure import PRODUCT, Result

AT_LEAST = {"plan": 0.6, "conditional poll": 0.7, "one person's actions": 0.5, "posted update": 0.3}
MOST_BYTES = 8 * 1024
# How much longer 95 of 100 requests may take among a country's plans than on one plan alone.
MOST_AT_SCALE = 2.0
# A post may cost this much more on a larger plan or a longer history and still count as flat: the machine is noisy.
FLAT = 1.25
ELSEWHERE = (
    ("a tutorial-style Flask + marshmallow app", (10.7, 4.7, 3.8, 1.4)),
    ("Directus", (11.3, 7.0, 10.8, 4.0)),
    ("Kausal Watch", (139, 82, 553, 10.4)),
    ("the floors, the database building the JSON", (1.9, 0.8, 1.0, 0.55)),
)
ORDER = ("plan", "one person's actions", "posted update", "conditional poll")


@dataclass
class Found:
    """All that one run found; seconds and MB."""

    start: float
    memory_at_start: float
    run_fresh: float
    run_again: float
    memory_at_end: float = 0.0
    peak_memory: float = 0.0
    results: list[Result] = field(default_factory=list)
    first_reads: dict[str, tuple[float, float]] = field(default_factory=dict)
    country: str = ""
    scale: list[Compared] = field(default_factory=list)
    pairs: Pairs = field(default_factory=Pairs)


@dataclass(frozen=True)
class Target:
    """One of the issue's targets, what was found, and whether that meets it."""

    what: str
    wanted: str
    found: str
    met: bool


def targets(found: Found) -> list[Target]:
    """Each target with the worst that was found for it."""
    return [*_ratios(found), *_sizes(found), *_growth(found), *_starts(found), *_at_scale(found)]


def _of(found: Found, path: str) -> list[Result]:
    return [result for result in found.results if result.case.path == path]


def _where(result: Result) -> str:
    return f"{result.case.plan.label}, {result.connections} connection{'s'[: result.connections > 1]}"


def _ratios(found: Found) -> Iterator[Target]:
    for path, least in AT_LEAST.items():
        results = _of(found, path)
        worst = min(results, key=lambda result: result.ratio)
        middle = median(result.ratio for result in results)
        cpu = median(result.cpu_ratio for result in results)
        said = f"{middle:.2f} (of CPU {cpu:.2f}); at worst {worst.ratio:.2f}: {_where(worst)}"
        yield Target(f"{path} / floor", f">= {least}", said, worst.ratio >= least)


def _sizes(found: Found) -> Iterator[Target]:
    size = len(_of(found, "plan")[0].case.floor_body)
    yield Target("plan of 42, compressed", "<= 8 KB", f"{size:,} bytes", size <= MOST_BYTES)


def _growth(found: Found) -> Iterator[Target]:
    plans = [each for each in _of(found, "plan") if each.connections == 1 and each.case.plan.history == 0]
    costs = [result.sides[PRODUCT].cpu_per_request / len(result.case.floor_body) * 1024 for result in plans]
    said = " / ".join(f"{cost:.3f}" for cost in costs)
    yield Target("plan, CPU ms per KB sent", "no more at the largest", said, costs[-1] <= costs[0])
    posts = [result.sides[PRODUCT].cpu_per_request for result in _of(found, "posted update") if result.connections == 1]
    said = " / ".join(f"{cost:.2f}" for cost in posts)
    yield Target("posted update, CPU ms", f"flat (within {FLAT:.0%} of 42)", said, max(posts) <= posts[0] * FLAT)


def _starts(found: Found) -> Iterator[Target]:
    yield Target("server, start to first answer", "< 0.7 s", f"{found.start:.2f} s", found.start < 0.7)
    memory = found.memory_at_start
    yield Target("server, memory at first answer", "<= 150 MB", f"{memory:.0f} MB (PSS)", memory <= 150)
    said = f"{found.run_fresh:.2f} s new, {found.run_again:.2f} s again"
    yield Target("run, start to first answer", "< 3 s", said, max(found.run_fresh, found.run_again) < 3)


def _at_scale(found: Found) -> Iterator[Target]:
    for path in dict.fromkeys(each.path for each in found.scale):
        compared = [each for each in found.scale if each.path == path]
        said = " / ".join(f"{each.ratio:.2f} ({each.connections})" for each in compared)
        met = all(each.ratio <= MOST_AT_SCALE for each in compared)
        yield Target(f"{path}, p95", f"<= {MOST_AT_SCALE:g} x alone", f"{said} (connections)", met)
    pairs = found.pairs
    each = {name: pairs.of_each(name) for name in (ALONE, AMONG)}
    said = " / ".join(f"{each[name]:.2f} ({pairs.people[name]:,})" for name in each)
    yield Target("duplicates, ms a person", "no more at a country", f"{said} (people)", each[AMONG] <= each[ALONE])


def _scale_rows(found: Found) -> Iterator[str]:
    yield f"the same plan alone and among {found.country}: p95 in ms (requests/s)"
    yield ""
    yield f"{'path':<45}{'conns':>5}{ALONE:>18}{AMONG:>18}{'p95 ratio':>12}"
    for each in found.scale:
        cells = [f"{median(each.p95[name]):.1f} ({median(each.rate[name]):,.0f})" for name in (ALONE, AMONG)]
        yield (
            f"{each.path:<45}{each.connections:>5}" + "".join(f"{cell:>18}" for cell in cells) + f"{each.ratio:>12.2f}"
        )
    for name, ms in found.pairs.ms.items():
        people = f"{found.pairs.people[name]:,} people"
        yield f"who may be one among {people}, the first page: {ms[0]:.0f} ms at first, then {median(ms[1:]):.0f} ms"
    yield ""


def as_text(found: Found) -> str:
    """The table, the targets, and the numbers of other software beside ours."""
    lines = ["", "requests/s (CPU ms of server + database per request)", ""]
    columns = f"{'path':<21}{'actions':<24}{'conns':>5}{'product':>18}{'floor: + SQL':>18}{'floor: bytes':>18}{'ratio':>7}{'of CPU':>8}"
    lines += [columns, "-" * len(columns), *map(_row, found.results), ""]
    for label, (took, cpu) in found.first_reads.items():
        lines.append(f"first read after a change, actions {label}: {took:.0f} ms ({cpu:.0f} ms CPU)")
    lines.append(
        f"memory after the run: {found.memory_at_end:.0f} MB (PSS); sum of peaks {found.peak_memory:.0f} MB (RSS)"
    )
    lines += ["", *_scale_rows(found)]
    lines += ["", f"{'target':<34}{'wanted':<26}{'found':<68}", *map(_said, targets(found)), ""]
    return "\n".join([*lines, *_beside_others(found)])


def _row(result: Result) -> str:
    case, sides = result.case, result.sides
    cells = [_cell(result, name) for name in (PRODUCT, result.against)]
    cells.append(_cell(result, "bytes") if "bytes" in sides else "")
    start = f"{case.path:<21}{case.plan.label:<24}{result.connections:>5}"
    return start + "".join(f"{cell:>18}" for cell in cells) + f"{result.ratio:>7.2f}{result.cpu_ratio:>8.2f}"


def _cell(result: Result, name: str) -> str:
    side = result.sides[name]
    return f"{side.rate:,.0f} ({side.cpu_per_request:.2f})"


def _said(target: Target) -> str:
    return f"{target.what:<34}{target.wanted:<26}{target.found:<68}{'met' if target.met else 'NOT MET'}"


def _beside_others(found: Found) -> Iterator[str]:
    yield "CPU ms per request, measured elsewhere on like content: " + " / ".join(ORDER)
    mine = [next(each for each in _of(found, path) if each.connections > 1) for path in ORDER]
    yield f"  {'here, 42 actions':<44}" + " / ".join(f"{each.sides[PRODUCT].cpu_per_request:.2f}" for each in mine)
    for name, numbers in ELSEWHERE:
        yield f"  {name:<44}" + " / ".join(str(number) for number in numbers)


def as_json(found: Found) -> str:
    """Everything, for a machine."""
    return json.dumps(
        {
            "start_seconds": found.start,
            "run_seconds": {"new": found.run_fresh, "again": found.run_again},
            "memory_mb": {"start": found.memory_at_start, "end": found.memory_at_end, "peak": found.peak_memory},
            "first_read_ms": {label: {"wall": took, "cpu": cpu} for label, (took, cpu) in found.first_reads.items()},
            "results": [_as_json(result) for result in found.results],
            "scale": [{**vars(each), "ratio": each.ratio} for each in found.scale],
            "duplicates": vars(found.pairs),
            "targets": [vars(target) for target in targets(found)],
        },
        indent=2,
    )


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "path": result.case.path,
        "plan": result.case.plan.label,
        "connections": result.connections,
        "bytes": len(result.case.floor_body),
        "ratio": result.ratio,
        "cpu_ratio": result.cpu_ratio,
        "sides": {
            name: {
                "per_second": side.rate,
                "cpu_ms": side.cpu_per_request,
                "requests": side.requests,
                "p95_ms": side.p95,
            }
            for name, side in result.sides.items()
        },
    }
