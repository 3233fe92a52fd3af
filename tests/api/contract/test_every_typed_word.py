"""What anybody can type anywhere can be removed for good, from every column of every table: walked from the schemas (DOMAIN 9).

A new field of a body that no redaction reaches fails here by its name.
"""

from typing import Any

import pytest

from api import routes
from tests.api.privacy.test_redaction import REASON, SECRET, found_in
from tests.client import PLAN, Api
from tests.typed import NOT_HERE, REQUESTS, Named, every_text, request_for, send

OPERATIONS = [operation for each in routes.ALL for operation in each.operations]
ADDRESS = "an e-mail address: it goes by erasing (tests/api/privacy/test_person_data.py), or with the account"
# What is typed and kept nowhere, or goes another way: never a place to hide words in.
ELSEWHERE = {
    ("invite_account", "/email"): ADDRESS,
    ("create_person", "/email"): ADDRESS,
    ("edit_person", "/email"): ADDRESS,
}
# What is only compared with what is there: no such words are there, so it is refused.
COMPARED = {(name, "/words") for name in REQUESTS if name.startswith("redact_")} | {
    (f"settle_note_of_{kind}", f"/{member}") for kind in ("plan", "action") for member in ("code", "text")
}
TYPED = [each for each in every_text(OPERATIONS) if each[0] not in NOT_HERE and each not in ELSEWHERE]


def test_every_text_that_can_be_typed_is_walked_here() -> None:
    walked = {name for name, _ in every_text(OPERATIONS)}
    assert sorted(walked - REQUESTS.keys() - NOT_HERE.keys()) == []
    assert sorted(NOT_HERE.keys() - walked) == []


def whose(of: Named, operation: str, pointer: str, path: str, answer: Any) -> str:
    """The address of the redaction that reaches what was typed there: that of what was made, of who is meant, or of what was changed."""
    new = {"new_person": "people", "new_group": "groups"}.get(pointer.rstrip("/").split("/")[-2], "")
    made = {"create_person": "people", "create_group": "groups", "invite_account": "accounts"}.get(operation, "")
    if new or made:
        table = {"people": "person", "groups": "named_group", "accounts": "account"}[new or made]
        held = of.one(f"SELECT id::text FROM {table} WHERE strpos(to_jsonb({table})::text, %s) > 0", SECRET)
        return f"/{new or made}/{held}"
    if operation == "succeed_agency":
        return f"/agencies/{answer.json['successor']['id'] if pointer.startswith('/new') else of.agency}"
    if operation in {"create_agency", "create_partner_token", "add_action"}:
        return f"{path.replace(PLAN, '')}/{answer.json['id']}"
    if path.startswith(("/updates", "/journal")) and not operation.startswith("redact"):
        return of.action
    return PLAN if path.startswith(("/plans", "/objectives")) else "/".join(path.split("/")[:3])


def stands(api: Api) -> set[str]:
    """Every column that holds it, as it was typed or as a link holds it."""
    return found_in(api, SECRET) | found_in(api, SECRET.replace(" ", "%20"))


@pytest.mark.parametrize(("operation", "pointer"), TYPED, ids=[" ".join(each) for each in TYPED])
def test_it_can_be_removed_from_everywhere(api: Api, operation: str, pointer: str) -> None:
    of = Named(api)
    method, path, body, who = request_for(of, operation, pointer, SECRET)
    answer = send(of, method, path, body, who, **({} if method == "PATCH" else {"Idempotency-Key": "0123456789abcdef"}))
    assert answer.status_code in {200, 201} or (operation, pointer) in COMPARED, answer.text
    if (operation, pointer) in COMPARED:
        assert stands(api) == set()
        return
    assert stands(api), "it was kept nowhere"
    api.confirm_all()
    redaction = f"{whose(of, operation, pointer, path, answer)}/redaction"
    asked = {"words": SECRET, "reason": REASON}
    looked = of.admin.post(redaction, {**asked, "preview": True})
    assert looked.status_code == 200, looked.text
    assert stands(api), "to look removes nothing"
    done = of.admin.post(redaction, asked)
    assert (done.status_code, done.json["found"]) == (200, looked.json["found"]), done.text
    assert stands(api) == set()
