"""`/problems/<type>`: what a problem's `type` leads to (RFC 9457, 3.1.1): what it means, when it comes, what to do.

A page for people, and the same as JSON for whoever asks for that. Those of the front (.docker/nginx.conf) are here too.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app

from api.contract.docs_page import page
from api.domain.errors import NotFound
from api.http.messages.accept import check_accept, prefers
from api.http.messages.answers import Answer, as_bytes, send
from api.http.messages.etag import body_etag
from api.http.messages.html import Markup, join, tag, words

PREFIX = "/problems"
JSON, HTML = "application/json", "text/html; charset=utf-8"
_OTHERS = {"All problems": PREFIX, "The API": "/api/v1/docs"}
_TOLD = {"means": "What it means", "when": "When it comes", "do": "What to do"}


@cache
def types() -> dict[str, dict[str, str | int]]:
    """By code: `status`, `title`, and the sentences of `means`, `when` and `do`."""
    found: dict[str, dict[str, str | int]] = json.loads(
        Path(__file__).with_name("problem_types.json").read_text("utf-8")
    )
    return found


def install(app: Flask) -> None:
    """Serve the page of each type, and one that lists them."""

    @app.get(PREFIX)
    def problem_types() -> Response:
        """List the types."""
        data = [_shape(code) for code in types()]
        return _either({"data": data}, lambda: _page("Problems of this API", _list()))

    @app.get(f"{PREFIX}/<code>")
    def problem_type(code: str) -> Response:
        """Explain one. Raises NotFound."""
        if code not in types():
            raise NotFound("There is no such type of problem.")
        return _either(_shape(code), lambda: _page(str(types()[code]["title"]), _told(code)))


def _shape(code: str) -> dict[str, str | int]:
    return {"type": f"{PREFIX}/{code}", "code": code, **types()[code]}


def _either(value: object, write: Callable[[], str]) -> Response:
    """The page, unless the caller would rather have JSON."""
    if prefers(JSON, HTML) or prefers("application/problem+json", HTML):
        answer = Answer(value, media=JSON)
    else:
        check_accept(HTML)
        answer = Answer(write().encode(), media=HTML)
    answer.etag = body_etag(as_bytes(answer))
    response = send(answer)
    response.headers["Cache-Control"], response.headers["Vary"] = "no-cache", "Accept, Accept-Encoding"
    return response


def _page(title: str, *inside: Markup) -> str:
    assets = f"/assets/{current_app.extensions['plan_settings'].release}"
    others = [tag("li", tag("a", name, href=where)) for name, where in _OTHERS.items()]
    nav = tag("nav", tag("ul", *others), aria_label="Contents")
    return page(title, assets, inside=(nav, tag("main", tag("h1", title), *inside)))


def _told(code: str) -> Markup:
    about = types()[code]
    line = tag("p", tag("code", code), f", status {about['status']}", class_="line")
    parts = [tag("section", tag("h2", name), tag("p", words(str(about[part])))) for part, name in _TOLD.items()]
    return join(line, *parts)


def _list() -> Markup:
    lines = [
        tag("li", tag("a", tag("code", code), href=f"{PREFIX}/{code}"), f" ({about['status']}) {about['title']}")
        for code, about in types().items()
    ]
    return tag("ul", *lines)
