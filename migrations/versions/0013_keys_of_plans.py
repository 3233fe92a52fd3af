"""Keys of a seed file belong to its plan, and no door lets a day in that another refuses (DOMAIN 4, API 5.3).

It only adds and widens, so the release before this one works on: `external_id` stays as it is for that release and goes later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

HOLDERS = {"person": "person_id", "named_group": "group_id", "agency": "agency_id"}
KINDS = {"person": "person", "named_group": "group", "agency": "agency"}
PLACE_OF = {"person": 0, "named_group": 1, "agency": 2}
NUMBERED = ("objective", "action")

DATED = "kind IN ('date', 'month', 'quarter', 'season', 'year')"
WHOLE = "first_on IS NOT NULL AND last_on IS NOT NULL AND first_on <= last_on"
OLD_PERIOD = f"CASE WHEN {DATED} THEN {WHOLE} ELSE first_on IS NULL AND last_on IS NULL END"
PERIOD = f"CASE WHEN {DATED} THEN {WHOLE} AND (kind <> 'date' OR first_on = last_on) ELSE first_on IS NULL AND last_on IS NULL END"
HELD = "BETWEEN '1900-01-01' AND '2199-12-31'"
PLAN_DAYS = ("starts_from", "starts_to", "ends_on", "next_review_on")

# A year that no plan can mean: only people know which was meant.
STOP = f"""
DO $$ DECLARE wrong text;
BEGIN
    SELECT string_agg(what, ', ') INTO wrong FROM (
        SELECT plan.slug || ' ' || coalesce(objective.position || '.' || action.position, 'a removed action') AS what
        FROM action JOIN objective ON objective.id = action.objective_id JOIN plan ON plan.id = action.plan_id
        WHERE NOT (action.first_on {HELD} AND action.last_on {HELD})
        UNION ALL
        SELECT slug || ' (its own days)' FROM plan WHERE {" OR ".join(f"{day} NOT {HELD}" for day in PLAN_DAYS)}
    ) AS each;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'These have days outside the years 1900 to 2199: %. Correct them with the release before this one, then migrate again', wrong;
    END IF;
