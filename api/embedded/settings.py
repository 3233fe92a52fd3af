"""How the server is set up: the settings, and who may connect as whom."""

from collections.abc import Iterable, Mapping

ROLES = ("postgres", "plan_owner", "plan_web")
PORT = 5432

HBA = "# Only through the socket, only accounts named in pg_ident.conf.\nlocal all all peer map=plan\n"

SMALL = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] ",
    # The server's own life only. What people wrote must not reach a log, neither as a statement
    # nor inside an error; the application reports its errors itself.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
SWITCHES = ("fsync", "full_page_writes", "synchronous_commit")


def server_settings(*, durable: bool, socket_dir: str, extra: Mapping[str, str]) -> dict[str, str]:
    """All settings of one start; `extra` has the last word, except on durability."""
    switch = "on" if durable else "off"
    return {
        **SMALL,
        **({} if durable else {"wal_level": "minimal", "max_wal_senders": "0"}),
        **extra,
        **dict.fromkeys(SWITCHES, switch),
        "unix_socket_directories": socket_dir,
    }


def as_arguments(settings: Mapping[str, str]) -> list[str]:
    """Turn the settings into arguments of `postgres`; these win over any file in the cluster."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def ident_file(accounts: Iterable[str]) -> str:
    """pg_ident.conf: each account may connect as each of our roles."""
    pairs = [(account, role) for account in accounts for role in ROLES]
    return "".join(f'plan "{account}" {role}\n' for account, role in pairs)
