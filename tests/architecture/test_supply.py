"""What it is made of: the SBOM is valid, whole and names no host; the audit never calls "not asked" "nothing found"."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    subprocess.run((sys.executable, str(ROOT / ".ci" / "sbom.py"), str(out)), check=True, capture_output=True)
    return out.read_text("utf-8")


@pytest.fixture(scope="module")
def components(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["components"]
    return found


def test_it_is_cyclonedx_1_6(text: str) -> None:
    assert json.loads(text)["specVersion"] == "1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_every_locked_package_is_in_it_with_its_hashes(components: list[dict[str, Any]]) -> None:
    lock = (ROOT / ".requirements" / "run.txt").read_text("utf-8")
    told = {each["purl"]: each for each in components if each["purl"].startswith("pkg:pypi/")}
    assert {f"pkg:pypi/{each.replace('==', '@')}" for each in script("audit").locked()} == {
        purl.partition("?")[0] for purl in told
    }
    hashes = [one["content"] for each in told.values() for ref in each["externalReferences"] for one in ref["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock))


def test_every_vendored_file_is_in_it_with_its_hash_and_licence(components: list[dict[str, Any]]) -> None:
    manifest = [line.split() for line in (ROOT / "frontend/vendor/MANIFEST.txt").read_text().splitlines()]
    wanted = {(f"frontend/vendor/{row[0]}", row[1], row[4]) for row in manifest if row and row[0] != "#"}
    found = {
        (file["name"], file["hashes"][0]["content"], each["licenses"][0]["license"]["id"])
        for each in components
        for file in each.get("components", [])
    }
    assert found == wanted


def test_it_names_no_host_and_no_path_of_a_machine(text: str) -> None:
    assert set(re.findall(r"\w+://[^/\"]+", text)) <= {"http://cyclonedx.org"}
    assert str(ROOT) not in text


WEAK = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]}
FINE = {"name": "b", "version": "2", "vulns": []}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code"),
    [([FINE], 0), ([FINE, WEAK], 1), ([WEAK, SKIPPED], 1), ([FINE, SKIPPED], 3), ([], 3), (None, 3)],
    ids=["none known", "some", "some, and some not asked", "some not asked", "nothing", "no answer"],
)
def test_the_audit_s_exit_code(found: list[dict[str, Any]] | None, code: int) -> None:
    assert script("audit").judge(found)[0] == code


def test_what_could_not_be_asked_is_listed() -> None:
    _, lines = script("audit").judge([SKIPPED])
    assert "could not be made" in lines[0]
    assert lines[1:] == script("audit").locked()
    assert len(lines) > 30
