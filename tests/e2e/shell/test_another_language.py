"""Another language: a folder of words files is all it needs. Here every letter of the English words is a wide one (Ａ for A)."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Windows
from tests.e2e.site import BUSINESS_MANAGER, JANE, ROBERT, ROOT, Site, running_site
from tests.e2e.visit import PHONE, Visit

LANGUAGE = "zz"
# Where on the page is looked, and on which pages, by who opens them.
WHERE = "main"
PAGES: tuple[tuple[str | None, str], ...] = (
    (None, "/sign-in"),
    (None, "/reset"),
    (None, "/reset#used"),
    (None, "/invitation"),
    (None, "/email"),
    (ROBERT, "/account"),
    (ROBERT, "/account/security"),
    (ROBERT, "/account/email"),
    (ROBERT, "/account/sessions"),
    (ROBERT, "/account/nowhere"),
    (ROBERT, "/nowhere"),
    (JANE, "/"),
    (ROBERT, "/?view=board"),
    (JANE, "/actions"),
    (JANE, "/actions/3.6"),
    (JANE, "/my"),
    (ROBERT, "/report"),
    (JANE, "/gaps"),
    (ROBERT, "/glossary"),
    (ROBERT, "/journal"),
    (ROBERT, "/accessibility"),
    (BUSINESS_MANAGER, "/admin"),
    (BUSINESS_MANAGER, "/admin/plan"),
    (BUSINESS_MANAGER, "/admin/objectives"),
    (BUSINESS_MANAGER, "/admin/people"),
    (BUSINESS_MANAGER, "/admin/accounts"),
    (BUSINESS_MANAGER, "/admin/audit"),
)
READ = """(where) => {
  const found = [];
  for (const top of document.querySelectorAll(where)) {
    const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) found.push(texts.currentNode.data);
    for (const one of top.querySelectorAll('[aria-label], [alt], [title], [placeholder]')) {
      found.push(...['aria-label', 'alt', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''));
    }
  }
  return found;
}"""
ENGLISH = re.compile(r"[A-Za-z](?:[^Ａ-ｚ]*[A-Za-z])")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Iterator[Site]:
    """The site in a language that was made from the English words."""
    copy = tmp_path_factory.mktemp("language")
    for part in ("api", "frontend", "migrations", "seed"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    widen(copy / "frontend")
    with running_site(data_folder, root=copy, PLAN_LANGUAGE=LANGUAGE) as found:
        yield found


def widen(frontend: Path) -> None:
    script = ROOT / ".ci" / "node" / "marked.mjs"
    if not (script.parent / "node_modules" / "typescript").exists():
        pytest.fail("TypeScript is not installed: run `make types` once.", pytrace=False)
    subprocess.run(["node", script, frontend / "js", frontend / "languages" / LANGUAGE], check=True)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ('html`<td data-label="Post">${post}</td>`;', True),
        ('html`<td data-key="Post">${post}</td>`;', False),
        ("new Intl.DateTimeFormat('en-GB');", True),
        ("new Intl.NumberFormat();", True),
        ("new Intl.DateTimeFormat(LOCALE);", False),
        ("at.toLocaleDateString('en-GB');", True),
        ("at.toLocaleString();", True),
        ("a.localeCompare(b, 'en');", True),
        ("a.localeCompare(b, undefined, { numeric: true });", False),
        ("say('Nothing was changed');", True),
    ],
)
def test_what_is_of_one_language_is_found_outside_the_words_files(tmp_path: Path, line: str, is_found: bool) -> None:
    (tmp_path / "page.js").write_text(line, "utf-8")
    (tmp_path / "words.js").write_text(line, "utf-8")
    done = subprocess.run(
        ["node", ROOT / ".ci" / "node" / "copy.mjs", tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "page.js:1" in done.stdout, "words.js" in done.stdout) == (is_found, is_found, False), done


def strings(value: Any) -> Iterator[str]:
    """All that an answer says."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def said_by_the_server(visit: Visit) -> set[str]:
    """What the page was given, and the words of names in it."""
    answers = [request.response() for request in visit.asked if "/api/v1/" in request.url]
    given = {each for answer in answers if answer and answer.ok for each in strings(answer.json())}
    return given | {word for each in given if re.fullmatch(r"[A-Z]\S* [A-Z]\S*", each) for word in each.split()}


def put_together(text: str, given: set[str]) -> bool:
    """Whether it is made of what the server said: "Gordon Henderson, NELFT", "NELFT: 3 off track", the "Spring" of "Spring 2021"."""
    pieces = [each.strip() for each in re.split(r"[,:]\s|\s*\d+\s*", text)]
    return all(piece.lower() in given for piece in pieces if piece)


def english_on(visit: Visit) -> list[str]:
    """What is read in narrow letters and was not given by the server: parts of what it said, single words only as it said them."""
    given = said_by_the_server(visit)
    whole = "\n".join(given)
    pieces = {each.lower().replace("-", " ") for each in given}
    pieces |= {each.split()[0] for each in pieces if re.fullmatch(r"\w+ \d{4}", each)}
    read = {" ".join(text.split()) for text in visit.page.evaluate(READ, WHERE)}
    found = {each for text in read for each in ENGLISH.findall(text) if not re.match(r"T\d\d:", each)}
    found = {each for each in found if each not in given and not (re.search("[ .]", each) and each in whole)}
    return sorted(each for each in found if not put_together(each, pieces))


def test_the_page_before_any_script_and_the_installed_app_are_in_it(site: Site) -> None:
    page = unescape(site.http.get("/").text)
    said = [*re.findall(r">([^<>]*[^<>\s][^<>]*)<", page), *re.findall(r'name="description" content="([^"]*)"', page)]
    app = site.http.get(re.search(r'rel="manifest" href="([^"]+)"', page)[1]).json()  # type: ignore[index]
    said += [app[name] for name in ("name", "short_name", "description")] + [one["name"] for one in app["shortcuts"]]
    assert len(said) == 9
    assert [text for text in said if re.search("[A-Za-z]", text)] == []
    assert app["lang"] == LANGUAGE


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda one: one or "nobody")
def test_no_english_is_left(window: Windows, who: str | None, path: str) -> None:
    visit = window(who, size=PHONE)
    visit.open(path)
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("html")).to_have_attribute("lang", LANGUAGE)
    expect(visit.page.locator(WHERE)).to_contain_text(re.compile("[Ａ-ｚ]"))
    assert english_on(visit) == []
