"""Reading one setting from the environment; what is wrong with it is said."""

from collections.abc import Iterable, Mapping, Sequence

from api.domain.plan.permissions import ACCOUNT_ROLES, Role

SHORTEST_SECRET = 32
_WELL_KNOWN = ("changeme", "change-me", "secret", "password", "development", "example", "default")


class SettingsError(Exception):
    """The environment cannot be used as it is; the message says what to set."""


def whole_number(environ: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int = 65535) -> int:
    """A whole number from the environment, between two bounds. Raises SettingsError."""
    raw = environ.get(name) or str(default)
    if not raw.isdecimal() or not least <= int(raw) <= most:
        raise SettingsError(f"{name} is {raw!r}; it must be a whole number from {least} to {most}.")
    return int(raw)


def read_choice(environ: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """One of a few words; the first is the default. Raises SettingsError."""
    said = environ.get(name) or choices[0]
    if said not in choices:
        raise SettingsError(f"{name} is {said!r}; it must be one of {', '.join(choices)}.")
    return said


def read_words(environ: Mapping[str, str], name: str, default: Iterable[str]) -> frozenset[str]:
    """Words from a list like "mfa,hwk"; "none" is none, and nothing is the default."""
    given = {each.strip() for each in (environ.get(name) or "").split(",") if each.strip()}
    return frozenset(given - {"none"} if given else default)


def read_roles(environ: Mapping[str, str], name: str, default: frozenset[Role]) -> frozenset[Role]:
    """Roles from a list like "admin,lead_officer"; "none" is none, and "all" is all that an account can have. Raises SettingsError."""
    given = read_words(environ, name, default)
    if given == {"all"}:
        return frozenset(ACCOUNT_ROLES)
    unknown = given - {role.value for role in ACCOUNT_ROLES}
    if unknown:
        raise SettingsError(
            f"{name} has {', '.join(sorted(unknown))}; roles are {', '.join(ACCOUNT_ROLES)}, or all, or none."
        )
    return frozenset(Role(each) for each in given)


def check_secret(secret: str | None) -> str:
    """The secret, if it can be used to sign tokens. Raises SettingsError."""
    if not secret:
        raise SettingsError(
            "SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"SECRET_KEY is too short: it needs at least {SHORTEST_SECRET} characters.")
    if len(set(secret)) < 10 or any(word in secret.lower() for word in _WELL_KNOWN):
        raise SettingsError("SECRET_KEY is one that can be guessed; make a random one.")
    return secret
