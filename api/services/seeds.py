"""Loading a plan from a checked seed document: one transaction; a second run writes nothing; progress is never touched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from api.domain.errors import Conflict
from api.domain.seeding import PLACE_LISTS, fill_in, free_number, merge, remember, resolve
from api.models import Action, Agency, DateEntry, NamedGroup, Objective, Person, Place, Plan, PlanRevision
from api.queries.holdings import read_placed
from api.queries.people import find_joined, list_edited
from api.services.ids import new_ids
from api.services.journal import Change, record, record_of_directory
from api.services.numbering import hold_numbers
from api.services.seed_parts import write_parts
from api.services.seed_report import Report
from api.services.seed_rows import (
    SINCE,
    Ids,
    action_row,
    as_json,
    columns,
    objective_row,
    original_date,
    place_rows,
    plan_row,
)
from api.services.work import Work

# Any number, the same in every process that seeds this database.
SEED_LOCK = 6_042_2021

Progress = Callable[[int, int], None]


def load_seed(
    work: Work, document: dict[str, Any], *, dry_run: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Load the document, or with `dry_run` only say what that would do. Raises Conflict when another seed is loading."""
    if not work.session.execute(select(func.pg_try_advisory_xact_lock(SEED_LOCK))).scalar_one():
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
        "not_in_file": report.not_in_file,
    }


