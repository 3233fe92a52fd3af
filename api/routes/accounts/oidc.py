"""Signing in through an agency's directory (OpenID Connect)."""

from typing import Any

from api.http.declare import PUBLIC, Call, Routes
from api.http.messages.answers import FOUND, Answer
from api.schemas.accounts.oidc import DirectoryCallbackQuery, DirectoryStartQuery
from api.web.accounts import oidc

routes = Routes(
    "Sign-in through a directory",
    about="For an agency that has a directory of its own (OpenID Connect): a browser is sent there and comes back signed in.",
)


@routes.get(
    "/auth/directory/start", door=PUBLIC, query=DirectoryStartQuery, status=FOUND, problems=(404,), gives=("Set-Cookie",),
    before=oidc.look_up, writes=True,
)  # fmt: skip
def start_directory_sign_in(call: Call, **query: Any) -> Answer:
    """Go to the directory to sign in there; for browsers. 404 when there is none.

    When the directory does not answer, it leads to `/sign-in?problem=directory-away`.
    """
    return oidc.start(call, **query)


@routes.get(
    "/auth/directory/callback", door=PUBLIC, query=DirectoryCallbackQuery, status=FOUND, problems=(404,),
    gives=("Set-Cookie",), before=oidc.hear, writes=True,
)  # fmt: skip
def finish_directory_sign_in(call: Call, **_query: Any) -> Answer:
    """Come back from the directory, and be signed in with cookies.

    It leads to the page that was asked for. Whatever goes wrong leads to `/sign-in?problem=directory`, which does not say
    whether there is such an account; when the directory does not answer, to `/sign-in?problem=directory-away`.
    """
    return oidc.finish(call)
