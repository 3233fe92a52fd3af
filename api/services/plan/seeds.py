"""Loading a plan from a checked seed document: one transaction; a second run writes nothing; progress is never touched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from api.domain.editable import ACTION, FIELDS_OF, OBJECTIVE, PLAN
from api.domain.errors import Conflict
from api.domain.plan.seeding import HOLDER_LISTS, merge, remember, resolve
from api.models import Action, DateEntry, Named, Objective, Plan, PlanRevision
from api.queries.people.holdings import read_placed
from api.services.ids import new_ids
from api.services.journal import Change, write_changes
from api.services.locks import hold_directory, hold_numbers, hold_plan_row, try_turn
from api.services.plan import seed_rows as rows_of
from api.services.plan.seed_directory import SeedDirectory
from api.services.plan.seed_parts import write_parts
from api.services.plan.seed_report import Report
from api.services.plan.seed_rows import SINCE, as_json, columns, named_rows, original_date
from api.services.plan.seed_structure import SeedStructure
from api.services.work import Work

# What a row's place in its plan is journalled as.
_PLACE = frozenset({"number", "position", "objective_id"})

Progress = Callable[[int, int], None]


def load_seed(
    work: Work, document: dict[str, Any], *, dry_run: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Load the document, or with `dry_run` only say what that would do. Raises Conflict when another seed is loading."""
    if not try_turn(work):
        raise Conflict("Another seed is being loaded. Wait until it is done, then try again.")
    with work.session.begin_nested() as savepoint:
        report = Report()
        _Loader(work, document, report, progress or (lambda _done, _all: None)).load()
        if dry_run:
            savepoint.rollback()
    return {
        "plan": document["slug"],
        "dry_run": dry_run,
        "written": not dry_run and bool(report.directory or report.plan),
        "created": report.created,
        "changed": report.changed,
        "kept": report.kept,
        "moved": report.moved,
        "not_in_file": report.not_in_file,
        "look_alikes": report.look_alikes,
    }


