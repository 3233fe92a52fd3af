"""A real streaming standby for tests, made by pg_basebackup and run by us, so that it can be killed, frozen and paused."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from api.embedded import EmbeddedPostgres
from api.embedded.account import choose_account
from api.embedded.binaries import find_binaries
from api.embedded.commands import CLEAN, Programs
from api.embedded.reach import within_reach
from api.embedded.settings import PORT
from api.embedded.sockets import socket_dir
from tests.integration.serving import wait_until

STREAMING = {"wal_level": "replica", "max_wal_senders": "4", "max_connections": "60"}


def allow_replication(folder: Path, server: EmbeddedPostgres) -> None:
    """Let a standby of this machine connect to the embedded server, which otherwise has none."""
    with (folder / "cluster" / "pg_hba.conf").open("a") as rules:
        rules.write("local replication all peer map=plan\n")
    with psycopg.connect(f"host={server.socket_dir} port={PORT} user=postgres dbname=postgres") as connection:
        connection.execute("SELECT pg_reload_conf()")


class Standby:
    """A copy of the primary in `folder`, kept up by streaming."""

    def __init__(self, folder: Path, primary: EmbeddedPostgres, primary_folder: Path) -> None:
        self.folder = folder / "standby"
        account = choose_account(primary_folder, primary_folder / "cluster")
        self.programs = Programs(within_reach(find_binaries(), account), account)
        self.folder.mkdir(mode=0o700)
        if account.dropped:
            os.chown(self.folder, account.uid, account.gid)
        self.place = self.programs.place(self.folder)
        self.sockets = socket_dir(None, account)
        self.process: subprocess.Popen[bytes] | None = None
        origin = ("--host", str(primary.socket_dir), "--port", str(PORT), "--username", "postgres")
        self.programs.run(
            "pg_basebackup", *origin, "--pgdata", self.place, "--write-recovery-conf", "--checkpoint", "fast", "--no-sync",
            cwd=self.folder,
        )  # fmt: skip

    def url(self, database: str, role: str = "plan_web") -> str:
        return f"postgresql+psycopg://{role}@/{database}?host={self.sockets}&port={PORT}"

    def ask(self, query: str) -> Any:
        """The first column of the first row, as the administrator."""
        where = f"host={self.sockets} port={PORT} user=postgres dbname=postgres connect_timeout=2"
        with psycopg.connect(where, autocommit=True) as connection:
            row = connection.execute(query.encode()).fetchone()
            return row[0] if row else None

    def start(self) -> None:
        """Start it, and return when it takes reads."""
        wait_until(self._try_to_start, 30)

    def _try_to_start(self) -> bool:
        """After a kill its old processes may still be about; then it refuses, and is started again."""
        if self.process is None or self.process.poll() is not None:
            settings = {
                "listen_addresses": "", "unix_socket_directories": self.sockets, "port": str(PORT), "fsync": "off",
                "wal_retrieve_retry_interval": "100ms", "max_standby_streaming_delay": "0", **STREAMING,
            }  # fmt: skip
            arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            self.process = subprocess.Popen(
                [self.programs.path("postgres"), "-D", self.place, *arguments],
                cwd=self.folder, env=CLEAN, umask=0o077, start_new_session=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.programs.account.identity(),
            )  # fmt: skip
        with suppress(psycopg.OperationalError):
            return self.ask("SELECT pg_is_in_recovery()") is True
        return False

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the postmaster, then to each of its processes."""
        assert self.process is not None
        for pid in [self.process.pid, *_children(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        """As when the machine loses its power."""
        assert self.process is not None
        self.signal(signal.SIGKILL)
        self.process.wait(10)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """As when the machine hangs: connections are taken by the kernel, and nobody answers."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It answers, and replays nothing."""
        self.ask("SELECT pg_wal_replay_pause()")
        wait_until(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused", 10)
        try:
            yield
        finally:
            self.ask("SELECT pg_wal_replay_resume()")

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.sockets, ignore_errors=True)


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(entry.name))
    return found


@contextmanager
def primary_and_standby(
    within: Path, prepare: Callable[[EmbeddedPostgres], Any]
) -> Iterator[tuple[EmbeddedPostgres, Standby, Any]]:
    """A primary, its running standby, and what `prepare` made in the primary before the copy was taken; in a folder of their own."""
    folder = Path(tempfile.mkdtemp(dir=within))
    folder.chmod(0o711)
    try:
        with EmbeddedPostgres(folder / "primary", settings=STREAMING) as primary:
            made = prepare(primary)
            allow_replication(folder / "primary", primary)
            standby = Standby(folder, primary, folder / "primary")
            try:
                standby.start()
                yield primary, standby, made
            finally:
                standby.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
