"""What is held about a person as a page to print: made here, without script, all of it escaped."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.http.messages.html import Markup, join, tag
from api.http.messages.json_io import dumps

Held = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
# The order in which they are told, and their headings.
SECTIONS = {
    "named_on": "Actions they are on",
    "objectives_led": "Objectives they lead",
    "plans_owned": "Plans they own",
    "seed_keys": "How seed files name them",
    "updates": "Progress updates",
    "earlier_wordings": "What these updates said before they were corrected",
    "acknowledgements": "What they said of others’ updates",
    "dates": "Dates they moved",
    "accounts": "Account",
    "journal_by": "What they changed",
    "journal_about": "What was changed of them",
    "audit": "Sign-ins and other events",
    "partner_tokens": "Partner systems they made tokens for",
    "merges": "Merges",
    "mentions": "Where their name stands in words",
}


def render(held: Held, assets: str) -> str:
    """The whole page; `assets` is where this release's files are."""
    person = held["person"] or {}
    name = person.get("name") or "Account"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"What is held about {name}"),
        tag("link", rel="icon", href=f"{assets}/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href=f"{assets}/css/base.css"),
        tag("link", rel="stylesheet", href=f"{assets}/css/data.css"),
    )
    agency = held["agency"]["name"] if held["agency"] else None
    facts = _facts({**person, "agency": agency, "merged": ", ".join(each["name"] for each in held["merged"]) or None})
    body = tag(
        "main",
        tag("h1", f"What is held about {name}"),
        tag(
            "p",
            f"Made on {_say(held['made_at'])}. Times are of London. To keep it as PDF, print this page to a file.",
            class_="muted",
        ),
        facts,
        *(_section(title, held[key]) for key, title in SECTIONS.items()),
        class_="page data",
    )
    return "<!doctype html>" + tag("html", head, tag("body", body), lang="en-GB")


def _section(title: str, rows: list[Held]) -> Markup:
    told = [_facts(row) for row in rows] or [tag("p", "Nothing.", class_="muted")]
    return tag("section", tag("h2", f"{title} ({len(rows)})"), *told)


def _facts(row: Held) -> Markup:
    """A row as a list of what it holds; what is empty is left out."""
    pairs = [
        tag("div", tag("dt", name.replace("_", " ").capitalize()), tag("dd", _value(value)))
        for name, value in row.items()
        if value not in (None, "", [], {})
    ]
    return tag("dl", *pairs)


def _value(value: Any) -> Markup:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return join(*(_facts(each) for each in value))
    return join(_say(value))


def _say(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_say(each) for each in value)
    return dumps(value).decode() if isinstance(value, dict) else str(value)