class _Loader:
    """One load: directory first, then the plan from the outside in."""

    def __init__(self, work: Work, document: dict[str, Any], report: Report, progress: Progress) -> None:
        self.work, self.document, self.report, self.progress = work, document, report, progress
        self.ids = new_ids()
        self.names = {
            (kind, entry["key"]): entry["name"] for kind, held in HOLDER_LISTS.items() for entry in document[held]
        }

    def load(self) -> None:
        """Write everything that is new or changed, and journal it. Raises ValidationFailed, and then nothing is kept."""
        hold_directory(self.work)
        directory = SeedDirectory(self.work, self.document, self.report, self.ids)
        directory.load()
        self.holders, self.joined = directory.ids, directory.stands
        plan_id = self._plan()
        directory.keep_keys(plan_id)
        # Numbers that change places are compared when all of them are written.
        self.work.session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        self.structure = SeedStructure(self.work.session, self.document, plan_id, self.ids)
        self.structure.find()
        self._forget_numbers()
        self._objectives(plan_id)
        self._actions(plan_id)
        self._rest()
        self.work.session.flush()
        self.work.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        if self.report.plan:
            self._touch(plan_id, write_changes(self.work, plan_id, self.report.plan))

    def _touch(self, plan_id: UUID, revision: int) -> None:
        """Mark the actions that read differently now: all of them when their plan, objectives or neighbours changed."""
        changes = self.report.plan
        statement = update(Action).where(Action.plan_id == plan_id)
        if all(
            change.object_type == "action" and "number" not in (change.after or {"number": 0}) for change in changes
        ):
            statement = statement.where(Action.id.in_([change.object_id for change in changes]))
        self.work.session.execute(statement.values(revision=revision))

    def _plan(self) -> UUID:
        session, wanted = self.work.session, rows_of.plan_row(self.document, self.holders["person"])
        plan = session.scalars(select(Plan).where(Plan.slug == self.document["slug"])).one_or_none()
        if plan is not None:
            hold_plan_row(self.work, plan.id)
            hold_numbers(self.work, plan.id)
            session.refresh(plan)
            self._merge(plan, wanted, "plan")
            return plan.id
        plan_id, written = next(self.ids), resolve(wanted, self.joined)
        session.execute(
            insert(Plan), {"id": plan_id, "slug": self.document["slug"], "seeded": wanted, **columns(PLAN, written)}
        )
        session.execute(insert(PlanRevision), {"plan_id": plan_id})
        hold_numbers(self.work, plan_id)  # nobody else sees it yet, but one order has no exception
        self._created("plan", "plans", plan_id, {"slug": self.document["slug"], **written})
        return plan_id

    def _forget_numbers(self) -> None:
        """What is not in the file any more is known by its words only, once something else has its number there."""
        for row in self.structure.not_in_file():
            objective = isinstance(row, Objective)
            number = row.seeded_number or self.structure.number_of(row)
            if number:
                self.report.not_in_file.append(f"{row.__tablename__} {number}")
            if row.seeded_number in (self.structure.objectives if objective else self.structure.actions):
                row.seeded_number = None

    def _objectives(self, plan_id: UUID) -> None:
        for objective in self.document["objectives"]:
            number, wanted = str(objective["number"]), rows_of.objective_row(objective, self.holders["person"])
            objective_id = self.structure.objectives[number]
            found = self.structure.rows.get(objective_id)
            if found is not None:
                self._merge(found, wanted, f"objective {number}", number=number)
                continue
            own = {"id": objective_id, "plan_id": plan_id, "position": self.structure.positions[objective_id]}
            own |= {"seeded_number": number, "text_printed": wanted["text"]}
            written = resolve(wanted, self.joined)
            self.work.session.execute(insert(Objective), {**own, "seeded": wanted, **columns(OBJECTIVE, written)})
            self._created("objective", "objectives", objective_id, {"position": own["position"], **written})

    def _actions(self, plan_id: UUID) -> None:
        structure, new = self.structure, list[tuple[dict[str, Any], dict[str, Any]]]()
        placed = read_placed(self.work.session, structure.rows.keys() & set(structure.actions.values()))
        actions = [action for objective in self.document["objectives"] for action in objective["actions"]]
        for done, action in enumerate(actions, 1):
            number, wanted = action["number"], rows_of.action_row(action, self.holders, self.names)
            action_id, objective_id = structure.actions[number], structure.objective_of(number)
            found = structure.rows.get(action_id)
            if found is not None:
                self._merge(found, wanted, f"action {number}", number=number, places=placed.get(found.id, []))
            elif structure.is_removed(objective_id):
                self.report.tell(f"action {number}", (), ["objective"])
            else:
                ids = {"id": action_id, "plan_id": plan_id, "objective_id": objective_id, "seeded_number": number}
                new.append(({**ids, "position": structure.positions[action_id]}, wanted))
            self.progress(done, len(actions))
        self._insert_actions(new)

    def _rest(self) -> None:
        """What is not in the file and made room for what is."""
        for row_id in [*self.structure.moves]:
            row = self.structure.rows[row_id]
            before, after = self._move(row)
            self._raise(row)
            self.report.plan.append(Change(row.__tablename__, row.id, "seeded", before, after))

    def _insert_actions(self, new: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        if not new:
            return
        session = self.work.session
        unsaid = dict.fromkeys(ACTION.plain_columns)
        rows = [{**unsaid, **ids, "seeded": wanted, **columns(ACTION, wanted)} for ids, wanted in new]
        session.execute(insert(Action), rows)
        written = [(ids, resolve(wanted, self.joined)) for ids, wanted in new]
        places = [place for ids, action in written for place in named_rows(ids["id"], action["places"])]
        if places:
            session.execute(insert(Named), places)
            self.report.made("named", len(places))
        session.execute(insert(DateEntry), [original_date(row["id"], row) for row in rows])
        for ids, action in written:
            after = {"objective": ids["objective_id"], "position": ids["position"], **action}
            self._created("action", "actions", ids["id"], after)

    def _created(self, kind: str, plural: str, object_id: UUID, after: dict[str, Any]) -> None:
        self.report.plan.append(Change(kind, object_id, "created", None, after))
        self.report.made(plural)

    def _move(self, row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give a row its place in the plan, and say what that changed; nothing for one that stays."""
        move = self.structure.moves.pop(row.id, None)
        if move is None:
            return {}, {}
        row.position = move.after.get("position", row.position)
        if "objective_id" in move.after:
            row.objective_id = UUID(move.after["objective_id"])
        numbers = {"from": move.before["number"], "to": move.after["number"]}
        self.report.moved.append({"what": row.__tablename__, **numbers})
        return dict(move.before), dict(move.after)

    def _merge(
        self, row: Any, wanted: dict[str, Any], what: str, *, number: str | None = None, places: list[Any] | None = None
    ) -> None:
        """Apply what the file changed since it was last loaded, where nobody changed the plan since (ADR 15).

        The file is compared with itself, in its own people; with the plan in those who stand for them now.
        """
        before, after, kept = dict[str, Any](), dict[str, Any](), list[str]()
        if number is not None:
            before, after = self._move(row)
            if row.seeded_number not in {None, number} and not after and row.position is not None:
                kept.append("number")
            row.seeded_number = number
        # What this file is silent about stays as the last one said.
        as_is = FIELDS_OF[row.__tablename__].as_is
        wanted = {**{name: value for name, value in (row.seeded or {}).items() if name in as_is}, **wanted}
        if row.seeded != wanted:
            was, writes, refused = self._compare(row, wanted, places)
            before, after, kept = {**before, **was}, {**after, **writes}, [*kept, *refused]
            self._write(row, wanted, writes, refused)
        if after:
            self._raise(row)
            self.report.plan.append(Change(row.__tablename__, row.id, "seeded", before, after))
        self.report.tell(what, [name for name in after if name not in _PLACE], kept)

    def _compare(
        self, row: Any, wanted: dict[str, Any], places: list[Any] | None
    ) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
        """(as it stands, what is written, what is kept), by column."""
        current = as_json(row, list(wanted))
        if places is not None:
            current["places"] = places
        seeded = resolve({**SINCE, **row.seeded}, self.joined) if row.seeded else current
        writes, kept = merge(current, seeded, resolve(wanted, self.joined))
        if "places" in writes and row.by_whom is not None:
            # The people are the file's again, and so are the words.
            current["by_whom"], writes["by_whom"] = row.by_whom, None
        return {name: current[name] for name in writes}, writes, kept

    def _write(self, row: Any, wanted: dict[str, Any], writes: dict[str, Any], kept: list[str]) -> None:
        for name, value in columns(FIELDS_OF[row.__tablename__], writes).items():
            setattr(row, name, value)
        row.seeded = remember(row.seeded or {}, wanted, kept)
        self.work.session.flush()
        write_parts(self.work.session, row.id, writes)

    def _raise(self, row: Any) -> None:
        row.version += 1
        row.updated_at = self.work.now
