"""The server's workers: replaced however they die, and ended with the server (ADR 18)."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from granian.server.mp import MPServer

log = logging.getLogger("plan")

# Seconds: how long to wait before the first restart but one, the most to wait, and after how long a death is forgotten.
PAUSE, LONGEST_PAUSE, FORGOTTEN = 0.1, 2.0, 30.0
# Seconds after which a worker has shown that it can start.
PROVEN = 5.0
_PR_SET_PDEATHSIG = 1


class Workers(MPServer):
    """Granian's server, which ends when a worker dies within 5.5 s of another; this one outlives them all.

    Only workers that cannot even start, each ending by itself with an error, end it: nothing gets better by trying again then.
    """

    _deaths = 0
    _last_death = 0.0
    _proven = False
    _failed = False

    def _serve_loop(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        """Granian's loop, until somebody ends it."""
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()
            while self.interrupt_children and not self.interrupt_signal:
                if self._cannot_start(self.interrupt_children[0]):
                    self._failed = True
                    return
                self._replace(self.interrupt_children.pop(0), spawn_target, target_loader)
            if self.reload_signal and not self.interrupt_signal:
                self._reload(spawn_target, target_loader)  # type: ignore[no-untyped-call]

    def shutdown(self, exit_code: int = 0) -> None:
        """Granian's, which ends with an error also when a worker died a moment before it was told to stop."""
        try:
            super().shutdown(exit_code)  # type: ignore[no-untyped-call]
        except SystemExit:
            if self._failed or exit_code:
                raise

    def _cannot_start(self, idx: int) -> bool:
        """Whether this worker failed by itself before any had lived for a while. The exit code is 1 then."""
        now = time.monotonic()
        self._proven = self._proven or any(now - worker.birth > PROVEN for worker in self.wrks)
        code = self.wrks[idx].inner.exitcode
        if self._proven or not code or code < 0:
            return False
        sys.stderr.write("The server's workers end as soon as they start; what went wrong is above.\n")
        return True

    def _replace(self, idx: int, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        """Start another in the place of a dead worker; the first at once, the next of a row after a pause."""
        now = time.monotonic()
        self._deaths = 1 if now - self._last_death > FORGOTTEN else self._deaths + 1
        self._last_death = now
        pause = min(PAUSE * 2 ** min(self._deaths - 2, 10), LONGEST_PAUSE) if self._deaths > 1 else 0
        fields = {"exit": self.wrks[idx].inner.exitcode, "deaths": self._deaths, "pause": pause}
        log.error("worker died", extra={"fields": fields})
        while not self.interrupt_signal and (left := now + pause - time.monotonic()) > 0:
            self.main_loop_interrupt.wait(left)
            self.main_loop_interrupt.clear()
        if not self.interrupt_signal:
            self._respawn_workers([idx], spawn_target, target_loader)


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent does: an orphan would keep the port, and the database's last user."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
