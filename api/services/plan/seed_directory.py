"""The people, agencies and groups of a seed file: found by the keys of that file's plan, said to be somebody (`same_as`), or made.

A key that the file of another plan uses means nothing here (ADR 17): whoever is new is told beside those they look like.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from api.domain.errors import ValidationFailed
from api.domain.plan.seeding import HOLDER_LISTS, fill_in
from api.models import Agency, NamedGroup, Person, SeedKey
from api.queries.people.agencies import find_succeeded
from api.queries.people.people import find_joined, list_edited
from api.queries.plan.seeds import list_keys, list_like
from api.services.journal import Change, write_directory_changes
from api.services.plan.seed_report import Report
from api.services.plan.seed_rows import Ids
from api.services.plan.seed_same import read_same_as
from api.services.work import Work

# Agencies first: people are of them.
TABLES: dict[str, Any] = {"agency": Agency, "person": Person, "group": NamedGroup}
Json = dict[str, Any]


class SeedDirectory:
    """Whom the keys of a file mean: `ids` by kind and key, and `stands`, who stands now for whom of them, by id as text."""

    def __init__(self, work: Work, document: Json, report: Report, new_ids: Iterator[UUID]) -> None:
        self.work, self.document, self.report, self.new_ids = work, document, report, new_ids
        self.ids: dict[str, Ids] = {}
        self.stands: dict[str, str] = {}

    def load(self) -> None:
        """Find or make all of them, and journal what is new. Raises ValidationFailed for a `same_as` that cannot be."""
        session = self.work.session
        self.known = list_keys(session, self.document["slug"])
        self.same, errors = read_same_as(session, self.document, self.known)
        if errors:
            raise ValidationFailed(f"{errors[0].detail} Nothing was written.", errors)
        for kind, table in TABLES.items():
            self.ids[kind] = self._load(kind, table)
            if kind != "group":
                find = find_succeeded if kind == "agency" else find_joined
                self.stands |= {str(one): str(into) for one, into in find(session, self.ids[kind].values()).items()}
        if self.report.directory:
            write_directory_changes(self.work, self.report.directory)

    def keep_keys(self, plan_id: UUID) -> None:
        """Store what the new keys of this file stand for. 1 INSERT at most."""
        new = [
            {
                "plan_id": plan_id,
                "kind": kind,
                "key": key,
                **{f"{each}_id": None for each in TABLES},
                f"{kind}_id": holder,
            }
            for kind, ids in self.ids.items()
            for key, holder in ids.items()
            if (kind, key) not in self.known
        ]
        if new:
            self.work.session.execute(insert(SeedKey), new)

    def _load(self, kind: str, table: Any) -> Ids:
        """The ids of one kind by key; new rows are made, and an empty post or agency is filled in, unless somebody emptied it."""
        entries, session = self.document[HOLDER_LISTS[kind]], self.work.session
        ids = {each["key"]: self._find(kind, each["key"]) for each in entries}
        found = {each for each in ids.values() if each}
        there = {row.id: row for row in session.scalars(select(table).where(table.id.in_(found)))} if found else {}
        self.edited = list_edited(session, found) if found else set()
        rows = []
        for entry in entries:
            values = {"name": entry["name"], **self._more(kind, entry)}
            holder = ids[entry["key"]]
            if holder is not None:
                self._fill_in(there[holder], entry, values)
                continue
            ids[entry["key"]] = made = next(self.new_ids)
            rows.append({"id": made, **values})
            self.report.directory.append(Change(table.__tablename__, made, "created", None, values))
        if rows:
            self._say_alike(
                kind, table, {each["key"]: each["name"] for each in entries if ids[each["key"]] not in found}
            )
            session.execute(insert(table), rows)
            self.report.made(HOLDER_LISTS[kind], len(rows))
        return {key: holder for key, holder in ids.items() if holder is not None}

    def _find(self, kind: str, key: str) -> UUID | None:
        return self.known.get((kind, key)) or self.same.get((kind, key))

    def _more(self, kind: str, entry: Json) -> Json:
        """The columns of an entry beside its name."""
        if kind == "agency":
            return {"short_name": entry["short_name"]}
        if kind == "group":
            return {}
        agency = self.ids["agency"].get(entry["agency"] or "")
        stands = self.stands.get(str(agency))
        return {"post": entry["post"], "agency_id": UUID(stands) if stands else agency}

    def _fill_in(self, row: Any, entry: Json, values: Json) -> None:
        """Fill in what is empty; of somebody who belongs to another plan too, by `same_as`, nothing is changed."""
        current = {name: getattr(row, name) for name in values}
        by_hand = {name for object_id, name in self.edited if object_id == row.id}
        empty, kept = fill_in(current, values, values if "same_as" in entry else by_hand)
        for name, value in empty.items():
            setattr(row, name, value)
        if empty:
            row.version += 1
            row.updated_at = self.work.now
            self.work.session.flush()
            self.report.directory.append(Change(row.__tablename__, row.id, "seeded", dict.fromkeys(empty), empty))
        self.report.tell(f"{row.__tablename__} {entry['key']}", empty, kept)

    def _say_alike(self, kind: str, table: Any, new: dict[str, str]) -> None:
        """Tell the new ones that look like somebody who was there, so that they can be joined, or the file can say `same_as`."""
        for key, like in list_like(self.work.session, table, new):
            self.report.look_alikes.append({"what": f"{kind} {key}", "name": new[key], **like})
