"""The way through, once: read the plan, post on an action, have it acknowledged, delivered and signed off."""

from tests.client import PLAN, Api


def test_contributors_word_goes_all_the_way_to_complete(api: Api) -> None:
    lucy, jane, admin = api.as_("lucy"), api.as_("jane"), api.as_("admin")
    action = api.action("3.4")

    posted = lucy.say("3.4", "The data set is agreed.", rating="G", claim="delivered", impact="One set of figures.")
    assert posted["acknowledgement"]["state"] == "waiting"
    answered = jane.post(f"/updates/{posted['id']}/acknowledgement", {"state": "acknowledged"})
    assert answered.status_code == 200
    signed = admin.post(f"{action}/sign-off", {})
    assert signed.status_code == 200

    assert signed.json["status"] == "complete"
    assert signed.json["rating"]["value"] == "B"
    assert admin.read(PLAN)["counts"]["status"]["complete"] == 1
