"""URL, method, policy, schemas, one call."""

from api.routes.actions import routes as actions
from api.routes.auth import routes as auth
from api.routes.changes import routes as changes
from api.routes.duplicates import routes as duplicates
from api.routes.feeds import routes as feeds
from api.routes.handover import routes as handover
from api.routes.health import routes as health
from api.routes.history import routes as history
from api.routes.partners import routes as partners
from api.routes.people import routes as people
from api.routes.plans import routes as plans
from api.routes.seeds import routes as seeds
from api.routes.updates import routes as updates

ALL = [auth, plans, feeds, actions, updates, history, changes, people, partners, seeds, health, duplicates, handover]