class _Loader:
    """One load: directory first, then the plan from the outside in."""

    def __init__(self, work: Work, document: dict[str, Any], report: Report, progress: Progress) -> None:
        self.work, self.document, self.report, self.progress = work, document, report, progress
        self.ids = new_ids()
        self.names = {
            (kind, entry["key"]): entry["name"] for kind, held in PLACE_LISTS.items() for entry in document[held]
        }

    def load(self) -> None:
        """Write everything that is new or changed, and journal it."""
        agencies = self._directory(Agency, "agencies", lambda entry: {"short_name": entry["short_name"]})
        self.people = self._directory(
            Person, "people", lambda entry: {"post": entry["post"], "agency_id": agencies.get(entry["agency"] or "")}
        )
        joined = find_joined(self.work.session, self.people.values())
        self.joined = {str(each): str(into) for each, into in joined.items()}
        groups = self._directory(NamedGroup, "groups", lambda _entry: {})
        self.holders = {"person": self.people, "group": groups, "agency": agencies}
        if self.report.directory:
            record_of_directory(self.work, self.report.directory)
        plan_id = self._plan()
        objectives = self._objectives(plan_id)
        self._actions(plan_id, objectives)
        if self.report.plan:
            self._touch(plan_id, record(self.work, plan_id, self.report.plan))

    def _touch(self, plan_id: UUID, revision: int) -> None:
        """Mark the actions that read differently now: all of them when their plan, objectives or neighbours changed."""
        changes = self.report.plan
        statement = update(Action).where(Action.plan_id == plan_id)
        if all(change.object_type == "action" and change.verb != "created" for change in changes):
            statement = statement.where(Action.id.in_([change.object_id for change in changes]))
        self.work.session.execute(statement.values(revision=revision))

    def _directory(self, table: type[Any], kind: str, more: Callable[[dict[str, Any]], dict[str, Any]]) -> Ids:
        """The ids of people, agencies or groups by key; new ones are made, and an empty post or agency is filled in, unless somebody emptied it."""
        entries, session = self.document[kind], self.work.session
        keys = [entry["key"] for entry in entries]
        there = {row.external_id: row for row in session.scalars(select(table).where(table.external_id.in_(keys)))}
        ids = {key: row.id for key, row in there.items()}
        self.edited = list_edited(session, [row.id for row in there.values()])
        rows = []
        for entry in entries:
            values = {"name": entry["name"], **more(entry)}
            if entry["key"] in there:
                self._fill_in(there[entry["key"]], entry["key"], values)
                continue
            ids[entry["key"]] = next(self.ids)
            rows.append({"id": ids[entry["key"]], "external_id": entry["key"], **values})
            self.report.directory.append(Change(table.__tablename__, ids[entry["key"]], "created", None, values))
        if rows:
            session.execute(insert(table), rows)
            self.report.made(kind, len(rows))
        return ids

    def _fill_in(self, row: Any, key: str, values: dict[str, Any]) -> None:
        current = {name: getattr(row, name) for name in values}
        empty, kept = fill_in(current, values, {name for object_id, name in self.edited if object_id == row.id})
        for name, value in empty.items():
            setattr(row, name, value)
        if empty:
            row.version += 1
            row.updated_at = self.work.now
            self.work.session.flush()
            self.report.directory.append(Change(row.__tablename__, row.id, "seeded", dict.fromkeys(empty), empty))
        self.report.tell(f"{row.__tablename__} {key}", empty, kept)

    def _plan(self) -> UUID:
        session, wanted = self.work.session, plan_row(self.document, self.people)
        plan = session.scalars(select(Plan).where(Plan.slug == self.document["slug"])).one_or_none()
        if plan is not None:
            hold_numbers(self.work, plan.id)
            self._merge(plan, wanted, "plan")
            return plan.id
        plan_id, written = next(self.ids), resolve(wanted, self.joined)
        session.execute(
            insert(Plan), {"id": plan_id, "slug": self.document["slug"], "seeded": wanted, **columns(written)}
        )
        session.execute(insert(PlanRevision), {"plan_id": plan_id})
        self._created("plan", "plans", plan_id, {"slug": self.document["slug"], **written})
        return plan_id

    def _objectives(self, plan_id: UUID) -> dict[int, UUID]:
        """The ids of the objectives by their number in the file; they may have another number in the plan by now."""
        session = self.work.session
        rows = list(session.scalars(select(Objective).where(Objective.plan_id == plan_id)))
        there = {row.seeded_number: row for row in rows if row.seeded_number is not None}
        taken = {row.position for row in rows if row.position is not None}
        self.removed = {row.id for row in rows if row.position is None}
        ids = {}
        for objective in self.document["objectives"]:
            number, wanted = objective["number"], objective_row(objective, self.people)
            if (found := there.pop(str(number), None)) is not None:
                ids[number] = found.id
                self._merge(found, wanted, f"objective {number}")
                continue
            ids[number], written = next(self.ids), resolve(wanted, self.joined)
            own = {"id": ids[number], "plan_id": plan_id, "position": free_number(number, taken)}
            own |= {"seeded_number": str(number), "text_printed": wanted["text"]}
            session.execute(insert(Objective), {**own, "seeded": wanted, **columns(written)})
            self._created("objective", "objectives", ids[number], {"position": own["position"], **written})
        self.report.not_in_file += [f"objective {number}" for number in sorted(there, key=int)]
        return ids

    def _actions(self, plan_id: UUID, objectives: dict[int, UUID]) -> None:
        session = self.work.session
        rows = list(session.scalars(select(Action).where(Action.plan_id == plan_id)))
        there = {row.seeded_number: row for row in rows if row.seeded_number is not None}
        taken: dict[UUID, set[int]] = {}
        for row in rows:
            if row.position is not None:
                taken.setdefault(row.objective_id, set()).add(row.position)
        placed = read_placed(session, [row.id for row in there.values()])
        new: list[tuple[dict[str, Any], dict[str, Any]]] = []
        actions = [
            (objectives[objective["number"]], action)
            for objective in self.document["objectives"]
            for action in objective["actions"]
        ]
        for done, (objective_id, action) in enumerate(actions, 1):
            number, wanted = action["number"], action_row(action, self.holders, self.names)
            found = there.pop(number, None)
            if found is not None:
                self._merge(found, wanted, f"action {number}", places=placed.get(found.id, []))
            elif objective_id in self.removed:
                self.report.tell(f"action {number}", (), ["objective"])
            else:
                position = free_number(int(number.split(".")[1]), taken.setdefault(objective_id, set()))
                ids = {"id": next(self.ids), "plan_id": plan_id, "objective_id": objective_id, "position": position}
                new.append(({**ids, "seeded_number": number}, wanted))
            self.progress(done, len(actions))
        self._insert_actions(new)
        self.report.not_in_file += sorted(f"action {number}" for number in there)

    def _insert_actions(self, new: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        if not new:
            return
        session = self.work.session
        rows = [{**ids, "seeded": wanted, **columns(wanted)} for ids, wanted in new]
        session.execute(insert(Action), rows)
        written = [(ids, resolve(wanted, self.joined)) for ids, wanted in new]
        places = [place for ids, action in written for place in place_rows(ids["id"], action["places"])]
        if places:
            session.execute(insert(Place), places)
        self.report.made("places", len(places))
        session.execute(insert(DateEntry), [original_date(row["id"], row) for row in rows])
        for ids, action in written:
            after = {"objective": ids["objective_id"], "position": ids["position"], **action}
            self._created("action", "actions", ids["id"], after)

    def _created(self, kind: str, plural: str, object_id: UUID, after: dict[str, Any]) -> None:
        self.report.plan.append(Change(kind, object_id, "created", None, after))
        self.report.made(plural)

    def _merge(self, row: Any, wanted: dict[str, Any], what: str, places: list[Any] | None = None) -> None:
        """Apply what the file changed since it was last loaded, where nobody changed the plan since (ADR 15).

        The file is compared with itself, in its own people; with the plan in those who stand for them now.
        """
        silent = {name: value for name, value in (row.seeded or {}).items() if name in SINCE}
        wanted = {**silent, **wanted}
        if row.seeded == wanted:
            return
        current = as_json(row, list(wanted))
        if places is not None:
            current["places"] = places
        seeded = resolve({**SINCE, **row.seeded}, self.joined) if row.seeded else current
        writes, kept = merge(current, seeded, resolve(wanted, self.joined))
        if "places" in writes and row.by_whom is not None:
            # The people are the file's again, and so are the words.
            current["by_whom"], writes["by_whom"] = row.by_whom, None
        for name, value in columns(writes).items():
            setattr(row, name, value)
        row.seeded = remember(row.seeded or {}, wanted, kept)
        if writes:
            row.version += 1
            row.updated_at = self.work.now
        self.work.session.flush()
        write_parts(self.work.session, row.id, writes)
        if writes:
            before = {name: current[name] for name in writes}
            self.report.plan.append(Change(row.__tablename__, row.id, "seeded", before, writes))
        self.report.tell(what, writes, kept)
