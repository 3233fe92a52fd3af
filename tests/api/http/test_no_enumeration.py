"""Nobody learns from signing in who has an account: same answer, same words, same time, at the real cost of argon2 (API 8.4)."""

from statistics import median
from time import perf_counter

from argon2 import PasswordHasher

from tests.client import Api, problem
from tests.conftest import email_of

ROUNDS = 7
# Of medians on a busy machine. To leave the hash out where there is no account would be a ratio of twenty.
MOST = 1.6


def test_the_answer_and_its_time_are_the_same_whoever_is_asked_for(api: Api) -> None:
    api.sql("UPDATE account SET password_hash = %s", PasswordHasher().hash("somebody's own passphrase"))
    api.sql("UPDATE account SET disabled_at = now() WHERE email = %s", email_of("jane"))
    api.sql("UPDATE account SET password_hash = NULL WHERE email = %s", email_of("gordon"))
    api.sql(
        "UPDATE account SET totp_secret = 'x', totp_since = now(), factor_since = now() WHERE email = %s",
        email_of("pippa"),
    )
    emails = [*map(email_of, ["lucy", "jane", "gordon", "pippa"]), "nobody@example.org"]
    took: dict[str, list[float]] = {email: [] for email in emails}
    said = set()
    for number in range(ROUNDS):
        for email in emails:
            body = {"email": email, "password": "not the passphrase", "code": "123456"}
            began = perf_counter()
            answer = api.nobody.post("/auth/sign-in", body, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
            took[email].append(perf_counter() - began)
            told = {name: value for name, value in answer.json.items() if name != "request_id"}
            said.add((*problem(answer), str(told)))
    assert len(said) == 1
    medians = [median(times) for times in took.values()]
    assert max(medians) < MOST * min(medians), dict(zip(emails, medians, strict=True))
