"""Names of people and accounts inside a password: anybody who is signed in can read those names."""

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from api.models import Account, Person

# A password has room for no more.
_MOST = 40


def find_parts_of_names(session: Session, plain: str) -> list[str]:
    """Parts of names, four letters or more, that occur in this text, in which every l was replaced by i. 1 SELECT."""
    names = union_all(select(Person.name), select(Account.name)).subquery()
    split = func.regexp_split_to_table(func.lower(names.c.name), "[^[:alpha:]]+")
    part = select(split.label("part")).subquery().c.part
    found = func.strpos(plain, func.translate(part, "l", "i")) > 0
    return list(session.scalars(select(part).where(func.length(part) >= 4, found).distinct().limit(_MOST)))
