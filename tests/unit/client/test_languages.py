"""The client in another language: a folder of words files, and English where it has none."""

import logging
from pathlib import Path

import pytest

from api.client.client_files import read_files, read_shell
from api.config import read_settings
from api.environment import SettingsError
from api.release import languages

ENVIRON = {"DATABASE_URL": "postgresql://plan_web@db/plan", "SECRET_KEY": "qwertyuiop-0123456789-asdfghjkl-zx"}
ENGLISH = {
    "js/words.js": "export const BACK = 'Back';",
    "js/words/updates/my.js": "export const ADD = 'Add';\nexport function count(n) {}",
    "js/main.js": "english",
}


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    for path, text in ENGLISH.items():
        put(tmp_path / path, text)
    (tmp_path / "languages" / "cy").mkdir(parents=True)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def served(frontend: Path, language: str = "cy") -> dict[str, str]:
    return {path: body.decode() for path, body in read_files(frontend, {".js"}, language).items()}


def test_a_words_file_stands_in_place_of_the_english_one(frontend: Path) -> None:
    welsh = "export const ADD = 'Ychwanegu';\nexport function count(n) {}"
    put(frontend / "languages" / "cy" / "words" / "updates" / "my.js", welsh)
    assert served(frontend) == {**ENGLISH, "js/words/updates/my.js": welsh}


def test_english_has_no_file_of_another_language(frontend: Path) -> None:
    put(frontend / "languages" / "cy" / "words.js", "export const BACK = 'Yn ôl';")
    assert served(frontend, "en") == ENGLISH


def test_nothing_but_words_is_replaced(frontend: Path) -> None:
    put(frontend / "languages" / "cy" / "main.js", "welsh")
    assert served(frontend) == ENGLISH


def test_the_words_of_the_shell_are_english_one_by_one_where_the_language_has_none(frontend: Path) -> None:
    put(frontend / "js" / "words" / "shell.json", '{"name": "Plan", "opening": "Opening…"}')
    put(frontend / "languages" / "cy" / "words" / "shell.json", '{"opening": "Yn agor…"}')
    assert read_shell(frontend, "cy") == {"__NAME__": "Plan", "__OPENING__": "Yn agor…"}
    assert read_shell(frontend) == {"__NAME__": "Plan", "__OPENING__": "Opening…"}


def test_a_file_that_lacks_a_name_is_served_in_english_and_the_log_says_which(
    frontend: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(frontend / "languages" / "cy" / "words" / "updates" / "my.js", "export const ADD = 'Ychwanegu';")
    with caplog.at_level(logging.WARNING):
        assert served(frontend) == ENGLISH
    assert "my.js lacks count" in caplog.text


def test_the_languages_are_english_and_the_folders(frontend: Path) -> None:
    assert languages(frontend) == ["en", "cy"]


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"PLAN_LANGUAGE is 'xx'; the languages are en"):
        read_settings({**ENVIRON, "PLAN_LANGUAGE": "xx"})


def test_the_release_in_another_language_has_addresses_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.config.languages", lambda: ["en", "cy"])
    marks = [read_settings({**ENVIRON, "PLAN_LANGUAGE": each}, release="0f").release for each in ("en", "cy")]
    assert marks == ["0f", "0f-cy"]
