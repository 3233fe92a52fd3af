"""The manifest beside a dump: which file it is, when and by which release it was made, and what it holds."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from api.backup.errors import BackupError
from api.backup.facts import Facts


@dataclass(frozen=True)
class Manifest:
    """What is known of a dump; `made_at` is UTC as RFC 3339, `size` in bytes."""

    file: str
    sha256: str
    size: int
    made_at: str
    release: str
    facts: Facts


def manifest_path(dump: Path) -> Path:
    """Where the manifest of a dump is."""
    return dump.with_name(f"{dump.name}.json")


def describe(dump: Path, name: str, made_at: datetime, release: str, facts: Facts) -> Manifest:
    """The manifest of a dump that is whole, under the name that it will have."""
    stamp = made_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Manifest(name, _sha256(dump), dump.stat().st_size, stamp, release, facts)


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write it for its owner only, and to the disk."""
    told = {name: value for name, value in vars(manifest).items() if name != "facts"}
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({**told, **manifest.facts.as_json()}, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read_checked(dump: Path) -> Manifest:
    """The manifest of a dump whose bytes are what it says. Raises BackupError."""
    if not dump.is_file():
        raise BackupError(f"There is no file {dump}.")
    manifest = _read(manifest_path(dump))
    size = dump.stat().st_size
    if size != manifest.size:
        raise BackupError(f"{dump} is not whole: it has {size} bytes, its manifest says {manifest.size}.")
    if _sha256(dump) != manifest.sha256:
        raise BackupError(f"{dump} was changed since it was made: its SHA-256 is not that of its manifest.")
    return manifest


def _read(path: Path) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        # What a newer release says beside is of no use to this one.
        facts = Facts(**{name: told[name] for name in Facts.__dataclass_fields__ if name in told})
        known = {name: told[name] for name in Manifest.__dataclass_fields__ if name in told}
        return Manifest(**known, facts=facts)
    except FileNotFoundError as error:
        raise BackupError(
            f"There is no manifest {path}; keep it beside the dump, nothing can be checked without it."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{path} is not a manifest of plan backup: {error!r}.") from error


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error}.") from error
