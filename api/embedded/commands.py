"""Running PostgreSQL's programs: as the right account, in a clean environment."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.embedded.account import Account
from api.embedded.errors import EmbeddedError

CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
HERE = "/proc/self/cwd"


@dataclass(frozen=True)
class Programs:
    """The binaries together with the account that runs them."""

    folder: Path
    account: Account

    def path(self, name: str) -> str:
        """Give the full path of one program."""
        return str(self.folder / name)

    def run(self, name: str, *arguments: str, cwd: Path, text: str = "", keep: Sequence[int] = ()) -> str:
        """Run to the end and give its output; EmbeddedError with the output's tail if it fails.

        `keep` are descriptors that the program holds too: a lock then outlives our own end.
        """
        try:
            done = subprocess.run(
                [self.path(name), *arguments],
                input=text, capture_output=True, encoding="utf-8", errors="replace", check=False,
                cwd=cwd, env=CLEAN, umask=0o077, start_new_session=True, pass_fds=keep, timeout=120,
                **self.account.identity(),
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EmbeddedError(f"{name} could not run as {self.account.name}: {error}.") from error
        if done.returncode:
            tail = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
            raise EmbeddedError(f"{name} failed with code {done.returncode}:\n{tail}")
        return done.stdout

    def place(self, folder: Path) -> str:
        """How the server is told of a folder that it is started in.

        Where root started us below folders that the server's account may not enter (/root), the
        folder is handed over as the working folder and no one's mode is changed.
        """
        if self.account.may_reach(folder):
            return str(folder)
        if Path(HERE).exists():
            return HERE
        raise EmbeddedError(
            f"The account {self.account.name} cannot reach {folder}: a folder above it is closed."
            " Put the data elsewhere, open that folder (chmod o+x), or set PG_OS_USER."
        )
