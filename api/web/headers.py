"""What every answer carries, errors included (API 9)."""

from flask import Flask, Response, g, request

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def install(app: Flask) -> None:
    """Add them after each request."""

    @app.after_request
    def add(answer: Response) -> Response:
        headers = answer.headers
        for name, value in _ALWAYS:
            headers.set(name, value)
        headers.set("X-Request-Id", g.get("request_id", ""))
        if request.is_secure:
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return answer
