"""What need not be waited for: done after the answer, one thing after the other, by one thread of each process."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from flask import Flask, current_app

from api.patience import REQUEST, at_most

log = logging.getLogger("plan")

MOST_WAITING = 200


class Background:
    """The thread and what waits for it. It begins with the first job, so a worker that is forked later has its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(1, "plan-background")
        self._room = BoundedSemaphore(MOST_WAITING)

    def add(self, job: Callable[[], object]) -> None:
        """Do this later, in the app's context. With too much waiting already it is left, and the log says so."""
        if self._room.acquire(blocking=False):
            self._pool.submit(self._run, job)
        else:
            log.error("too much waits to be done", extra={"fields": {"waiting": MOST_WAITING}})

    def _run(self, job: Callable[[], object]) -> None:
        try:
            with self._app.app_context(), at_most(REQUEST):
                job()
        except Exception as error:  # noqa: BLE001 -- a job is nobody's request; its words and addresses stay out of the log
            log.error("background job failed", extra={"fields": {"error": type(error).__name__}})  # noqa: TRY400
        finally:
            self._room.release()

    def close(self) -> None:
        """Finish what waits, and take no more."""
        self._pool.shutdown(wait=True)

    def wait(self) -> None:
        """Until what was added is done."""
        self._pool.submit(lambda: None).result()


def later(job: Callable[[], object]) -> None:
    """Do this after the answer."""
    background: Background = current_app.extensions["plan_background"]
    background.add(job)
