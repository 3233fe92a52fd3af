"""Product and floor in turn, many short times: what the machine does meanwhile happens to both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

from tests.bench.cases import POST, Case, Scripts
from tests.bench.client import NUMBER
from tests.bench.house import Plan
from tests.bench.meter import cpu_ms
from tests.bench.servers import Load, Server

PRODUCT = "product"


@dataclass
class Side:
    """What was measured of the product or of one floor: requests/s of each turn, CPU ms and requests of all."""

    rates: list[float]
    cpu: float = 0.0
    requests: int = 0
    p95s: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests/s of the middle turn."""
        return median(self.rates)

    @property
    def p95(self) -> float:
        """The ms within which 95 of 100 requests were answered, in the middle turn."""
        return median(self.p95s)

    @property
    def cpu_per_request(self) -> float:
        """CPU ms of server and database for each request."""
        return self.cpu / self.requests


@dataclass(frozen=True)
class Result:
    """One path on one plan at one number of connections."""

    case: Case
    connections: int
    sides: dict[str, Side]

    @property
    def against(self) -> str:
        """The floor that the target is set against: the last."""
        return list(self.sides)[-1]

    @property
    def cpu_ratio(self) -> float:
        """The floor's CPU for a request to the product's: steadier than the rates on a machine that others use, too."""
        return self.sides[self.against].cpu_per_request / self.sides[PRODUCT].cpu_per_request

    @property
    def ratio(self) -> float:
        """The middle one of the ratios of product to floor, turn by turn."""
        pairs = zip(self.sides[PRODUCT].rates, self.sides[self.against].rates, strict=True)
        return median(mine / floor for mine, floor in pairs)


@dataclass(frozen=True)
class Bench:
    """The servers under measurement, and how long a turn is and how many there are."""

    product: Server
    floor: Server
    postmaster: int
    load: Load
    seconds: float
    turns: int

    def measure(self, case: Case, connections: int) -> Result:
        """Warm all sides up, then take turns, every other time in the opposite order."""
        sides = {PRODUCT: case.product, **case.floors}
        result = Result(case, connections, {name: Side([]) for name in sides})
        for name, scripts in sides.items():
            self._turn(case, name, scripts[:connections], self.seconds / 3)
        for turn in range(self.turns):
            for name in list(sides) if turn % 2 else reversed(sides):
                self._add(result.sides[name], case, name, sides[name][:connections])
        return result

    def _add(self, side: Side, case: Case, name: str, scripts: Scripts) -> None:
        roots = [(self.product if name == PRODUCT else self.floor).pid, self.postmaster]
        before = cpu_ms(roots)
        done = self._turn(case, name, scripts, self.seconds)
        side.cpu += cpu_ms(roots) - before
        side.requests += done["requests"]
        side.rates.append(done["requests"] / done["seconds"])
        side.p95s.append(done["p95_ms"])

    def _turn(self, case: Case, name: str, scripts: Scripts, seconds: float) -> dict[str, Any]:
        mine = name == PRODUCT
        port, body = (self.product.port, case.body) if mine else (self.floor.port, case.floor_body)
        return self.load.run(port, seconds, scripts, case.status, body)

    def first_reads(self, plan: Plan, person: dict[str, str], times: Iterable[int]) -> tuple[float, float]:
        """(ms, CPU ms) of a plan's first read after a change: it is built anew and compressed."""
        took, cpu = [], 0.0
        posting = {**person, "Content-Type": "application/json"}
        roots = [self.product.pid, self.postmaster]
        for number in times:
            body = POST.replace(NUMBER, f"{number:012}".encode())
            if self.product.ask("POST", f"/api/v1/actions/{plan.on[0][0]}/updates", posting, body)[0] != 201:
                raise RuntimeError("The update was not posted.")
            before, began = cpu_ms(roots), perf_counter()
            self.product.ask("GET", f"/api/v1/plans/{plan.slug}", person)
            took.append((perf_counter() - began) * 1000)
            cpu += cpu_ms(roots) - before
        return median(took), cpu / len(took)
