"""Seeding a plan from JSON."""

from typing import Any

from api.schemas.seeds import SeedOut, SeedQuery, check_seed
from api.services.seeds import load_seed
from api.web.answers import Answer
from api.web.declare import ADMINS, Call, Routes

routes = Routes("Seeds")


@routes.post("/seeds", door=ADMINS, query=SeedQuery, reads_raw=True, answer=SeedOut, problems=(409, 422))
def load_plan(call: Call, document: Any, dry_run: bool) -> Answer:
    """Load a plan from a seed document: checked whole first, then all of it or nothing."""
    return Answer(load_seed(call.work, check_seed(document), dry_run=dry_run))
