"""How ratings moved, and who reported when: what is asked and what is answered."""

from marshmallow import fields

from api.schemas.base import In, Out
from api.schemas.fields import Counted, Day, Month


class MonthsQuery(In):
    """Months, both among them; the last twelve when none are named. At most 60."""

    first = Month(data_key="from")
    last = Month(data_key="to")


class PointOut(Out):
    """A plan at the end of a day: actions by effective rating, `none` is grey."""

    on = Day(required=True)
    counts = Counted(["R", "A", "G", "B", "none"], required=True)
    actions = fields.Integer(required=True)


class TrendOut(Out):
    """How ratings moved, oldest first: ends of months, and today."""

    as_of = Day(required=True)
    data = fields.List(fields.Nested(PointOut), required=True)


class MonthCountOut(Out):
    """Updates in one month."""

    month = fields.String(required=True, metadata={"example": "2026-11"})
    updates = fields.Integer(required=True)


class AgencyActivityOut(Out):
    """The updates of one agency's people, as it was called when they wrote; null where no agency was stated."""

    agency = fields.String(allow_none=True, required=True)
    months = fields.List(fields.Nested(MonthCountOut), required=True)


class ActivityOut(Out):
    """Who reported when: agencies with the most updates first, each with all months of `months`."""

    as_of = Day(required=True)
    months = fields.List(fields.String(), required=True)
    data = fields.List(fields.Nested(AgencyActivityOut), required=True)
