"""The pictures of the README, from the real server after posts by the demonstration people.

`make screenshots` puts them into docs/images; an ordinary run makes them in passing and looks that they show something.
"""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import GLORIA, GORDON, JANE, LUCY, PIPPA, Site
from tests.e2e.visit import DESK, PHONE, Visit

MOST = 256 * 1024
POSTS = (
    (PIPPA, "1.1", "G", "The pathway was agreed by the NELFT and Early Help boards. Training of the duty teams begins next month."),
    (PIPPA, "1.4", "G", "Two group programmes are running in schools; forty families have been referred."),
    (PIPPA, "1.6", "A", "Three of the five schools have signed up. The STAR service is one post short until spring."),
    (GORDON, "1.2", "G", "The audit tool is agreed between the three boroughs."),
    (GLORIA, "2.3", "G", "The seven-minute briefing went to all teams; 120 practitioners attended the sessions."),
    (GLORIA, "2.4", "A", "The toolkit is drafted. Consultation with schools runs two weeks late."),
    (JANE, "3.6", "R", "Two of five partners have answered. The question is on the agenda of the next executive."),
    (JANE, "3.7", "G", "The joint working group has met and shared its data."),
    (LUCY, "3.5", "G", "Data from Early Help and the MASH have been matched. Court data follow next week."),
    (LUCY, "3.4", "A", "The monthly deep-dive for September is late: one analyst post is vacant until January.\n\nNext month's is on time."),
    (JANE, "4.6", "G", "Attendance of children with a social worker is reviewed every Friday."),
    (GLORIA, "5.5", "G", "The workshop was held; 34 officers attended."),
    (GORDON, "5.2", "G", "The first session is in the training calendar."),
    (GLORIA, "6.2", "G", "The partnership has applied to take part."),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _a_plan_in_use(site: Site) -> None:
    for who, number, rating, text in POSTS:
        posted = site.as_(who).post(number, text, rating)
        if (who, number) == (LUCY, "3.5"):
            site.as_(JANE).acknowledge(posted["id"])
    site.as_(GLORIA).post("5.5", "All CAIT officers have now been trained.", claim="delivered")


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    chosen = request.config.getoption("--screenshots", default=None)
    found = Path(chosen) if chosen else tmp_path
    found.mkdir(parents=True, exist_ok=True)
    return found


def take(visit: Visit, path: Path, size: tuple[int, int]) -> None:
    """Take the picture, and look at it: its size, its weight, and that it is not one colour."""
    visit.page.evaluate("document.fonts.ready")
    visit.page.mouse.move(0, 0)
    visit.page.screenshot(path=path, animations="disabled", caret="hide")
    picture = path.read_bytes()
    assert struct.unpack(">II", picture[16:24]) == size
    assert len(picture) < MOST
    assert len(set(pixels(picture))) > 100


def pixels(picture: bytes) -> bytes:
    """The unpacked data of a PNG."""
    packed, at = b"", 8
    while at < len(picture):
        length = struct.unpack(">I", picture[at : at + 4])[0]
        if picture[at + 4 : at + 8] == b"IDAT":
            packed += picture[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(packed)


def test_the_overview_at_a_desk(window: Windows, folder: Path) -> None:
    jane = window(JANE, size=DESK)
    jane.open("/")
    expect(jane.page.locator(".objective")).to_have_count(6)
    take(jane, folder / "overview-desk.png", DESK)


def test_the_overview_on_a_phone(window: Windows, folder: Path) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/")
    expect(lucy.page.locator(".objective")).to_have_count(6)
    take(lucy, folder / "overview-phone.png", PHONE)


def test_one_action_on_a_phone(window: Windows, folder: Path) -> None:
    lucy = window(LUCY, size=PHONE)
    lucy.open("/actions/3.4")
    expect(lucy.timeline.first).to_contain_text("The monthly deep-dive")
    take(lucy, folder / "action-phone.png", PHONE)
