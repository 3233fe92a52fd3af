"""The server: granian's workers, forked from a parent that has loaded everything, so that they start at once."""

import json
import os
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels

from api.app import create_app
from api.config import Settings
from api.environment import SettingsError
from api.http.limits import Counters
from api.http.messages import logs
from api.workers import Workers, end_with

STOP_WITHIN = 10
# How many requests may wait for their turn in each worker and still leave a thread for health (http/turns.py).
WAITING = 60


def check_port(settings: Settings) -> None:
    """Raise SettingsError when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"Port {settings.port} is in use (or not allowed: {error.strerror}). Choose another, for example PORT=8001."
            ) from error


def serve(settings: Settings, *, log_path: str | None = None) -> None:
    """Serve the API and the client until SIGINT or SIGTERM; say where, once it answers.

    The app is made once, here: what is wrong with the settings is said before a worker is started, and a worker that takes
    another's place has nothing to do before it answers.
    """
    try:
        logs.set_up(log_path)
    except OSError as error:
        raise SettingsError(f"The log cannot be written to {log_path}: {error.strerror}.") from error
    app = create_app(settings, counters=Counters())
    parent = os.getpid()

    def load(_target: str) -> Any:
        end_with(parent)
        return app

    # A process, not a thread: a worker forked while another thread imports a module would wait for that import for ever.
    get_context("fork").Process(target=_announce, args=(settings, parent), daemon=True).start()
    make_server(settings).serve(target_loader=load)


def make_server(settings: Settings) -> Any:
    """The server as it is set up; what it serves comes with `target_loader`."""
    return Workers(
        "api.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads + WAITING,
        backlog=1024,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_WITHIN,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        websockets=False,
    )


def _announce(settings: Settings, parent: int) -> None:
    """Print the address when it answers, and not before."""
    end_with(parent)
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 -- compared, not bound
    for _ in range(600):
        try:
            connection = HTTPConnection(host, settings.port, timeout=2)
            connection.request("GET", "/api/v1/health/live")
            if connection.getresponse().status == 200:
                break
        except (OSError, HTTPException):
            time.sleep(0.02)
    else:
        print("The server did not answer; see the log.", file=sys.stderr, flush=True)
        return
    print(f"Partnership Plan answers at http://{host}:{settings.port}/", flush=True)
    _warn(HTTPConnection(host, settings.port, timeout=5))


def _warn(connection: HTTPConnection) -> None:
    """Say at the start what is in the way of being ready; it may pass, so the server goes on."""
    connection.request("GET", "/api/v1/health/ready")
    answer = connection.getresponse()
    if answer.status != 200:
        print(f"It is not ready: {json.loads(answer.read())['detail']}", file=sys.stderr, flush=True)
