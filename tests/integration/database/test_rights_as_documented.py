"""What the web role may delete is what docs/operations.md says: an officer reads it there before anything is installed."""

import re

from api import release
from tests.client import Api

ROW = re.compile(r"^\| `plan_web` \| nothing \| .*; DELETE on (?P<tables>.+?) only;", re.MULTILINE)
GRANTED = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND has_table_privilege('plan_web', oid, 'DELETE')
"""


def test_what_the_web_role_may_delete_is_what_the_page_says(still: Api) -> None:
    row = ROW.search((release.ROOT / "docs" / "operations.md").read_text("utf-8"))
    assert row is not None
    assert set(re.findall(r"`(\w+)`", row["tables"])) == {name for (name,) in still.sql(GRANTED)}
