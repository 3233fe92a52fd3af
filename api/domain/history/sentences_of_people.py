"""What a journal entry about people says: the directory, accounts, joined names, handovers."""

from datetime import date

from api.domain.history.shown_entry import Sayer, ShownEntry, changed_fields, end
from api.domain.plan.by_when import say_date
from api.domain.text import join_names


def _changed_in_directory(entry: ShownEntry) -> str:
    """A change of a person, an agency or a group; a name that changed is the news, and the rest follows."""
    old, new = entry.before.get("name"), entry.after.get("name")
    # Where the name changed, the former one is among the other names: that goes without saying.
    unsaid = {"name"} if old == new else {"name", "aliases"}
    fields = changed_fields(
        entry.object_type, {name: value for name, value in entry.after.items() if name not in unsaid}
    )
    if old != new:
        rest = f", and changed {join_names(fields)}" if fields else ""
        return f"{entry.who} renamed {old} to {new}{rest}."
    return f"{entry.who} changed {join_names(fields)} of {new}."


def _redacted(entry: ShownEntry) -> str:
    return end(f"{entry.who} removed words from {entry.after['name']} and where that name stands", entry.reason)


def _succeeded(entry: ShownEntry) -> str:
    ended = entry.after.get("ended_on")  # older entries lack a day that the agency had been given before
    on = f" on {say_date(date.fromisoformat(ended))}" if ended else ""
    return end(f"{entry.who} recorded that {entry.after['name']} became {entry.after['successor']}{on}", entry.reason)


def _whose(entry: ShownEntry) -> str:
    """Of an account: the owner's, as a sentence says it."""
    owner = entry.after.get("of")
    return "their own" if owner in {None, entry.by} else f"{owner}'s"


def _passkey(entry: ShownEntry) -> str:
    name = entry.after.get("passkey") or entry.before.get("passkey")
    return f"{entry.who} {'added' if entry.verb == 'passkey-added' else 'removed'} a passkey, {name}."


_ROLES = {"admin": "administrator", "lead_officer": "lead officer"}


def _role(entry: ShownEntry) -> str:
    before, after = (_ROLES.get(values["role"], values["role"]) for values in (entry.before, entry.after))
    return f"{entry.who} changed the role of {entry.after['name']} from {before} to {after}."


def _email(entry: ShownEntry) -> str:
    whose = "their own" if entry.by == entry.after["name"] else f"{entry.after['name']}'s"
    return f"{entry.who} changed {whose} e-mail address."


def _of_account(does: str) -> Sayer:
    """A sentence about somebody's account; `does` has a place for whose."""
    return lambda entry: f"{entry.who} {does.format(entry.after['name'])}."


def _joined(entry: ShownEntry) -> str:
    """A merge, of whatever it touched, or its undo."""
    if "parted" in entry.after:
        return f"{entry.who} undid that {entry.after['joined']} and {entry.after['into']} are one person."
    return end(f"{entry.who} said that {entry.after['joined']} and {entry.after['into']} are one person", entry.reason)


def _handed(entry: ShownEntry) -> str:
    """Of an action: the leaver hands it over, and whoever entered that is named after it."""
    leaver, number, taker = entry.after["from"], entry.after["number"], entry.after["to"]
    did = f"handed action {number} to {taker}" if taker else f"left action {number}, and nobody is named in their place"
    return end(f"{leaver} {did} (entered by {entry.by})", entry.reason)


def _lead(entry: ShownEntry) -> str:
    """Of an objective: handed over, or a merge and its undo."""
    if "from" not in entry.after:
        return _joined(entry)
    leaver, number, taker = entry.after["from"], entry.after["number"], entry.after["to"]
    did = f"handed objective {number} to {taker}" if taker else f"left objective {number} without a lead officer"
    return end(f"{leaver} {did} (entered by {entry.by})", entry.reason)


def _owner(entry: ShownEntry) -> str:
    if "from" not in entry.after:
        return _joined(entry)
    leaver, taker = entry.after["from"], entry.after["to"]
    did = f"handed the plan to {taker}" if taker else "left the plan without an owner"
    return end(f"{leaver} {did} (entered by {entry.by})", entry.reason)


def _left(entry: ShownEntry) -> str:
    day = say_date(date.fromisoformat(entry.after["left_on"]))
    return end(f"{entry.who} wrote down that {entry.after['name']} left on {day}", entry.reason)


OF_PEOPLE: dict[tuple[str, str], Sayer] = {
    ("account", "bound"): lambda entry: f"{entry.who} signed in through their agency's directory for the first time.",
    ("action", "agency-succeeded"): lambda entry: (
        f"{entry.who} put {entry.after['to']} in the place of {entry.after['from']}, which it succeeds."
    ),
    **{(of, "redacted"): _redacted for of in ("person", "agency", "named_group", "account", "partner_token")},
    ("person", "changed"): _changed_in_directory,
    ("agency", "changed"): _changed_in_directory,
    ("named_group", "changed"): _changed_in_directory,
    ("agency", "succeeded"): _succeeded,
    ("account", "password-changed"): lambda entry: f"{entry.who} changed {_whose(entry)} password.",
    ("account", "factor-added"): lambda entry: f"{entry.who} set up a second factor.",
    ("account", "factor-removed"): lambda entry: f"{entry.who} removed {_whose(entry)} second factor.",
    ("account", "passkey-added"): _passkey,
    ("account", "passkey-removed"): _passkey,
    ("account", "invited"): _of_account("invited {}"),
    ("account", "invited-again"): _of_account("sent {} the invitation again"),
    ("account", "role-changed"): _role,
    ("account", "disabled"): _of_account("ended the account of {}"),
    ("account", "enabled"): _of_account("opened the account of {} again"),
    ("account", "email-changed"): _email,
    ("person", "contact-erased"): lambda entry: end(
        f"{entry.who} erased the contact details of {entry.after.get('name', 'somebody')}", entry.reason
    ),
    ("action", "people-joined"): _joined,
    ("action", "people-parted"): _joined,
    ("action", "handed-over"): _handed,
    ("objective", "lead-changed"): _lead,
    ("plan", "owner-changed"): _owner,
    ("person", "merged"): _joined,
    ("person", "unmerged"): _joined,
    ("person", "joined"): lambda entry: f"{entry.after['joined']} is known as {entry.after['name']} since.",
    ("person", "parted"): lambda entry: f"{entry.after['joined']} is no longer known as {entry.after['name']}.",
    ("person", "told-apart"): lambda entry: (
        f"{entry.who} said that {entry.after['name']} and {entry.after['other']} are two people."
    ),
    ("person", "maybe-one"): lambda entry: (
        f"{entry.who} took back that {entry.after['name']} and {entry.after['other']} are two people."
    ),
    ("person", "left"): _left,
}
"""By what the entry is about, and what was done."""
