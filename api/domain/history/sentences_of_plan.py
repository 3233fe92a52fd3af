"""What a journal entry about a plan's settings and its open questions says."""

from api.domain.history.shown_entry import Sayer, ShownEntry, end
from api.domain.plan.plan_settings import say_changed
from api.domain.text import join_names


def _edited(entry: ShownEntry) -> str:
    what = join_names(say_changed(entry.before, entry.after)) or "the plan"
    if entry.undoes:
        return end(f"{entry.who} undid a change of {what}", entry.reason)
    return f"{entry.who} changed {what}."


def _settled(entry: ShownEntry) -> str:
    question = entry.after.get("note")
    if entry.undoes:
        return end(f"{entry.who} put a question back: “{question}”", entry.reason)
    return f"{entry.who} settled a question: “{question}” Answer: “{entry.after.get('answer')}”"


def _asked(entry: ShownEntry) -> str:
    return f"{entry.who} asked a question: “{entry.after.get('note')}”"


OF_PLAN: dict[tuple[str, str], Sayer] = {
    ("plan", "edited"): _edited,
    ("plan", "redacted"): lambda entry: end(
        f"{entry.who} removed words from the plan's settings and objectives", entry.reason
    ),
    **{(of, "note-settled"): _settled for of in ("plan", "action")},
    **{(of, "note-added"): _asked for of in ("plan", "action")},
}
