"""URL, method, policy, schemas, one call."""

from api.routes.accounts.accounts import routes as accounts
from api.routes.accounts.audit import routes as audit
from api.routes.accounts.auth import routes as auth
from api.routes.accounts.factors import routes as factors
from api.routes.accounts.joining import routes as joining
from api.routes.accounts.oidc import routes as oidc
from api.routes.accounts.partners import routes as partners
from api.routes.accounts.sessions import routes as sessions
from api.routes.health import routes as health
from api.routes.history.changes import routes as changes
from api.routes.history.history import routes as history
from api.routes.people.agencies import routes as agencies
from api.routes.people.duplicates import routes as duplicates
from api.routes.people.handover import routes as handover
from api.routes.people.people import routes as people
from api.routes.plan.actions import routes as actions
from api.routes.plan.feeds import routes as feeds
from api.routes.plan.notes import routes as notes
from api.routes.plan.plans import routes as plans
from api.routes.plan.seeds import routes as seeds
from api.routes.plan.structure import routes as structure
from api.routes.plan.trend import routes as trend
from api.routes.plan.updates import routes as updates
from api.routes.privacy.person_data import routes as person_data
from api.routes.privacy.redactions import routes as redactions

ALL = [
    auth, joining, accounts, oidc, factors, sessions, plans, feeds, trend, actions, structure, updates, notes, redactions, history,
    changes, people, duplicates, handover, person_data, agencies, partners, audit, seeds, health,
]  # fmt: skip
