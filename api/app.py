"""The composition root: the only file that sees every room."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine
from werkzeug.middleware.proxy_fix import ProxyFix

from api import release, routes
from api.client import static
from api.config import Settings
from api.contract import openapi, problem_pages
from api.environment import SettingsError
from api.extensions import db
from api.http import endpoint
from api.http.callers import tokens
from api.http.callers.caller_address import with_address
from api.http.database.background import Background
from api.http.database.replica import PATIENCE, Replica
from api.http.health import Readiness
from api.http.limits import Counters
from api.http.messages import errors, json_io
from api.http.messages.envelope import envelop
from api.http.messages.wire import check_host
from api.http.turns import LONGEST, take_turns
from api.patience import STATEMENT, Patience
from api.services.accounts.breached import BreachedPasswords
from api.web.accounts import oidc
from api.web.plan import actions
from api.web.plan.cache import PlanCache
from api.web.plan.trend import Figures

API_PREFIX = "/api/v1"
# random_page_cost: a partnership's plans fit in memory, where an index is not dearer than reading the table.
_OPTIONS = (
    f"-c timezone=UTC -c statement_timeout={STATEMENT * 1000:.0f} -c idle_in_transaction_session_timeout=15000 "
    "-c random_page_cost=1.1"
)
# How long one waits is in patience.py; tcp_user_timeout (milliseconds) lets the kernel, too, give up a machine that is gone.
_CONNECT: dict[str, object] = {
    "connect_timeout": 5, "tcp_user_timeout": 5000, "application_name": "partnership-plan", "options": _OPTIONS
}  # fmt: skip


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    frontend: Path = release.FRONTEND,
    counters: Counters | None = None,
) -> Flask:
    """Make the app. It connects to nothing until it is asked something, and never migrates.

    `counters` are those that all workers share; an app alone makes its own.
    """
    app = Flask("api", static_folder=None)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    app.config["MAX_CONTENT_LENGTH"] = json_io.MAX_SEED
    app.url_map.merge_slashes = False
    app.extensions["plan_settings"] = settings
    app.extensions["plan_clock"] = clock
    app.extensions["plan_counters"] = counters or Counters()
    app.extensions["plan_background"] = Background(app)
    app.extensions["plan_cache"] = PlanCache()
    app.extensions["plan_figures"] = Figures()
    app.extensions["plan_replica"] = _replica(settings)
    app.extensions["plan_breached"] = _breached(settings)
    app.extensions["plan_readiness"] = Readiness()
    app.extensions["plan_current"] = actions.read_action
    db.init_app(app)
    with app.app_context():
        Patience().watch(db.engine)
    tokens.install(app, settings)
    oidc.install(app, settings)
    errors.install(app)
    app.before_request(check_host)
    openapi.install(app)
    endpoint.install(app, routes.ALL, API_PREFIX)
    problem_pages.install(app)
    static.install(app, frontend, settings.release, settings.language)
    in_turn = take_turns(app, app.wsgi_app, settings.threads, f"{API_PREFIX}/health/")
    app.wsgi_app = with_address(envelop(in_turn))  # type: ignore[method-assign,assignment]
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _trust_proxies(app: Flask, hops: int) -> None:
    """Take the caller's address and scheme from exactly this many proxies of our own; what comes before them is claimed."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _breached(settings: Settings) -> BreachedPasswords:
    """The list of breached passwords of the settings, or an empty one. Raises SettingsError."""
    if settings.breached_passwords is None:
        return BreachedPasswords()
    try:
        return BreachedPasswords.open(settings.breached_passwords)
    except (OSError, ValueError) as error:
        raise SettingsError(f"BREACHED_PASSWORDS cannot be read: {error}. Make it with `plan passwords`.") from error


def _replica(settings: Settings) -> Replica | None:
    """The standby for the heavy reads: in snapshots, of which nothing is written, and never waited for long."""
    if settings.replica_url is None:
        return None
    options = engine_options(settings)
    connect_args = {**_CONNECT, "options": f"{_OPTIONS} -c default_transaction_read_only=on"}
    engine = create_engine(
        settings.replica_url, **{**options, "isolation_level": "REPEATABLE READ", "connect_args": connect_args}
    )
    return Replica(engine, Patience(PATIENCE))


def engine_options(settings: Settings) -> dict[str, Any]:
    """A connection for each thread, one for what is done after the answers and one for readiness, so that nobody waits for one.

    A slow statement is cut off; JSON is by one writer.

    Autocommit, because a transaction is asked for where one is needed: in http/database/transaction.py and nowhere else.
    """
    return {
        "pool_size": settings.threads + 2,
        "max_overflow": 0,
        "isolation_level": "AUTOCOMMIT",
        "pool_timeout": LONGEST,
        "json_serializer": json_io.dumps_text,
        "connect_args": _CONNECT,
    }
