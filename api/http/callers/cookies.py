"""Our cookies: `__Host-`, Secure, SameSite=Strict, and out of the reach of scripts but for one (API 8.1)."""

from datetime import timedelta

from flask import Flask, Response, current_app, request

ACCESS = "JWT_ACCESS_COOKIE_NAME"
REFRESH = "JWT_REFRESH_COOKIE_NAME"
CSRF = "PLAN_CSRF_COOKIE_NAME"
DEVICE = "PLAN_DEVICE_COOKIE_NAME"
DIRECTORY = "PLAN_DIRECTORY_COOKIE_NAME"
"""Members of the app's configuration: what each cookie is called here."""

_NAMES = {ACCESS: "access", REFRESH: "refresh", CSRF: "csrf", DEVICE: "device", DIRECTORY: "directory"}


def install(app: Flask, *, secure: bool) -> None:
    """Name them. Without `secure` a browser would refuse the prefix."""
    app.config.update({each: f"{'__Host-' if secure else ''}{name}" for each, name in _NAMES.items()})


def given(name: str) -> str | None:
    """What the request brings under this one; None for nothing."""
    return request.cookies.get(current_app.config[name]) or None


def put(
    answer: Response, name: str, value: str, life: timedelta, *, readable: bool = False, samesite: str = "Strict"
) -> None:
    """Set one on an answer. `readable`: by scripts of the page."""
    answer.set_cookie(
        current_app.config[name],
        value,
        max_age=int(life.total_seconds()),
        secure=current_app.config["JWT_COOKIE_SECURE"],
        httponly=not readable,
        samesite=samesite,
        path="/",
    )


def put_session(answer: Response, access: str, refresh: str, csrf: str, life: timedelta) -> None:
    """Both tokens, which scripts of the page cannot read, and the CSRF value, which they can; for as long as the session may live.

    The value is of no use without the other two. From its cookie the page knows, after a reload and without asking,
    that somebody signed in here, and can refresh a token that expired meanwhile. So the access cookie outlives its token on
    purpose: an expired one says "refresh me", a missing one says "sign in".
    """
    put(answer, ACCESS, access, life)
    put(answer, REFRESH, refresh, life)
    put(answer, CSRF, csrf, life, readable=True)


def clear_session(answer: Response) -> None:
    """Remove all three."""
    put_session(answer, "", "", "", timedelta(0))
