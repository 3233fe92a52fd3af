"""Seeding a plan from JSON."""

from typing import Any

from api.http import case_data
from api.http.declare import ADMINS, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.plan.seeds import SeedQuery, SeedReportOut, check_seed
from api.services.plan.seeds import load_seed

routes = Routes("Seeds", about="Loading a plan from JSON.")


@routes.post(
    "/seeds",
    door=ADMINS,
    query=SeedQuery,
    reads_raw=True,
    answer=SeedReportOut,
    problems=("conflict", "case-data-suspected"),
)
def load_plan(call: Call, document: Any, dry_run: bool, confirm_no_case_data: bool) -> Answer:
    """Load a plan from a seed document: checked whole first, then all of it or nothing.

    What looks like case data in it is asked about; a `dry_run` tells it in `warnings`.
    """
    seed, warnings = check_seed(document), case_data.look_through_seed(document)
    work = case_data.ask_unless(warnings, dry_run or confirm_no_case_data, call.work)
    report = load_seed(work, seed, dry_run=dry_run)
    return Answer({**report, "warnings": warnings} if warnings else report)
