"""A year of invented figures, answered in the place of a server whose plan began today."""

import json
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Route

from tests.e2e.visit import Visit

ALL = 42
AGENCIES: dict[str | None, list[int]] = {
    "LB Havering": [0, 4, 6, 2, 9, 7, 3, 12, 8, 5, 10, 7],
    "Metropolitan Police": [0, 1, 2, 0, 3, 1, 0, 4, 2, 1, 3, 2],
    "NELFT": [0, 2, 3, 1, 4, 2, 1, 5, 4, 2, 4, 3],
    None: [0, 0, 1, 0, 0, 2, 0, 1, 1, 0, 0, 1],
}


def months_until(today: date, count: int) -> list[date]:
    """The first days of so many months, that of `today` the last."""
    months = [today.year * 12 + today.month - 1 - back for back in range(count - 1, -1, -1)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def trend(today: date) -> dict[str, Any]:
    """Twelve ends of months in which the plan slowly gets going, and today."""
    ends = [month - timedelta(days=1) for month in months_until(today, 12)]
    data = []
    for step, day in enumerate([*ends, today]):
        counts = {"R": 1 + step // 4, "A": min(2 + step // 2, 9), "G": min(2 * step, 17), "B": step // 2}
        counts["none"] = ALL - sum(counts.values())
        data.append({"on": str(day), "counts": counts, "actions": ALL})
    return {"as_of": str(today), "data": data}


def activity(today: date) -> dict[str, Any]:
    """A year of updates by agency."""
    months = [f"{month:%Y-%m}" for month in months_until(today, 12)]
    rows = [
        {
            "agency": agency,
            "months": [{"month": month, "updates": n} for month, n in zip(months, counts, strict=True)],
        }
        for agency, counts in AGENCIES.items()
    ]
    return {"as_of": str(today), "months": months, "data": rows}


def give_past(visit: Visit) -> None:
    """Answer in the server's place as if the plan had begun a year ago."""

    def plan(route: Route) -> None:
        answer = route.fetch()
        if answer.status != 200:
            return route.fulfill(response=answer)
        body = json.loads(answer.text())
        began = date.fromisoformat(body["as_of"]) - timedelta(days=400)
        body["created_at"] = f"{began}T09:00:00Z"
        return route.fulfill(response=answer, json=body)

    today = date.fromisoformat(visit.site.plan()["as_of"])
    visit.page.route("**/api/v1/plans/havering-2020-23", plan)
    visit.page.route("**/api/v1/plans/*/trend?*", lambda route: route.fulfill(json=trend(today)))
    visit.page.route("**/api/v1/plans/*/activity?*", lambda route: route.fulfill(json=activity(today)))
