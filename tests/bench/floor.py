"""The floor: the least that this server, Flask and database can spend on an answer of the same bytes.

Bare routes: no session, no permission, no journal, nothing to log. Three costs: the bytes alone, the bytes after one
SELECT by primary key, and one INSERT of an update-sized row with its COMMIT.
"""

import os
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Response, request
from sqlalchemy import create_engine, text

from api.app import engine_options
from api.config import Settings, read_settings
from api.serve import make_server

_SELECT = text("SELECT value FROM plan_revision WHERE plan_id = :plan")
_INSERT = text(
    "INSERT INTO bench_floor (action_id, text, status, rating, author_id, author_name)"
    " VALUES (:action, :text, 'in_progress', :rating, :action, 'Somebody Named')"
)


def create_floor(settings: Settings, answers: Path) -> Flask:
    """The bare app; `answers` holds NAME.body, the bytes to answer, and NAME.json, their status and headers."""
    app = Flask("floor", static_folder=None)
    options: dict[str, Any] = engine_options(settings)
    # In autocommit, so that a SELECT costs one round trip.
    reading = create_engine(settings.database_url, **options)
    writing = create_engine(settings.database_url, **{**options, "isolation_level": "READ COMMITTED"})
    kept: dict[str, tuple[bytes, int, dict[str, str]]] = {}

    def answer(name: str) -> Response:
        if name not in kept:
            kept[name] = _load(answers / name)
        return Response(*kept[name])

    @app.get("/bytes/<name>")
    def just_bytes(name: str) -> Response:
        return answer(name)

    @app.get("/select/<name>/<uuid:plan>")
    def one_select(name: str, plan: Any) -> Response:
        with reading.connect() as connection:
            connection.execute(_SELECT, {"plan": plan}).one()
        return answer(name)

    @app.post("/insert/<name>/<uuid:action>")
    def one_insert(name: str, action: Any) -> Response:
        body = orjson.loads(request.get_data(cache=False))
        with writing.begin() as connection:
            connection.execute(_INSERT, {"action": action, "text": body["text"], "rating": body["rating"]})
        return answer(name)

    return app


def _load(path: Path) -> tuple[bytes, int, dict[str, str]]:
    head = orjson.loads(path.with_suffix(".json").read_bytes())
    return path.with_suffix(".body").read_bytes(), head["status"], head["headers"]


def main() -> None:
    """Serve it as the product is served."""
    settings = read_settings(os.environ)
    answers = Path(os.environ["ANSWERS"])
    make_server(settings).serve(target_loader=lambda _target: create_floor(settings, answers))


if __name__ == "__main__":
    main()
