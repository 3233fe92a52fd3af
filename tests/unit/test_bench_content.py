"""The plans that `make bench` measures with are plans that can be loaded."""

from api.schemas.plan.seeds import check_seed
from tests.bench.content import plan_of


def test_larger_plan_is_a_plan() -> None:
    document = check_seed(plan_of(84, "larger"))
    assert sum(len(objective["actions"]) for objective in document["objectives"]) == 84
    assert document == plan_of(84, "larger")
