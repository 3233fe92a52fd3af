"""Where the data may lie, whose it may be, and what is refused with a sentence that helps."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest
from embedded_helpers import (
    another_user,
    as_root,
    ask,
    embedded,
    open_folder,
    postmaster,
    prepared,
    run_python,
    server_pid,
    stand_ins,
    user_entry,
)

from api.embedded import EmbeddedError, find_binaries, reach, sockets
from api.embedded.account import choose_account

ASK = """
import subprocess, sys
from pathlib import Path
from api.embedded import EmbeddedError, EmbeddedPostgres
try:
    with EmbeddedPostgres(Path(sys.argv[1]), durable=False, timeout=20) as server:
        ask = [server.bin("psql"), "-h", server.socket_dir, "-AtU", "plan_web", "plan"]
        print(subprocess.check_output([*ask, "-c", "SELECT current_user"], text=True), end="")
except EmbeddedError as error:
    print("refused:", error)
"""


@pytest.mark.parametrize(
    "name",
    ["with some spaces", 'it\'s "quoted" $HOME `x` %s;&', "Žluťoučký kůň/日本語", "deep/" * 8 + "x" * 140],
    ids=["spaces", "quotes", "non-ascii", "long"],
)
def test_awkward_paths(tmp_path: Path, name: str) -> None:
    for _ in ("made", "started again"):
        with embedded(tmp_path / name) as server:
            assert ask(server, "SELECT current_user", "plan_web") == "plan_web"


@as_root
def test_root_runs_the_server_as_somebody_weaker(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        pid = sockets.listener_pid(str(server.socket_dir))
        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert server.socket_dir.stat().st_uid == (data / "cluster").stat().st_uid != 0


def test_folders_of_others_keep_their_modes_and_owners(tmp_path: Path) -> None:
    given = tmp_path / "closed" / "given"
    given.mkdir(parents=True)
    given.chmod(0o750)
    given.parent.chmod(0o700)
    parents = [given, *given.parents]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in parents]
    with embedded(given) as server:
        assert ask(server, "SELECT 1") == 1
    assert [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in parents] == before


@as_root
def test_ordinary_user() -> None:
    with open_folder() as folder:
        os.chown(folder, user_entry().pw_uid, user_entry().pw_gid)
        assert run_python(ASK, str(folder / "data"), user="nobody") == "plan_web\n"
        assert run_python(ASK, str(folder / "data"), user="nobody") == "plan_web\n"
        assert (folder / "data" / "cluster").stat().st_uid == user_entry().pw_uid


@as_root
def test_root_joins_and_follows_an_ordinary_user() -> None:
    with open_folder() as folder:
        os.chown(folder, user_entry().pw_uid, user_entry().pw_gid)
        with another_user(folder / "data", user="nobody") as user:
            pid = server_pid(user)
            with embedded(folder / "data") as server:
                assert postmaster(server) == pid
                assert ask(server, "SELECT current_user", "postgres") == "postgres"
        with embedded(folder / "second") as server:
            assert ask(server, "SELECT 1") == 1
        assert run_python(ASK, str(folder / "second"), user="nobody") == "plan_web\n"


@as_root
def test_ordinary_user_is_refused_what_is_not_theirs() -> None:
    with open_folder() as folder:
        with embedded(folder / "data"):
            pass
        assert "refused: The data folder" in run_python(ASK, str(folder / "data"), user="nobody")
        assert "refused: Cannot make the data folder" in run_python(ASK, str(folder / "new"), user="nobody")


@as_root
def test_account_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_OS_USER", "nobody")
    assert choose_account(tmp_path, tmp_path / "cluster").name == "nobody"
    monkeypatch.setenv("PG_OS_USER", "root")
    with pytest.raises(EmbeddedError, match="PG_OS_USER"):
        choose_account(tmp_path, tmp_path / "cluster")


@as_root
def test_programs_below_a_closed_folder_are_copied_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as copies:
        monkeypatch.setattr(reach, "COPIES", copies / "programs")
        real = find_binaries()
        tmp_path.chmod(0o700)
        package = tmp_path / "site" / real.parents[1].name
        shutil.copytree(real.parent, package / real.parent.name)
        libraries = real.parents[1].with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, package.with_name(libraries.name))
        monkeypatch.setenv("PG_BIN", str(package))
        with embedded(tmp_path / "data") as server:
            assert ask(server, "SELECT 1") == 1
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
        assert len(list((copies / "programs").iterdir())) == 1


@pytest.mark.parametrize("trap", ["link", "open", pytest.param("foreign", marks=as_root)])
def test_socket_folder_that_was_tampered_with_is_not_used(tmp_path: Path, trap: str) -> None:
    data = prepared(tmp_path)
    with embedded(data) as server:
        old = server.socket_dir
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    if trap == "link":
        old.symlink_to(elsewhere)
    else:
        old.mkdir(mode=0o755 if trap == "open" else 0o700)
        if os.geteuid() == 0:
            owner = (data / "cluster").stat().st_uid
            os.chown(old, owner if trap == "open" else owner + 1, -1)
    try:
        with embedded(data) as server:
            assert server.socket_dir != old
            assert json.loads((data / "state.json").read_text())["socket_dir"] != str(old)
    finally:
        old.unlink() if trap == "link" else old.rmdir()


def test_cluster_of_another_major_version(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data):
        pass
    (data / "cluster" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 15, these programs are"):
        embedded(data).start()


def test_plain_postgresql_folder_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("18\n")
    with pytest.raises(EmbeddedError, match="is itself a PostgreSQL data folder"):
        embedded(tmp_path).start()


def test_cluster_folder_without_a_cluster(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "cluster", user_entry().pw_uid, -1)
    with pytest.raises(EmbeddedError, match="not a PostgreSQL cluster"):
        embedded(tmp_path).start()


def test_server_that_does_not_start_shows_its_log(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with pytest.raises(EmbeddedError, match=r"(?s)did not start.*invalid value.*banana"):
        embedded(data, settings={"shared_buffers": "banana"}).start()
    with embedded(data) as server:
        assert ask(server, "SELECT 1") == 1


def test_damaged_cluster_shows_the_log(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    with embedded(data):
        pass
    (data / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedError, match=r"(?s)did not start.*could not (find|open).*"):
        embedded(data).start()


def test_disk_that_fills_up_while_the_cluster_is_made(tmp_path: Path) -> None:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n{ASK}"
    output = run_python(limited, str(tmp_path / "data"))
    assert "refused: initdb failed" in output
    assert "File size limit" in output or "signal" in output or "too large" in output
    assert not list((tmp_path / "data").glob("cluster*"))


def test_set_up_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder, monkeypatch.context() as patched:
        failing = 'case "$*" in *exit_on_error*) echo "No space left on device" >&2; exit 1;; esac; exec "$REAL/postgres" "$@"'
        patched.setenv("PG_BIN", str(stand_ins(folder / "bin", postgres=failing)))
        with pytest.raises(EmbeddedError, match="No space left on device"):
            embedded(folder / "data").start()
        assert not list((folder / "data").glob("cluster*"))


def test_no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("api.embedded.binaries.WHEEL", "no_such_wheel")
    with pytest.raises(EmbeddedError, match=r"partnership-plan\[embedded\].*PG_BIN.*DATABASE_URL"):
        find_binaries()
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match="lacks initdb, postgres"):
        find_binaries()
