# noqa: INP001 -- a script, not a package
"""Writes sbom.cdx.json (CycloneDX 1.6): what it runs on, from the lock file with its hashes, and the client's vendored libraries."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[1]
OUT = ROOT / "sbom.cdx.json"
LOCK = ROOT / ".requirements" / "run.txt"
VENDOR = ROOT / "frontend" / "vendor"
MAIN = "root-component"

Json = dict[str, Any]


def locked() -> Json:
    """What cyclonedx-py makes of the lock file: every package of every platform, with the hashes of its files."""
    command = (
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "cyclonedx_py",
        "requirements",
        str(LOCK),
        "--pyproject",
        "pyproject.toml",
    )
    more = ("--spec-version", "1.6", "--output-reproducible", "--output-file", "-")
    made = subprocess.run((*command, *more), cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    document: Json = json.loads(made.stdout)
    return document


def without_hosts(document: Json) -> Json:
    """The same without the address of any registry: a package is named by its purl, and its files by their hashes."""
    for tool in document["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    for component in document["components"]:
        component["bom-ref"] = component["purl"]
        component.pop("description", None)
        for reference in component["externalReferences"]:
            reference.pop("comment", None)
            reference["url"] = component["purl"]
    return document


def vendored() -> list[Json]:
    """The libraries of MANIFEST.txt, each with the files that we serve of it."""
    found: dict[str, Json] = {}
    for line in (VENDOR / "MANIFEST.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, sha256, _size, package, licence = line.split()
            component = found.setdefault(package, library(package, licence))
            component["components"].append(
                {"type": "file", "name": f"frontend/vendor/{name}", "hashes": [{"alg": "SHA-256", "content": sha256}]}
            )
    return list(found.values())


def library(package: str, licence: str) -> Json:
    """A component for a package of npm."""
    name, _, version = package.rpartition("@")
    scope, _, short = name.rpartition("/")
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    whose = {"group": scope} if scope else {}
    licences = [{"license": {"id": licence}}]
    return {
        "type": "library", "bom-ref": purl, **whose, "name": short, "version": version, "purl": purl,
        "licenses": licences, "components": [],
    }  # fmt: skip


def build() -> str:
    """The whole document, valid. Raises ValueError."""
    document = without_hosts(locked())
    document["components"] += vendored()
    refs = [each["bom-ref"] for each in document["components"]]
    document["dependencies"] = [{"ref": MAIN, "dependsOn": refs}, *({"ref": each} for each in refs)]
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(f"The SBOM is not valid: {wrong}")
    return text


def main() -> int:
    """Write it where the first argument says, or beside the Makefile."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    text = build()
    out.write_text(text, "utf-8")
    sys.stdout.write(f"{out.name}: {len(json.loads(text)['components'])} components\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
