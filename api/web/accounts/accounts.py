"""What the administrator's routes for accounts answer."""

from typing import Any
from uuid import UUID
from zlib import crc32

from api.domain.accounts.accounts import Concern
from api.domain.plan.permissions import Role
from api.exports.csv_text import write_csv
from api.http.callers.proof import roles_needing, site
from api.http.circumstances import circumstances, note_of
from api.http.declare import Call
from api.http.messages.answers import CSV, Answer
from api.http.messages.etag import version_etag
from api.http.messages.json_io import dumps
from api.http.paging import page, read_name_and_id
from api.mail.deliver import Outcome
from api.queries.accounts.account_list import count_factors_by_agency, get_listed, list_accounts, lock_account
from api.schemas.accounts.accounts import shape_account
from api.schemas.people.people import shape_short_agency
from api.services.accounts import account_changes, joining
from api.services.accounts.audit import EventKind
from api.services.accounts.joining import Linked
from api.services.accounts.sessions import end_sessions
from api.services.people import inviting
from api.web.accounts import mailing


def read_accounts(call: Call, *, limit: int, cursor: str | None = None, **which: Any) -> Answer:
    """Answer with the accounts, by name."""
    after = read_name_and_id(cursor)
    found = list_accounts(call.session, today=call.work.today, after=after, limit=limit + 1, **which)
    rows = [shape_account(each) for each in found]
    return page(rows, limit, "name", lambda row: [row["name"], row["id"]], private=True)


def read_factors(call: Call) -> Answer:
    """Answer with how many have no second factor yet, by agency. 1 SELECT."""
    counted = count_factors_by_agency(call.session, call.work.today)
    rows = [{**each._asdict(), "agency": each.agency and shape_short_agency(each.agency)} for each in counted]
    body = {
        "required": sorted(roles_needing()),
        "active": sum(each.active for each in counted),
        "without": sum(each.without for each in counted),
        "agencies": rows,
    }
    return Answer(body, private=True)


def export_without_factor(call: Call) -> Answer:
    """Answer with who has none yet as a file, by agency and name. 1 SELECT."""
    found = list_accounts(call.session, today=call.work.today, concern=Concern.NO_FACTOR)
    needed = roles_needing()
    lines = [
        [each.agency.name if each.agency else None, each.account.name, each.account.email, each.account.role,
         each.account.role in needed, each.last_used_at.isoformat(timespec="seconds") if each.last_used_at else None]
        for each in sorted(found, key=lambda each: (each.agency is None, each.agency.name if each.agency else ""))
    ]  # fmt: skip
    body = write_csv(("agency", "name", "email", "role", "needs_one", "last_used_at"), lines)
    return Answer(body, media=CSV, file_name=f"no-second-factor-{call.work.today}.csv", private=True)


def read_account(call: Call, account_id: UUID) -> Answer:
    """Answer with one, and the ETag that a change of it needs."""
    body = shape_account(get_listed(call.session, account_id))
    mark = f"{crc32(dumps(body)):08x}"
    return Answer(body, etag=version_etag(body["version"], mark), private=True)


def invite(call: Call, **fields: Any) -> Answer:
    """Make an account and its invitation."""
    answer = _sent(call, inviting.invite(call.work, **fields))
    answer.status = 201
    answer.location = f"/api/v1/accounts/{answer.body['account']['id']}"
    return answer


def invite_again(call: Call, account_id: UUID) -> Answer:
    """Make a new invitation."""
    return _sent(call, joining.invite_again(call.work, account_id))


def send_reset(call: Call, account_id: UUID) -> Answer:
    """Make a link to a new password."""
    return _sent(call, joining.send_reset(call.work, account_id))


def send_first_factor(call: Call, account_id: UUID) -> Answer:
    """Make a link that shows whose mailbox it is, for who sets up a first factor."""
    return _sent(call, joining.send_first_factor(call.work, account_id))


def _sent(call: Call, linked: Linked) -> Answer:
    """The answer about a link; once it is committed the letter goes, and only what did not go out is shown."""
    account, here = linked.account, call.here
    address = mailing.write_link(site(), linked)
    letter = mailing.letter_with(linked, mailing.to(call.session, account.email, account.name), address, here.name)
    posting = mailing.Posting(letter, linked.link.kind, account.id, here.account_id, here.name)

    def send(answer: Answer) -> None:
        outcome = mailing.send(posting, circumstances())
        answer.body |= {"mail": outcome, "link": None if outcome is Outcome.SENT else address}

    body = {"account": shape_account(get_listed(call.session, account.id)), "mail": None, "link": None}
    return Answer(body, private=True, after_commit=send)


def guard_account(call: Call, account_id: UUID) -> None:
    """Is there such an account, and has nobody changed it meanwhile? Others are not told that there is one."""
    if call.here.role == Role.ADMIN:
        account_changes.may_change(call.work, account_id, call.seen)


def edit_account(call: Call, account_id: UUID, **fields: Any) -> Answer:
    """Change it, and answer with it as it stands now."""
    account_changes.change_account(call.work, account_id, seen=call.seen, **fields)
    return read_account(call, account_id)


def remove_factors(call: Call, account_id: UUID) -> Answer:
    """Take second factor and passkeys away, and tell its owner."""
    account = account_changes.remove_factors(call.work, account_id)
    note_of(call, EventKind.FACTOR_CHANGED, {"account": account.id, "removed_by_admin": True})
    tell = mailing.tell_factor(call, account, "Your second factor and passkeys were taken away by an administrator.")
    return Answer(read_account(call, account_id).body, private=True, after_commit=tell)


def end_all_sessions(call: Call, account_id: UUID) -> Answer:
    """End its sessions."""
    lock_account(call.session, account_id)
    ended = end_sessions(call.work, account_id)
    note_of(call, EventKind.SESSION_ENDED, {"account": account_id, "ended": ended})
    return Answer({"ended": ended}, private=True)
