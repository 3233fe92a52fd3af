#!/usr/bin/env bash
# Runs once, when the data volume is empty: the database `plan`, its owner (migrations) and the web role, which owns
# nothing. The same set-up as the embedded database makes (api/embedded/cluster.py). Passwords come from the environment
# and are read by psql itself, so that they are not on a command line.
set -euo pipefail

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password PLAN_OWNER_PASSWORD
\getenv web_password PLAN_WEB_PASSWORD
CREATE ROLE plan_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE plan_web LOGIN PASSWORD :'web_password';
CREATE DATABASE plan OWNER plan_owner;
REVOKE ALL ON DATABASE plan FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE plan TO plan_web;
\connect plan
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
