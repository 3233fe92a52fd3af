"""Health, and the document itself."""

from api.contract import openapi
from api.http import health
from api.http.declare import FOR_ITS_STATUS, PUBLIC, Call, Routes
from api.http.messages.answers import Answer
from api.schemas.health import HealthOut

routes = Routes("Service", about="Whether it runs, and this description of it.")


@routes.get("/health/live", door=PUBLIC, answer=HealthOut, no_etag=FOR_ITS_STATUS)
def live(_call: Call) -> Answer:
    """Say that the process answers; touches no database."""
    return Answer({"status": "ok"}, private=True)


@routes.get(
    "/health/ready",
    door=PUBLIC,
    answer=HealthOut,
    no_etag=FOR_ITS_STATUS,
    problems=("not-ready", "database-unavailable"),
)
def ready(_call: Call) -> Answer:
    """Say whether the database answers within a second, is migrated, and keeps what it acknowledges."""
    return health.ready()


@routes.get("/openapi.json", door=PUBLIC)
def get_openapi(_call: Call) -> Answer:
    """Read this document (OpenAPI 3.1)."""
    return openapi.answer()


@routes.get("/docs", door=PUBLIC, media="text/html; charset=utf-8")
def get_docs(_call: Call) -> Answer:
    """Read the document as a page."""
    return openapi.page()
