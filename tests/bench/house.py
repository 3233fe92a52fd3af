"""The database to measure on: durable, in a temporary folder, with the plans, a long history, and people to sign in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from api.app import create_app
from api.config import Settings
from api.domain.plan.permissions import Role
from api.embedded import EmbeddedPostgres
from api.http.database.transaction import write
from api.local import work_of
from api.migrate import migrate
from api.services.accounts.accounts import create_account
from api.services.plan.seeds import load_seed
from tests.bench.content import plan_of

PASSWORD = "measured with this"
ADMINISTRATOR = "business.manager@example.org"
POSTERS = 16
HISTORY = 43_000
SETTLED = ("VACUUM ANALYZE", "CHECKPOINT")

# Every action of the plan gets its share, an hour apart, in the order in which they were posted.
_UPDATES = """
INSERT INTO progress_update (action_id, text, posted_at, created_at, updated_at, status, rating, author_name)
SELECT a.id, format('Progress note %s on this action: the group met, agreed the next steps and shared the figures.', g),
       t.at, t.at, t.at, 'in_progress', (ARRAY['R', 'A', 'G'])[1 + g % 3], 'Somebody Named'
FROM generate_series(1, :each) AS g, action AS a,
     LATERAL (SELECT now() - make_interval(hours => :each - g) AS at) AS t
WHERE a.plan_id = :plan ORDER BY g, a.id
"""
_POINT = """
UPDATE action AS a SET status = 'in_progress', updates_count = :each, latest_update_id = last.id, rating_update_id = last.id
FROM (SELECT DISTINCT ON (action_id) action_id, id FROM progress_update ORDER BY action_id, posted_at DESC) AS last
WHERE last.action_id = a.id AND a.plan_id = :plan
"""
_JOURNAL = """
INSERT INTO journal (at, plan_id, revision, request_id, actor_name, object_type, object_id, verb, after)
SELECT u.posted_at, a.plan_id, 1 + row_number() OVER (ORDER BY u.posted_at, u.id), 'history', u.author_name, 'update', u.id,
       'posted', jsonb_build_object('text', u.text, 'rating', u.rating, 'action_id', u.action_id, 'status', u.status)
FROM progress_update AS u JOIN action AS a ON a.id = u.action_id WHERE a.plan_id = :plan
"""
_REVISION = "UPDATE plan_revision SET value = 1 + :updates WHERE plan_id = :plan"
_MAKE_FLOOR = """
CREATE TABLE bench_floor (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), action_id uuid NOT NULL, text text NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT now(), status text NOT NULL, rating text, author_id uuid NOT NULL,
    author_name text NOT NULL, evidence jsonb NOT NULL DEFAULT '[]')
"""
_GRANT_FLOOR = "GRANT SELECT, INSERT ON bench_floor TO plan_web"
NAMED = """
SELECT p.name, p.id FROM place AS l JOIN action AS a ON a.id = l.action_id JOIN person AS p ON p.id = l.person_id
WHERE a.plan_id = :plan GROUP BY p.name, p.id ORDER BY count(*) DESC, p.name LIMIT :most
"""
_ACTIONS = """
SELECT a.id FROM place AS l JOIN action AS a ON a.id = l.action_id
WHERE a.plan_id = :plan AND l.person_id = :person ORDER BY a.id
"""


@dataclass(frozen=True)
class Plan:
    """A plan to measure: how many `actions` and updates (`history`), and `on` which actions each poster is named."""

    label: str
    slug: str
    id: UUID
    actions: int
    history: int
    on: list[list[UUID]]


@dataclass(frozen=True)
class Poster:
    """Somebody who signs in, reads and posts: one of the paper's people."""

    email: str
    person: UUID


@dataclass(frozen=True)
class House:
    """All that there is to measure on."""

    server: EmbeddedPostgres
    folder: Path
    owner: Engine
    plans: list[Plan]
    posters: list[Poster]

    @property
    def postmaster(self) -> int:
        """The process above all of the database's."""
        return int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])


def build(server: EmbeddedPostgres, folder: Path, sizes: list[int], secret: str, history: int = HISTORY) -> House:
    """Fill a fresh database. The posters are named in every plan, so that each of them can post in all."""
    migrate(server.url("plan_owner"))
    app = create_app(Settings(database_url=server.url("plan_web"), secret_key=secret))
    owner = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    wanted = [(f"{size:,}", size, 0) for size in sizes]
    wanted.append((f"{sizes[0]:,} + {history:,} updates", sizes[0], history))
    slugs = [f"plan-{number}" for number, _ in enumerate(wanted)]
    with app.app_context():
        for slug, (_, size, _) in zip(slugs, wanted, strict=True):
            document = plan_of(size, slug, slugs[0] if slug != slugs[0] else None)
            write(lambda session, it=document: load_seed(work_of(app, session, "bench"), it))
    with owner.connect() as connection:
        ids = [
            connection.execute(text("SELECT id FROM plan WHERE slug = :slug"), {"slug": slug}).scalar_one()
            for slug in slugs
        ]
        named = [tuple(row) for row in connection.execute(text(NAMED), {"plan": ids[0], "most": POSTERS})]
        _add_history(connection, ids[-1], history // sizes[0])
        connection.execute(text(_MAKE_FLOOR))
        connection.execute(text(_GRANT_FLOOR))
        plans = [
            Plan(label, slug, plan_id, size, updates, [actions_of(connection, plan_id, person) for _, person in named])
            for (label, size, updates), slug, plan_id in zip(wanted, slugs, ids, strict=True)
        ]
        for statement in SETTLED:
            connection.execute(text(statement))
    with app.app_context():
        posters = [write(lambda session, who=who: make_account(app, session, *who)) for who in named]
    return House(server, folder, owner, plans, posters)


def _add_history(connection: Any, plan_id: UUID, each: int) -> None:
    for statement in (_UPDATES, _POINT):
        connection.execute(text(statement), {"plan": plan_id, "each": each})
    posted = connection.execute(text("SELECT sum(updates_count) FROM action WHERE plan_id = :plan"), {"plan": plan_id})
    # The counter first: no entry of the journal stands above it.
    connection.execute(text(_REVISION), {"plan": plan_id, "updates": posted.scalar_one()})
    connection.execute(text(_JOURNAL), {"plan": plan_id})


def actions_of(connection: Any, plan_id: UUID, person: UUID) -> list[UUID]:
    """The actions of the plan that the person is named on."""
    return list(connection.execute(text(_ACTIONS), {"plan": plan_id, "person": person}).scalars())


def make_account(app: Flask, session: Session, name: str, person: UUID) -> Poster:
    """An account for the person to sign in with."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    work = work_of(app, session, "bench")
    create_account(work, email=email, name=name, role=Role.CONTRIBUTOR, password=PASSWORD, person_id=person)
    return Poster(email, person)


def make_administrator(app: Flask, session: Session) -> None:
    """An account that may ask for what only administrators are shown: ADMINISTRATOR, with the same password."""
    work = work_of(app, session, "bench")
    create_account(work, email=ADMINISTRATOR, name="Business Manager", role=Role.ADMIN, password=PASSWORD)
