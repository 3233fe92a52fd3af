"""Settings, frozen, from the environment. A missing, short or well-known secret is refused here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from api.domain.origin import as_origin
from api.domain.plan.permissions import ACCOUNT_ROLES, Role
from api.environment import SettingsError, check_secret, read_choice, read_roles, read_words, whole_number
from api.release import ENGLISH, languages

NO_SENDER = "Partnership Plan <nobody@localhost>"
TLS_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Limits:
    """How many requests a minute, counted by all workers together (API 6); 0 is no limit. An address may be an agency's.

    `guesses`: wrong passwords in five minutes, for one account and from one address (API 8.4); there is no "no limit".
    """

    caller: int = 1_200
    address: int = 12_000
    guesses: int = 10


@dataclass(frozen=True)
class Oidc:
    """An agency's directory that people may sign in through (OpenID Connect). `name` is what the button calls it.

    `second_factor`: the values of `amr` or `acr` with which it says that it asked somebody for more than a password.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    second_factor: frozenset[str] = frozenset({"mfa"})


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server that takes our letters. `tls`: "starttls", "tls" from the first byte, or "none"."""

    host: str
    port: int
    tls: str = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """How letters leave: by `server`, or without one into the folder `outbox`; None: there is no such folder either."""

    server: SmtpServer | None = None
    sender: str = NO_SENDER
    outbox: Path | None = None


@dataclass(frozen=True)
class Retention:
    """For how many days `plan retention` keeps audit events and ended sessions; `contact_days` 0: erased by hand only.

    `leavers`: whether the accounts of people who left, and tokens of agencies and makers that ended, count on until somebody ends them.
    """

    audit_days: int = 400
    session_days: int = 90
    contact_days: int = 0
    leavers: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """How one process runs. `database_url` is the web role's; `owner_url` (migrations) falls back to it.

    `replica_url` is a standby of that database, for the heavy reads; None: there is none. `public_url` is the address that people
    type, for links in mail and for passkeys; None: that of the request. `second_factor_roles` must have a second factor.
    """

    database_url: str
    secret_key: str
    previous_secret_key: str | None = None
    owner_url: str | None = None
    replica_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4
    release: str = "dev"
    language: str = ENGLISH
    secure_cookies: bool = True
    trusted_proxies: int = 0
    public_url: str | None = None
    second_factor_roles: frozenset[Role] = frozenset()
    breached_passwords: Path | None = None
    not_case_data: tuple[str, ...] = ()  # what the board knows to be none
    oidc: Oidc | None = None
    limits: Limits = Limits()
    mail: Mail = Mail()
    retention: Retention = Retention()


def data_dir(environ: Mapping[str, str]) -> Path:
    """Where the embedded database and the demonstration accounts live."""
    return Path(environ.get("DATA_DIR") or ".data").resolve()


def read_settings(
    environ: Mapping[str, str],
    *,
    database_url: str | None = None,
    owner_url: str | None = None,
    secret_key: str | None = None,
    release: str = "dev",
    factor_roles: frozenset[Role] = frozenset(ACCOUNT_ROLES),
) -> Settings:
    """Settings from the environment; the keywords stand in for what the embedded database brings. Raises SettingsError.

    `factor_roles` need a second factor where nobody says otherwise: all of them, but on the machine of who tries it.
    """
    url = database_url or environ.get("DATABASE_URL")
    if not url:
        raise SettingsError("DATABASE_URL is not set.")
    previous, replica = environ.get("SECRET_KEY_PREVIOUS"), environ.get("DATABASE_REPLICA_URL")
    language = _language(environ)
    return Settings(
        database_url=with_driver(url),
        owner_url=with_driver(owner_url or environ.get("OWNER_DATABASE_URL") or url),
        replica_url=with_driver(replica) if replica else None,
        secret_key=check_secret(environ.get("SECRET_KEY") or secret_key),
        previous_secret_key=check_secret(previous) if previous else None,
        host=environ.get("HOST") or "127.0.0.1",
        port=whole_number(environ, "PORT", 8000),
        workers=whole_number(environ, "WORKERS", 2, most=64),
        threads=whole_number(environ, "THREADS", 4, most=256),
        release=release if language == ENGLISH else f"{release}-{language}",  # its files are others
        language=language,
        secure_cookies=(environ.get("SECURE_COOKIES") or "true").lower() != "false",
        limits=_limits(environ),
        trusted_proxies=whole_number(environ, "TRUSTED_PROXIES", 0, least=0, most=5),
        public_url=_public_url(environ.get("PUBLIC_URL")),
        second_factor_roles=read_roles(environ, "SECOND_FACTOR_ROLES", factor_roles),
        breached_passwords=Path(listed) if (listed := environ.get("BREACHED_PASSWORDS")) else None,
        not_case_data=tuple(each.strip() for each in environ.get("NOT_CASE_DATA", "").split(";") if each.strip()),
        oidc=_oidc(environ),
        mail=read_mail(environ),
        retention=_retention(environ),
    )


def _language(environ: Mapping[str, str]) -> str:
    language = environ.get("PLAN_LANGUAGE") or ENGLISH
    if language not in languages():
        raise SettingsError(f"PLAN_LANGUAGE is {language!r}; the languages are {', '.join(languages())}.")
    return language


def _limits(environ: Mapping[str, str]) -> Limits:
    return Limits(
        caller=whole_number(environ, "RATE_LIMIT", Limits.caller, least=0, most=10**6),
        address=whole_number(environ, "RATE_LIMIT_ADDRESS", Limits.address, least=0, most=10**7),
        guesses=whole_number(environ, "SIGN_IN_GUESSES", Limits.guesses, most=10**4),
    )


def _retention(environ: Mapping[str, str]) -> Retention:
    return Retention(
        audit_days=whole_number(environ, "RETENTION_AUDIT_DAYS", Retention.audit_days, most=36_500),
        session_days=whole_number(environ, "RETENTION_SESSION_DAYS", Retention.session_days, most=36_500),
        contact_days=whole_number(environ, "RETENTION_CONTACT_DAYS", Retention.contact_days, least=0, most=36_500),
        leavers=read_choice(environ, "RETENTION_LEAVERS", ("keep", "end")) == "keep",
    )


def read_mail(environ: Mapping[str, str]) -> Mail:
    """How letters leave. Raises SettingsError, also when a mail server is named and its letters could not be right."""
    host, sender = environ.get("SMTP_HOST"), environ.get("MAIL_FROM")
    if sender and not _is_sender(sender):
        raise SettingsError(f"MAIL_FROM is {sender!r}; it must be like Partnership Plan <plan@example.org>.")
    if not host:
        return Mail(sender=sender or NO_SENDER, outbox=data_dir(environ) / "outbox")
    if not sender:
        raise SettingsError("SMTP_HOST is set and MAIL_FROM is not: set the address that mail comes from.")
    if not environ.get("PUBLIC_URL"):
        raise SettingsError("SMTP_HOST is set and PUBLIC_URL is not: set the address that links in mail begin with.")
    return Mail(_smtp_server(environ, host), sender)


def _smtp_server(environ: Mapping[str, str], host: str) -> SmtpServer:
    tls, user, password = (environ.get(name) for name in ("SMTP_TLS", "SMTP_USER", "SMTP_PASSWORD"))
    tls = (tls or "starttls").lower()
    if tls not in TLS_PORTS:
        raise SettingsError(f"SMTP_TLS is {tls!r}; use starttls, tls or none.")
    if bool(user) != bool(password):
        raise SettingsError("SMTP_USER and SMTP_PASSWORD go together: set both, or neither.")
    return SmtpServer(host, whole_number(environ, "SMTP_PORT", TLS_PORTS[tls]), tls, user or None, password or None)


def _is_sender(raw: str) -> bool:
    """Whether it is one plain address, with or without a name before it."""
    address = parseaddr(raw)[1]
    local, _, host = address.rpartition("@")
    return bool(local and host) and raw.isprintable() and not any(each.isspace() for each in address)


def _public_url(raw: str | None) -> str | None:
    """The address without a path: passkeys are bound to its host, links in mail begin with it, and pages come from it."""
    try:
        return as_origin(raw) if raw else None
    except ValueError as error:
        raise SettingsError(f"PUBLIC_URL is {raw!r}; make it like https://plan.example.org, without a path.") from error


_OIDC = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _oidc(environ: Mapping[str, str]) -> Oidc | None:
    """An agency's directory, or none: all four of its settings or none of them. Raises SettingsError."""
    given = {name: environ.get(name, "").strip() for name in _OIDC}
    if not any(given.values()):
        return None
    if missing := [name for name in (*_OIDC, "PUBLIC_URL") if not environ.get(name, "").strip()]:
        raise SettingsError(
            f"{', '.join(missing)} not set: sign-in through a directory needs {', '.join(_OIDC)} and PUBLIC_URL."
        )
    parts = urlsplit(given["OIDC_ISSUER"])
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.scheme == "https" or plain) or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"OIDC_ISSUER is {given['OIDC_ISSUER']!r}; it must be like https://login.council.example.")
    said = read_words(environ, "OIDC_SECOND_FACTOR", Oidc.second_factor)
    issuer, client_id, client_secret, name = (given[each] for each in _OIDC)
    return Oidc(issuer, client_id, client_secret, name, said)


def with_driver(url: str) -> str:
    """The URL with SQLAlchemy's name for psycopg 3, so that an ordinary postgresql:// URL can be pasted."""
    return re.sub("^postgres(ql)?://", "postgresql+psycopg://", url)
