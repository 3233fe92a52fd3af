"""What a journal entry about a plan's settings and its open questions says."""

from api.domain.history.telling import Sayer, Told, end
from api.domain.plan.plan_settings import say_changed
from api.domain.text import join_names


def _edited(told: Told) -> str:
    what = join_names(say_changed(told.before, told.after)) or "the plan"
    if told.undoes:
        return end(f"{told.who} undid a change of {what}", told.reason)
    return f"{told.who} changed {what}."


def _settled(told: Told) -> str:
    question = told.after.get("note")
    if told.undoes:
        return end(f"{told.who} put a question back: “{question}”", told.reason)
    return f"{told.who} settled a question: “{question}” Answer: “{told.after.get('answer')}”"


def _asked(told: Told) -> str:
    return f"{told.who} asked a question: “{told.after.get('note')}”"


OF_PLAN: dict[tuple[str, str], Sayer] = {
    ("plan", "edited"): _edited,
    ("plan", "redacted"): lambda told: end(
        f"{told.who} removed words from the plan's settings and objectives", told.reason
    ),
    **{(of, "note-settled"): _settled for of in ("plan", "action")},
    **{(of, "note-added"): _asked for of in ("plan", "action")},
}
