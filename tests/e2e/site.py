"""The real thing for the browser to visit: `plan run` in a process of its own, with the accounts it made."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jwt

ROOT = Path(__file__).parents[2]
START_WITHIN = 90
FRESH_FOR = 300  # seconds; access tokens last ten minutes

BUSINESS_MANAGER = "Business Manager"
LUCY = "Lucy Goodfellow"
JANE = "Jane Carroll"
PIPPA = "Pippa Ward"
GORDON = "Gordon Henderson"
GLORIA = "Gloria Okewale"
ROBERT = "Robert South"


@dataclass
class Person:
    """Somebody at the API with a bearer token: the second poster, or whoever prepares a test."""

    site: "Site"
    name: str
    token: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.site.http.request(
            method, f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {self.token}", **headers}
        )

    def get(self, path: str) -> Any:
        return self.send("GET", path).raise_for_status().json()

    def action(self, number: str) -> Any:
        return self.get(f"/actions/{self.site.id_of(number)}")

    def post(self, number: str, text: str, rating: str | None = None, **more: Any) -> Any:
        body = {"text": text, **({"rating": rating} if rating else {}), **more}
        path = f"/actions/{self.site.id_of(number)}/updates"
        answer = self.send("POST", path, body, **{"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def acknowledge(self, update: str) -> None:
        body = {"state": "acknowledged"}
        key = {"Idempotency-Key": str(uuid4())}
        self.send("POST", f"/updates/{update}/acknowledgement", body, **key).raise_for_status()

    def set_status(self, number: str, status: str, reason: str) -> None:
        path = f"/actions/{self.site.id_of(number)}"
        etag = self.send("GET", path).headers["ETag"]
        self.send("PATCH", path, {"status": status, "reason": reason}, **{"If-Match": etag}).raise_for_status()

    def texts_on(self, number: str) -> list[str]:
        """What is posted on an action, newest first."""
        return [update["text"] for update in self.action(number)["updates"]]


@dataclass
class Site:
    """A running server, its accounts, and the ids of its plan."""

    url: str
    accounts: dict[str, dict[str, str]]
    process: "subprocess.Popen[bytes]"
    http: httpx.Client
    folder: Path
    secret: str
    ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cookies: dict[str, tuple[float, list[dict[str, Any]]]] = field(default_factory=dict)

    def as_(self, name: str) -> Person:
        """Sign somebody in at the API, once."""
        if name not in self.people:
            answer = self._sign_in(name, "bearer")
            self.people[name] = Person(self, name, answer.json()["access_token"])
        return self.people[name]

    def cookies_of(self, name: str) -> list[dict[str, Any]]:
        """The cookies of somebody signed in, for a browser; shared by the tests while they are fresh."""
        since, cookies = self.cookies.get(name, (0.0, []))
        if not cookies or time.monotonic() - since > FRESH_FOR:
            cookies = cookies_in(self._sign_in(name, "cookie"), self.url)
            self.cookies[name] = (time.monotonic(), cookies)
        return cookies

    def own_cookies_of(self, name: str) -> list[dict[str, Any]]:
        """The cookies of a session that no other test shares, for a test that ends or refreshes it."""
        return cookies_in(self._sign_in(name, "cookie"), self.url)

    def _sign_in(self, name: str, transport: str) -> httpx.Response:
        account = self.accounts[name]
        body = {"email": account["email"], "password": account["password"], "transport": transport}
        return self.http.post("/api/v1/auth/sign-in", json=body).raise_for_status()

    def password_of(self, name: str) -> str:
        return self.accounts[name]["password"]

    def email_of(self, name: str) -> str:
        return self.accounts[name]["email"]

    def id_of(self, number: str) -> str:
        if not self.ids:
            plan = self.plan()
            actions = [action for objective in plan["objectives"] for action in objective["actions"]]
            self.ids.update({action["number"]: action["id"] for action in actions})
        return self.ids[number]

    def plan(self) -> Any:
        return self.as_(ROBERT).get("/plans/havering-2020-23")


def cookies_in(answer: httpx.Response, url: str) -> list[dict[str, Any]]:
    """The Set-Cookie lines of an answer as the browser's add_cookies takes them."""
    found = []
    for line in answer.headers.get_list("set-cookie"):
        for name, morsel in SimpleCookie(line).items():
            found.append(
                {
                    "name": name,
                    "value": morsel.value,
                    "url": url,
                    "httpOnly": bool(morsel["httponly"]),
                    "secure": bool(morsel["secure"]),
                    "sameSite": "Strict",
                }
            )
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(folder: Path, port: int = 0, root: Path = ROOT, **settings: str) -> Iterator[Site]:
    """Start the server as `make run` does and stop it. Nothing of this machine's settings is used.

    The folder is an empty one, or one that such a server left behind. `root` is where the code is: a copy of it is
    another release.
    """
    port = port or free_port()
    secret = f"only-for-the-browser-tests-at-{folder}"
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH"}}
    environ = {
        **kept,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "SECRET_KEY": secret,
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    log = folder.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            (sys.executable, "-m", "api.cli", "run"), cwd=root, env=environ, stdout=out, stderr=out
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, log, f"answers at {url}/")
        listed = json.loads((folder / "demo-accounts.json").read_text("utf-8"))
        accounts = {account["name"]: account for account in listed}
        with httpx.Client(base_url=url, timeout=30) as http:
            site = Site(url, accounts, process, http, folder, secret)
            # Each folder has a secret of its own: whoever signs with this one is the server started here.
            jwt.decode(site.as_(ROBERT).token, secret, ["HS256"], options={"verify_aud": False})
            yield site
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def copied(folder: Path, to: Path) -> Path:
    """A copy of a data folder whose server is stopped, owners and all: a root's cluster belongs to somebody else."""
    subprocess.run(("cp", "-a", folder, to), check=True)
    return to


def _wait(process: "subprocess.Popen[bytes]", log: Path, sign: str) -> None:
    until = time.monotonic() + START_WITHIN
    while sign not in log.read_text("utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"The server did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.02)
