"""What lies where in the data folder, and how it is written."""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from api.embedded.errors import EmbeddedError
from api.embedded.locks import give_to_owner

LOG_LIMIT = 5_000_000
TAIL = 12


@dataclass(frozen=True)
class State:
    """What the one who starts the server leaves for those who join it."""

    socket_dir: str
    data_id: str
    durable: bool


@dataclass(frozen=True)
class Layout:
    """The data folder. Ours: locks, log, state. The server's: `cluster`, its own data folder."""

    root: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data folder; it exists only when it is whole."""
        return self.root / "cluster"

    @property
    def start_lock(self) -> Path:
        """Held alone while somebody makes or starts the server."""
        return self.root / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every user of the server; held alone by the one who stops it."""
        return self.root / "users.lock"

    @property
    def stop_lock(self) -> Path:
        """Held alone by one who leaves, so that of two the second sees that it is the last."""
        return self.root / "stop.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server's processes themselves: held means running, whatever a pid says."""
        return self.root / "server.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper, which stops the server when its users are gone."""
        return self.root / "keeper.lock"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.root / "server.log"

    def make(self) -> None:
        """Create the data folder if it is missing; a folder that exists keeps its mode and owner.

        Raises EmbeddedError when it cannot be made or is somebody's plain PostgreSQL folder.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self._make_root()
        except OSError as error:
            raise EmbeddedError(f"Cannot make the data folder {self.root}: {error}.") from error
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise EmbeddedError(f"The data folder {self.root} is not ours to write in.")
        if (self.root / "PG_VERSION").exists():
            raise EmbeddedError(
                f"{self.root} is itself a PostgreSQL data folder, not one of ours. Give a new folder"
                " and restore a dump into it."
            )

    def _make_root(self) -> None:
        """Make the folder itself; one that root makes in somebody's folder is that somebody's."""
        with suppress(FileExistsError):
            self.root.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
            above = self.root.parent.stat()
            if os.geteuid() == 0 and above.st_uid != 0:
                os.chown(self.root, above.st_uid, above.st_gid, follow_symlinks=False)

    def data_id(self) -> str:
        """Tells this folder from a copy of it."""
        found = self.root.stat()
        return f"{found.st_dev}:{found.st_ino}"

    def read_state(self) -> State | None:
        """Read what the last start left; None when there is nothing readable."""
        try:
            return State(**json.loads((self.root / "state.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: State) -> None:
        """Leave word for those who join."""
        self.write(self.root / "state.json", json.dumps(asdict(state)), owner=None)

    def write(self, target: Path, text: str, owner: tuple[int, int] | None) -> None:
        """Replace a file whole. It is made in our own folder and moved, so no link is followed."""
        made = self.root / f".{secrets.token_hex(8)}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(made, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            if owner:
                os.fchown(file.fileno(), *owner)
            else:
                give_to_owner(file.fileno(), self.root)
        made.replace(target)

    def open_log(self) -> int:
        """Give a descriptor to append to the log; put a log that grew too long aside first."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        fd = os.open(self.log, flags, 0o600)
        give_to_owner(fd, self.root)
        return fd

    def log_tail(self) -> str:
        """Give the last lines of the log, for an error message."""
        try:
            lines = self.log.read_text("utf-8", "replace").splitlines()
        except OSError as error:
            return f"(no log: {error})"
        return "\n".join(lines[-TAIL:])
