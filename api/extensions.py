"""The extensions, unbound; imported by app, local and http only."""

from flask_jwt_extended import JWTManager
from flask_sqlalchemy import SQLAlchemy

from api.models import Base

db = SQLAlchemy(model_class=Base)
jwt = JWTManager()
