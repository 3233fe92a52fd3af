"""From a data folder to a server that takes connections: made, started or joined."""

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.embedded.account import choose_account
from api.embedded.binaries import find_binaries
from api.embedded.cluster import ensure_cluster, write_access
from api.embedded.commands import Programs
from api.embedded.errors import EmbeddedError
from api.embedded.keeper import Order, start_keeper
from api.embedded.layout import Layout, State
from api.embedded.locks import PAUSE, is_locked, opened
from api.embedded.process import forget_dead_server, is_ready, is_running, refuse_foreign_server
from api.embedded.reach import within_reach
from api.embedded.settings import as_arguments, server_settings
from api.embedded.sockets import check_private, socket_dir


@dataclass(frozen=True)
class Wish:
    """What the one who starts the server wants of it."""

    durable: bool
    settings: Mapping[str, str] = field(default_factory=dict)


def bring_up(layout: Layout, wish: Wish, *, start_fd: int, deadline: float) -> str:
    """Give the socket folder of a server that takes connections, under the caller's start lock."""
    account = choose_account(layout.root, layout.cluster)
    programs = Programs(within_reach(find_binaries(), account), account)
    ensure_cluster(layout, programs, lock=start_fd, durable=wish.durable)
    with opened(layout.server_lock) as server_fd:
        state = _start_or_join(layout, programs, wish, server_fd, deadline)
    check_private(Path(state.socket_dir), programs.account)
    if wish.durable and not state.durable:
        raise EmbeddedError(f"The server on {layout.root} runs without fsync (durable=False).")
    if not is_locked(layout.keeper_lock):
        _keeper(layout, Order(str(layout.root), state.socket_dir, [], {}))
    return state.socket_dir


def _start_or_join(layout: Layout, programs: Programs, wish: Wish, server_fd: int, deadline: float) -> State:
    """Wait until the server is ready; start one when none runs, also if it dies while we wait."""
    launched = False
    while True:
        if not is_running(server_fd):
            if launched:
                _clear_socket_dir(layout)
                raise EmbeddedError(f"The server did not start:\n{layout.log_tail()}")
            _launch(layout, programs, wish)
            launched = True
        state = layout.read_state()
        if state and is_ready(layout, state.socket_dir, programs):
            return state
        if time.monotonic() > deadline:
            raise EmbeddedError(f"The server is not ready in time:\n{layout.log_tail()}")
        time.sleep(PAUSE)


def _clear_socket_dir(layout: Layout) -> None:
    """Leave no folder behind for a server that did not come up."""
    state = layout.read_state()
    if state:
        shutil.rmtree(state.socket_dir, ignore_errors=True)


def _launch(layout: Layout, programs: Programs, wish: Wish) -> None:
    """Start a keeper that starts the server; it is not ready yet on return."""
    refuse_foreign_server(layout)
    write_access(layout, programs)
    old = layout.read_state()
    known = old.socket_dir if old and old.data_id == layout.data_id() else None
    folder = socket_dir(known, programs.account)
    forget_dead_server(layout, folder)
    layout.write_state(State(folder, layout.data_id(), wish.durable))
    settings = server_settings(durable=wish.durable, socket_dir=folder, extra=wish.settings)
    place = programs.place(layout.cluster)
    command = [programs.path("postgres"), "-D", place, *as_arguments(settings)]
    _keeper(layout, Order(str(layout.root), folder, command, programs.account.identity()))


def _keeper(layout: Layout, order: Order) -> None:
    log_fd = layout.open_log()
    try:
        start_keeper(order, log_fd)
    except EmbeddedError as error:
        raise EmbeddedError(f"{error}\n{layout.log_tail()}") from error
    finally:
        os.close(log_fd)