END $$
"""

# A date of two days is due on its last; that is what every rule has read of it. The journal says so, and readers see a change.
ONE_DAY = """
WITH wrong AS (SELECT id, plan_id, first_on, last_on FROM action WHERE kind = 'date' AND first_on <> last_on),
raised AS (
    UPDATE plan_revision SET value = value + 1 WHERE plan_id IN (SELECT plan_id FROM wrong) RETURNING plan_id, value
),
told AS (
    INSERT INTO journal (plan_id, revision, request_id, actor_name, object_type, object_id, verb, before, after)
    SELECT wrong.plan_id, raised.value, 'migration-0013', 'command line', 'action', wrong.id, 'seeded',
        jsonb_build_object('first_on', wrong.first_on), jsonb_build_object('first_on', wrong.last_on)
    FROM wrong JOIN raised USING (plan_id)
)
UPDATE action SET first_on = action.last_on, version = action.version + 1, updated_at = now(), revision = raised.value
FROM wrong JOIN raised USING (plan_id) WHERE wrong.id = action.id
"""
ONE_DAY_IN_HISTORY = "UPDATE date_entry SET first_on = last_on WHERE kind = 'date' AND first_on <> last_on"
ONE_DAY_IN_SEEDS = """
UPDATE action SET seeded = jsonb_set(seeded, '{date,2}', seeded #> '{date,3}')
WHERE seeded #>> '{date,1}' = 'date' AND seeded #>> '{date,2}' <> seeded #>> '{date,3}'
"""


def upgrade() -> None:
    """Make the table and fill it from what each plan's files have said; hold the days to their rules."""
    _keep_keys()
    for table in NUMBERED:
        _number_again(table, deferrable=True)
    op.execute(STOP)
    for statement in (ONE_DAY, ONE_DAY_IN_HISTORY, ONE_DAY_IN_SEEDS):
        op.execute(statement)
    for table in ("action", "date_entry"):
        op.drop_constraint(op.f(f"ck_{table}_period"), table)
        op.create_check_constraint(op.f(f"ck_{table}_period"), table, PERIOD)
    # Not of the dates an action has had: what stood in one for years stays readable.
    op.create_check_constraint(op.f("ck_action_days"), "action", f"first_on {HELD} AND last_on {HELD}")
    held = " AND ".join(f"{day} {HELD}" for day in PLAN_DAYS)
    op.create_check_constraint(op.f("ck_plan_days"), "plan", held)
    op.create_check_constraint(op.f("ck_plan_starts_whole"), "plan", "(starts_from IS NULL) = (starts_to IS NULL)")


def _keep_keys() -> None:
    op.create_table(
        "seed_key",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(person_id, group_id, agency_id) = 1 AND"
            " CASE kind WHEN 'person' THEN person_id IS NOT NULL WHEN 'group' THEN group_id IS NOT NULL"
            " WHEN 'agency' THEN agency_id IS NOT NULL ELSE false END",
            name=op.f("ck_seed_key_one_of_its_kind"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_seed_key_plan_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seed_key_person_id")),
        sa.ForeignKeyConstraint(["group_id"], ["named_group.id"], name=op.f("fk_seed_key_group_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_seed_key_agency_id")),
        sa.PrimaryKeyConstraint("plan_id", "kind", "key", name=op.f("pk_seed_key")),
    )
    op.execute("GRANT SELECT, INSERT ON seed_key TO plan_web")
    for table in HOLDERS:
        op.execute(_said(table))
    op.execute(_agencies_of_people())
    for table, column in HOLDERS.items():
        op.execute(_of_the_only_plan(table, column))
        op.alter_column(table, "external_id", nullable=True)


def _said(table: str) -> str:
    """Whom the files of each plan have named or made, from what it keeps of them and from the journal of those loads."""
    named = f"""
        SELECT plan_id, place ->> {PLACE_OF[table]} AS holder
        FROM action, jsonb_array_elements(action.seeded -> 'places') AS place
        UNION
        SELECT told.plan_id, made.object_id::text FROM journal AS made
        JOIN journal AS told ON told.at = made.at AND told.request_id = made.request_id
        JOIN plan ON plan.id = told.plan_id AND plan.seeded IS NOT NULL
        WHERE made.object_type = '{table}' AND made.verb = 'created' AND made.directory_revision IS NOT NULL
            AND told.verb IN ('created', 'seeded')
    """
    if table == "person":
        named += """
        UNION SELECT id, seeded ->> 'owner_id' FROM plan
        UNION SELECT plan_id, seeded ->> 'lead_id' FROM objective
        """
    return f"""
        INSERT INTO seed_key (plan_id, kind, key, {HOLDERS[table]})
        SELECT said.plan_id, '{KINDS[table]}', held.external_id, held.id
        FROM ({named}) AS said JOIN {table} AS held ON held.id::text = said.holder
        WHERE held.external_id <> held.id::text
        ON CONFLICT DO NOTHING
    """


def _agencies_of_people() -> str:
    """A file that named an agency which another file had made said so of its people only."""
    return """
        INSERT INTO seed_key (plan_id, kind, key, agency_id)
        SELECT DISTINCT seed_key.plan_id, 'agency', agency.external_id, agency.id
        FROM seed_key JOIN person ON person.id = seed_key.person_id JOIN agency ON agency.id = person.agency_id
        WHERE agency.external_id <> agency.id::text
        ON CONFLICT DO NOTHING
    """


def _of_the_only_plan(table: str, column: str) -> str:
    """Where only one plan came from a file, every key is of that file."""
    return f"""
        INSERT INTO seed_key (plan_id, kind, key, {column})
        SELECT sole.id, '{KINDS[table]}', held.external_id, held.id
        FROM {table} AS held, (SELECT min(id::text)::uuid AS id FROM plan WHERE seeded IS NOT NULL HAVING count(*) = 1) AS sole
        WHERE held.external_id <> held.id::text
        ON CONFLICT DO NOTHING
    """


def _number_again(table: str, *, deferrable: bool) -> None:
    """A file may exchange two numbers: they are compared when all of them are written."""
    name = op.f(f"uq_{table}_plan_id_seeded_number")
    op.drop_constraint(name, table)
    op.create_unique_constraint(name, table, ["plan_id", "seeded_number"], deferrable=deferrable or None)


def downgrade() -> None:
    """Drop them. Who has no key of the old kind gets the first of their new ones that is free, or none that means anything.

    Nothing is lost but that they had none of the old kind: after an upgrade it is still there, and nothing reads it.
    """
    for name in ("days", "starts_whole"):
        op.drop_constraint(op.f(f"ck_plan_{name}"), "plan")
    op.drop_constraint(op.f("ck_action_days"), "action")
    for table in ("action", "date_entry"):
        op.drop_constraint(op.f(f"ck_{table}_period"), table)
        op.create_check_constraint(op.f(f"ck_{table}_period"), table, OLD_PERIOD)
    for table in NUMBERED:
        _number_again(table, deferrable=False)
    for table, column in HOLDERS.items():
        op.execute(
            f"UPDATE {table} SET external_id = free.key FROM ("
            f"  SELECT DISTINCT ON (key) key, {column} AS holder FROM seed_key"
            f"  WHERE {column} IN (SELECT id FROM {table} WHERE external_id IS NULL)"
            f"  AND key NOT IN (SELECT external_id FROM {table} WHERE external_id IS NOT NULL) ORDER BY key, {column}"
            f") AS free WHERE free.holder = {table}.id"
        )
        op.execute(f"UPDATE {table} SET external_id = id::text WHERE external_id IS NULL")
        op.alter_column(table, "external_id", nullable=False)
    op.drop_table("seed_key")
