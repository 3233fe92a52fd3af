"""Seeding a plan from JSON."""

from typing import Any

from api.schemas.seeds import SeedQuery, SeedReportOut, check_seed
from api.services.seeds import load_seed
from api.web.answers import Answer
from api.web.declare import ADMINS, Call, Routes

routes = Routes("Seeds", about="Loading a plan from JSON.")


@routes.post("/seeds", door=ADMINS, query=SeedQuery, reads_raw=True, answer=SeedReportOut, problems=("conflict",))
def load_plan(call: Call, document: Any, dry_run: bool) -> Answer:
    """Load a plan from a seed document: checked whole first, then all of it or nothing."""
    return Answer(load_seed(call.work, check_seed(document), dry_run=dry_run))
