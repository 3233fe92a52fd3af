"""What a journal entry about people says: the directory, accounts, joined names, handovers."""

from datetime import date

from api.domain.history.telling import Sayer, Told, changed_fields, end
from api.domain.plan.by_when import say_date
from api.domain.text import join_names


def _changed_in_directory(told: Told) -> str:
    """A change of a person, an agency or a group; a name that changed is the news, and the rest follows."""
    old, new = told.before.get("name"), told.after.get("name")
    # Where the name changed, the former one is among the other names: that goes without saying.
    unsaid = {"name"} if old == new else {"name", "aliases"}
    fields = changed_fields(told.object_type, {name: value for name, value in told.after.items() if name not in unsaid})
    if old != new:
        rest = f", and changed {join_names(fields)}" if fields else ""
        return f"{told.who} renamed {old} to {new}{rest}."
    return f"{told.who} changed {join_names(fields)} of {new}."


def _redacted(told: Told) -> str:
    return end(f"{told.who} removed words from {told.after['name']} and where that name stands", told.reason)


def _succeeded(told: Told) -> str:
    ended = told.after.get("ended_on")  # older entries lack a day that the agency had been given before
    on = f" on {say_date(date.fromisoformat(ended))}" if ended else ""
    return end(f"{told.who} recorded that {told.after['name']} became {told.after['successor']}{on}", told.reason)


def _whose(told: Told) -> str:
    """Of an account: the owner's, as a sentence says it."""
    owner = told.after.get("of")
    return "their own" if owner in {None, told.by} else f"{owner}'s"


def _passkey(told: Told) -> str:
    name = told.after.get("passkey") or told.before.get("passkey")
    return f"{told.who} {'added' if told.verb == 'passkey-added' else 'removed'} a passkey, {name}."


_ROLES = {"admin": "administrator", "lead_officer": "lead officer"}


def _role(told: Told) -> str:
    before, after = (_ROLES.get(values["role"], values["role"]) for values in (told.before, told.after))
    return f"{told.who} changed the role of {told.after['name']} from {before} to {after}."


def _email(told: Told) -> str:
    whose = "their own" if told.by == told.after["name"] else f"{told.after['name']}'s"
    return f"{told.who} changed {whose} e-mail address."


def _of_account(does: str) -> Sayer:
    """A sentence about somebody's account; `does` has a place for whose."""
    return lambda told: f"{told.who} {does.format(told.after['name'])}."


def _joined(told: Told) -> str:
    """A merge, of whatever it touched, or its undo."""
    if "parted" in told.after:
        return f"{told.who} undid that {told.after['joined']} and {told.after['into']} are one person."
    return end(f"{told.who} said that {told.after['joined']} and {told.after['into']} are one person", told.reason)


def _handed(told: Told) -> str:
    """Of an action: the leaver hands it over, and whoever entered that is named after it."""
    leaver, number, taker = told.after["from"], told.after["number"], told.after["to"]
    did = f"handed action {number} to {taker}" if taker else f"left action {number}, and nobody is named in their place"
    return end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _lead(told: Told) -> str:
    """Of an objective: handed over, or a merge and its undo."""
    if "from" not in told.after:
        return _joined(told)
    leaver, number, taker = told.after["from"], told.after["number"], told.after["to"]
    did = f"handed objective {number} to {taker}" if taker else f"left objective {number} without a lead officer"
    return end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _owner(told: Told) -> str:
    if "from" not in told.after:
        return _joined(told)
    leaver, taker = told.after["from"], told.after["to"]
    did = f"handed the plan to {taker}" if taker else "left the plan without an owner"
    return end(f"{leaver} {did} (entered by {told.by})", told.reason)


def _left(told: Told) -> str:
    day = say_date(date.fromisoformat(told.after["left_on"]))
    return end(f"{told.who} wrote down that {told.after['name']} left on {day}", told.reason)


OF_PEOPLE: dict[tuple[str, str], Sayer] = {
    ("account", "bound"): lambda told: f"{told.who} signed in through their agency's directory for the first time.",
    ("action", "agency-succeeded"): lambda told: (
        f"{told.who} put {told.after['to']} in the place of {told.after['from']}, which it succeeds."
    ),
    **{(of, "redacted"): _redacted for of in ("person", "agency", "named_group", "account", "partner_token")},
    ("person", "changed"): _changed_in_directory,
    ("agency", "changed"): _changed_in_directory,
    ("named_group", "changed"): _changed_in_directory,
    ("agency", "succeeded"): _succeeded,
    ("account", "password-changed"): lambda told: f"{told.who} changed {_whose(told)} password.",
    ("account", "factor-added"): lambda told: f"{told.who} set up a second factor.",
    ("account", "factor-removed"): lambda told: f"{told.who} removed {_whose(told)} second factor.",
    ("account", "passkey-added"): _passkey,
    ("account", "passkey-removed"): _passkey,
    ("account", "invited"): _of_account("invited {}"),
    ("account", "invited-again"): _of_account("sent {} the invitation again"),
    ("account", "role-changed"): _role,
    ("account", "disabled"): _of_account("ended the account of {}"),
    ("account", "enabled"): _of_account("opened the account of {} again"),
    ("account", "email-changed"): _email,
    ("person", "contact-erased"): lambda told: end(
        f"{told.who} erased the contact details of {told.after.get('name', 'somebody')}", told.reason
    ),
    ("action", "people-joined"): _joined,
    ("action", "people-parted"): _joined,
    ("action", "handed-over"): _handed,
    ("objective", "lead-changed"): _lead,
    ("plan", "owner-changed"): _owner,
    ("person", "merged"): _joined,
    ("person", "unmerged"): _joined,
    ("person", "joined"): lambda told: f"{told.after['joined']} is known as {told.after['name']} since.",
    ("person", "parted"): lambda told: f"{told.after['joined']} is no longer known as {told.after['name']}.",
    ("person", "told-apart"): lambda told: (
        f"{told.who} said that {told.after['name']} and {told.after['other']} are two people."
    ),
    ("person", "maybe-one"): lambda told: (
        f"{told.who} took back that {told.after['name']} and {told.after['other']} are two people."
    ),
    ("person", "left"): _left,
}
"""By what the entry is about, and what was done."""
