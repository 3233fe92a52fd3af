"""URL, method, policy, schemas, one call."""

from api.routes.accounts import routes as accounts
from api.routes.actions import routes as actions
from api.routes.agencies import routes as agencies
from api.routes.audit import routes as audit
from api.routes.auth import routes as auth
from api.routes.changes import routes as changes
from api.routes.duplicates import routes as duplicates
from api.routes.factors import routes as factors
from api.routes.feeds import routes as feeds
from api.routes.handover import routes as handover
from api.routes.health import routes as health
from api.routes.history import routes as history
from api.routes.joining import routes as joining
from api.routes.notes import routes as notes
from api.routes.oidc import routes as oidc
from api.routes.partners import routes as partners
from api.routes.people import routes as people
from api.routes.person_data import routes as person_data
from api.routes.plans import routes as plans
from api.routes.redactions import routes as redactions
from api.routes.seeds import routes as seeds
from api.routes.sessions import routes as sessions
from api.routes.structure import routes as structure
from api.routes.trend import routes as trend
from api.routes.updates import routes as updates

ALL = [
    auth, joining, accounts, oidc, factors, sessions, plans, feeds, trend, actions, structure, updates, notes, redactions, history,
    changes, people, duplicates, handover, person_data, agencies, partners, audit, seeds, health,
]  # fmt: skip
