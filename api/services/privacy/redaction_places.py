"""Where words about a person, agency, group, account or system are stored: their own row, and every column that repeats a name of theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from api.domain.privacy.redaction import OF_ACTION, OF_PLAN
from api.models import (
    AccountLink,
    Action,
    DateEntry,
    JournalEntry,
    Named,
    Objective,
    PartnerToken,
    Passkey,
    PeopleApart,
    PersonMerge,
    Plan,
    Update,
    UpdateWording,
)

Columns = tuple[Any, ...]
Ids = Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Where:
    """Columns of some rows of a table that may hold the words: texts, and documents with the members in which to look."""

    place: str
    table: Any
    these: ColumnElement[bool]
    texts: Columns = ()
    documents: tuple[tuple[Any, frozenset[str]], ...] = ()

    def plans(self) -> Any:
        """A SELECT of the plans that these rows are of; None where they are of none."""
        if self.table is Plan:
            return select(Plan.id).where(self.these)
        if hasattr(self.table, "plan_id"):
            return select(self.table.plan_id).where(self.these)
        if not hasattr(self.table, "action_id"):
            return None
        return select(Action.plan_id).where(Action.id.in_(select(self.table.action_id).where(self.these)))


@dataclass(slots=True)
class Thing:
    """What words are removed from: its rows, the accounts and systems that stand for it, and the names it has or had there.

    `spoken`: what else the journal tells of with its id, by type: the actions it is or was on, what it leads or led. `joined`: everybody who
    was ever joined with it, parted again or not.
    """

    rows: list[Any]
    accounts: list[Any] = field(default_factory=list)
    tokens: list[UUID] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    spoken: dict[str, list[UUID]] = field(default_factory=dict)
    joined: list[UUID] = field(default_factory=list)

    @property
    def ids(self) -> list[UUID]:
        """Of its rows."""
        return [row.id for row in self.rows]

    @property
    def account_ids(self) -> list[UUID]:
        """Of those who sign in for it."""
        return [account.id for account in self.accounts]

    def find_spoken(self, session: Session) -> None:
        """Fill in `spoken`. 1 SELECT, over the whole journal: an id may stand anywhere in an entry."""
        found = select(JournalEntry.object_type, JournalEntry.object_id).where(self._named()).distinct()
        for kind, each in session.execute(found):
            self.spoken.setdefault(kind, []).append(each)

    def find_company(self, session: Session) -> None:
        """Fill in `joined`, and add to `spoken` whose entries repeat a person's name without the id. 2 SELECTs at least, 1 more a further merge.

        Theirs who were ever joined with them, and the leaver's whose handover, with its note, speaks of them.
        """
        self.joined, wanted = list(self.ids), list(self.ids)
        while wanted:
            both = (PersonMerge.kept_id, PersonMerge.merged_id)
            rows = session.execute(select(*both).where(or_(*(each.in_(wanted) for each in both))))
            wanted = sorted({each for row in rows for each in row} - set(self.joined))
            self.joined += wanted
        left = select(JournalEntry.object_id).where(JournalEntry.verb == "left", JournalEntry.object_type == "person")
        leavers = session.scalars(
            left.where(JournalEntry.request_id.in_(select(JournalEntry.request_id).where(self._named())))
        )
        self.spoken.setdefault("person", []).extend([*self.joined, *leavers])

    def _named(self) -> ColumnElement[bool]:
        """Whether one of its ids stands in what an entry says."""
        values = func.concat(cast(JournalEntry.before, Text), cast(JournalEntry.after, Text))
        return values.op("LIKE")(func.any(cast([f"%{each}%" for each in self.ids], ARRAY(Text()))))


def places_of_holder(thing: Thing, column: Any) -> Iterator[Where]:
    """On actions: the place itself, and the words for all people there. `column` of Named says whose it is."""
    on = select(Named.action_id).where(column.in_(thing.ids))
    actions = or_(Action.id.in_(thing.spoken.get("action", [])), Action.id.in_(on))
    yield Where("people as printed", Named, column.in_(thing.ids), (Named.name, Named.qualifier))
    yield Where(
        "people as printed", Action, actions, (Action.by_whom, Action.by_whom_printed), ((Action.seeded, OF_ACTION),)
    )


def places_of_people(thing: Thing) -> Iterator[Where]:
    """What a person leads, owns, wrote, and was joined to."""
    led = or_(Objective.lead_id.in_(thing.ids), Objective.id.in_(thing.spoken.get("objective", [])))
    owned = or_(Plan.owner_id.in_(thing.ids), Plan.id.in_(thing.spoken.get("plan", [])))
    joined = or_(PersonMerge.kept_id.in_(thing.joined), PersonMerge.merged_id.in_(thing.joined))
    yield Where("objectives", Objective, led, (Objective.lead_printed,), ((Objective.seeded, OF_PLAN),))
    yield Where("plan settings", Plan, owned, (Plan.owner_printed,), ((Plan.seeded, OF_PLAN),))
    yield Where("progress updates", Update, Update.author_person_id.in_(thing.ids), (Update.author_name,))
    yield Where("merges", PersonMerge, joined, (PersonMerge.note,), ((PersonMerge.moved, _OF_MERGE),))


_OF_MERGE = frozenset(["places", "aliases"])


def places_of_actors(thing: Thing) -> Iterator[Where]:
    """Under what accounts and systems did: their name is written beside it."""
    ids, tokens = thing.account_ids, thing.tokens
    of_tokens = Update.partner_token_id.in_(tokens)
    yield Where("accounts", Passkey, Passkey.account_id.in_(ids), (Passkey.name,))
    yield Where("progress updates", Update, of_tokens, (Update.via, Update.author_name))
    for whose, name in (
        (Update.author_account_id, Update.author_name),
        (Update.entered_by_account_id, Update.entered_by_name),
        (Update.acknowledged_by_account_id, Update.acknowledged_by_name),
    ):
        yield Where("progress updates", Update, whose.in_(ids), (name,))
    yield Where("dates", DateEntry, DateEntry.by_account_id.in_(ids), (DateEntry.by_name,))
    for each in _SIGNED:
        yield Where("names of who did it", each.class_, each.in_(thing.names), (each,))


# Where only the name says who it was.
_SIGNED = (
    Update.withdrawn_by_name, UpdateWording.replaced_by_name, PersonMerge.made_by_name, PersonMerge.undone_by_name,
    PeopleApart.said_by_name, AccountLink.made_by_name, PartnerToken.made_by_name,
)  # fmt: skip


def places_of_agency(thing: Thing) -> Iterator[Where]:
    """Beside its name on actions: the agency of whoever wrote an update, at the time."""
    yield Where("progress updates", Update, Update.author_agency.in_(thing.names), (Update.author_agency,))


def list_signed(session: Session, thing: Thing) -> list[str]:
    """Every name under which its accounts and systems did something. 1 SELECT, over the whole journal."""
    done_by = or_(JournalEntry.account_id.in_(thing.account_ids), JournalEntry.partner_token_id.in_(thing.tokens))
    return list(session.scalars(select(JournalEntry.actor_name).where(done_by).distinct()))


def redacted_audit(thing: Thing, pattern: str) -> Any:
    """The statement that takes the words from the audit's names, and says how many held them."""
    actors = cast([*thing.account_ids, *thing.tokens], ARRAY(Uuid()))
    return select(func.redact_audit(actors, literal(pattern)))
