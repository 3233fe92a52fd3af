"""The whole run: build, start, measure, check, print."""

import argparse
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from api.embedded import EmbeddedPostgres
from tests.bench import cases, country, house, meter, report, servers
from tests.bench.measure import Bench, Result

SIZES = [42, 420, 4200]
CONNECTIONS = [1, 16]
# Seconds of a turn, and turns.
FULL = (0.3, 5)
QUICK = (0.2, 3)


def main() -> int:
    """Measure, print, and write the JSON if asked; 1 when a target is not met."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="plan-bench-") as name:
        # The database's account is another than root's: it has to reach its folder.
        Path(name).chmod(0o711)
        found = _measure_all(Path(name), quick=options.quick)
    print(report.as_text(found))
    if options.json:
        options.json.write_text(report.as_json(found), "utf-8")
    return 0 if all(target.met for target in report.targets(found)) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="about a minute: fewer and shorter turns, two plans, a small country"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there, too")
    return parser.parse_args()


def _measure_all(folder: Path, *, quick: bool) -> report.Found:
    sizes = SIZES[:1] if quick else SIZES
    run_fresh, run_again = _time_run(folder / "run")
    with EmbeddedPostgres(folder / "data") as server:
        secret = secrets.token_urlsafe(48)
        print("Filling the database ...", flush=True)
        place = house.build(server, folder / "data", sizes, secret)
        with _started(place, folder, secret, quick=quick) as bench:
            found = report.Found(
                start=bench.product.started_in,
                memory_at_start=meter.memory_mb(bench.product.pid),
                run_fresh=run_fresh,
                run_again=run_again,
            )
            people = cases.sign_in(bench.product, place)
            for plan in place.plans:
                print(f"Measuring the plan of {plan.label} ...", flush=True)
                found.results += _measure_plan(bench, place, plan, people, folder)
                found.first_reads[plan.label] = bench.first_reads(plan, people[0], range(5 if quick else 15))
            found.memory_at_end = meter.memory_mb(bench.product.pid)
            found.peak_memory = meter.peak_mb(bench.product.pid)
        _check_journal(place)
        place.owner.dispose()
        _measure_country(found, server, folder, secret, quick=quick)
    return found


def _measure_country(found: report.Found, server: EmbeddedPostgres, folder: Path, secret: str, *, quick: bool) -> None:
    """The same paths on one plan alone and among a country's."""
    size = country.QUICK if quick else country.WHOLE
    found.country = f"{size.plans} plans of {size.actions} actions, {size.updates:,} updates"
    print(f"Measuring at the size of {found.country} ...", flush=True)
    # Twice the turns: a percentile is less steady than a rate.
    times = QUICK if quick else (FULL[0], FULL[1] * 2)
    with country.started(server, folder / "data", folder, size, secret, times) as scale:
        found.pairs = scale.measure_duplicates()
        found.scale = scale.measure(CONNECTIONS[:1] if quick else CONNECTIONS)


def _time_run(folder: Path) -> tuple[float, float]:
    """Seconds of `run` to its first answer: with nothing there, and again with the data there."""
    times = []
    for _ in range(2):
        environ = {"DATA_DIR": str(folder), "DATABASE_URL": ""}
        with servers.running(["-m", "api.cli", "run"], environ, servers.READY) as server:
            times.append(server.started_in)
    return times[0], times[1]


@contextmanager
def _started(place: house.House, folder: Path, secret: str, *, quick: bool) -> Iterator[Bench]:
    """Product and floor side by side on one database, both as the web role."""
    answers = folder / "answers"
    answers.mkdir()
    environ = {"DATABASE_URL": place.server.url("plan_web"), "SECRET_KEY": secret, "ANSWERS": str(answers)}
    with (
        servers.serving_api(environ["DATABASE_URL"], secret, folder) as product,
        servers.running(["-m", "tests.bench.floor"], environ, "/", expected=404) as floor,
        closing(servers.Load()) as load,
    ):
        seconds, turns = QUICK if quick else FULL
        yield Bench(product, floor, place.postmaster, load, seconds, turns)


def _measure_plan(
    bench: Bench, place: house.House, plan: house.Plan, people: list[dict[str, str]], folder: Path
) -> list[Result]:
    """Reads first, then posts: a post changes what is read."""
    answers = folder / "answers"
    reads = cases.reading_cases(bench.product, place, plan, people, answers)
    results = [bench.measure(case, connections) for case in reads for connections in CONNECTIONS]
    post = cases.posting_case(bench.product, plan, people, answers)
    return results + [bench.measure(post, connections) for connections in CONNECTIONS]


def _check_journal(place: house.House) -> None:
    """Every posted update has its entry, and revisions have no gap: what was measured was done. Raises RuntimeError."""
    with place.owner.connect() as connection:
        for plan in place.plans:
            stands = connection.execute(text(_STANDS), {"plan": plan.id}).one()
            if len(set(stands)) != 1:
                raise RuntimeError(
                    f"The journal of {plan.label} does not agree with its revision and updates: {stands}"
                )


_STANDS = """
SELECT (SELECT value FROM plan_revision WHERE plan_id = :plan),
       (SELECT count(DISTINCT revision) FROM journal WHERE plan_id = :plan),
       (SELECT 1 + sum(updates_count) FROM action WHERE plan_id = :plan),
       (SELECT 1 + count(*) FROM progress_update AS u JOIN action AS a ON a.id = u.action_id WHERE a.plan_id = :plan)
"""

if __name__ == "__main__":
    raise SystemExit(main())
