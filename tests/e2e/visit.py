"""A page under watch: whatever the browser complains of, and the test did not announce, fails the test."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Route, expect

from tests.e2e.site import Site

PHONE = (390, 844)
TABLET = (820, 1180)
DESK = (1440, 900)
SIZES = {"phone": PHONE, "tablet": TABLET, "desk": DESK}
PATIENCE = 15_000


def hold(held: list[Route]) -> Callable[[Route], None]:
    """Keep requests waiting until the test lets them go."""

    def keep(route: Route) -> None:
        held.append(route)

    return keep


def first_of(held: list[Route], page: Page) -> Route:
    """The first request that is held: the page may say that it sends before it is here."""
    until = monotonic() + PATIENCE / 1000
    while not held and monotonic() < until:
        page.wait_for_timeout(20)
    return held[0]


@dataclass
class Visit:
    """One person's window on the site."""

    site: Site
    context: BrowserContext
    page: Page
    announced: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def announce(self, *patterns: str) -> None:
        """Say which complaints this test brings about itself: regular expressions."""
        self.announced += patterns

    def unannounced(self) -> list[str]:
        return [one for one in self.troubles if not any(re.search(pattern, one) for pattern in self.announced)]

    def watch(self, page: Page) -> None:
        """Note everything that goes wrong on a page, and everything it asks for."""
        page.set_default_timeout(PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        self.asked.append(request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        # ERR_ABORTED is the browser giving up a request of a page that was left.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"request failed: {request.failure} {request.method} {request.url}")

    def open(self, path: str) -> None:
        """Go to an address and wait until the page shows what it is about."""
        answer = self.page.goto(self.site.url + path)
        if answer and answer.status == HTTPStatus.NOT_FOUND:  # the page says it too, and the browser complains
            self.announce(rf"status of 404 .*{re.escape(answer.url)}")
        self.ready()

    def ready(self) -> None:
        """Wait for a heading that is not the one of loading."""
        expect(self.page.locator("h1").first).not_to_have_text(re.compile("Opening the plan"))
        expect(self.page.locator(".ghosts")).to_have_count(0)

    def keeps_a_copy(self) -> None:
        """Use the page, and wait until the plan is kept for when the server is away."""
        self.page.keyboard.press("Shift")
        self.page.wait_for_function("() => localStorage.getItem('kept-plan') !== null")

    def size(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def sign_in(self, name: str) -> None:
        """Fill in the sign-in form, as somebody does."""
        self.page.get_by_label("E-mail address").fill(self.site.email_of(name))
        self.page.get_by_label("Password", exact=True).fill(self.site.password_of(name))
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    # The form of one action.

    @property
    def words(self) -> Locator:
        return self.page.get_by_label("What has happened since the last update?")

    @property
    def post_button(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^Post (update|mine after theirs)$"))

    @property
    def box(self) -> Locator:
        """What the form says about the post."""
        return self.page.get_by_role("group", name="About your update")

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_role("region", name="Progress").get_by_role("listitem")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".notice")

    def write(self, text: str, rating: str | None = "On track") -> None:
        """Fill in the form, without posting."""
        self.words.fill(text)
        if rating:
            self.page.get_by_role("radio", name=re.compile(f"^{rating}")).check()

    def expect_posted(self, number: str) -> None:
        expect(self.notice).to_have_text(f"Update posted on {number}")

    # Trouble, made by the test.

    def answer(
        self, pattern: str, status: int, code: str, times: int = sys.maxsize, *, reads: bool = False, **more: Any
    ) -> list[str]:
        """Answer what the page sends (or `reads`) in the server's place; `times` requests, or all. Returns their bodies."""
        bodies: list[str] = []

        def reply(route: Route) -> None:
            if (route.request.method == "GET") != reads or len(bodies) >= times:
                return route.fallback()
            bodies.append(route.request.post_data or "")
            problem = {
                "type": f"/problems/{code}",
                "title": code,
                "status": status,
                "detail": code,
                "code": code,
                **more,
            }
            return route.fulfill(status=status, json=problem, content_type="application/problem+json")

        self.page.route(pattern, reply)
        return bodies

    def lose(self, pattern: str, method: str = "GET") -> None:
        """Let the server do what it is asked, and lose its answer."""

        def drop(route: Route) -> None:
            if route.request.method != method:
                return route.fallback()
            route.fetch()
            return route.abort()

        self.page.route(pattern, drop, times=1)

    def cut(self, pattern: str = "**/api/**") -> None:
        """The server is away: requests that match get no answer at all."""
        self.announce(r"net::ERR_FAILED")
        self.page.route(pattern, lambda route: route.abort())

    def mend(self) -> None:
        """End all trouble."""
        self.page.unroute_all(behavior="wait")

    def back_online(self) -> None:
        """The network is there again, and the page has noticed: it has read the plan."""
        with self.page.expect_response(re.compile(r"/api/v1/plans/[^/?]+$")):
            self.context.set_offline(False)


def put_cookies(context: BrowserContext, page: Page, cookies: list[dict[str, Any]]) -> None:
    """By the browser's own protocol: add_cookies gives every cookie a domain, which a __Host- cookie may not have."""
    cdp = context.new_cdp_session(page)
    for cookie in cookies:
        assert cdp.send("Network.setCookie", {**cookie, "path": "/"})["success"], cookie["name"]
    cdp.detach()


@contextmanager
def visiting(
    browser: Browser, site: Site, who: str | None = None, size: tuple[int, int] = DESK, **options: Any
) -> Iterator[Visit]:
    """A window of its own, signed in as somebody or as a stranger."""
    cookies = options.pop("cookies", None)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB", **options)
    try:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if who:
            put_cookies(context, page, cookies or site.cookies_of(who))
        visit = Visit(site, context, page)
        visit.watch(page)
        yield visit
    finally:
        context.close()
