"""Errors of authentication: tokens, passwords, factors, links, in the words of the API."""

from dataclasses import dataclass

from api.domain.errors import Forbidden, PlanError, TooManyRequests


class Unauthenticated(PlanError):
    """No usable sign-in."""

    code = "unauthenticated"
    title = "Sign in first"


class InvalidToken(Unauthenticated):
    """The token is not ours, is malformed, or is of the wrong type."""

    code = "invalid-token"


class WrongPartnerToken(InvalidToken):
    """An invalid partner's token: malformed, unknown, expired or revoked; never says which of the last three."""


class TokenExpired(Unauthenticated):
    """The token was good and is over its time: refresh."""

    code = "token-expired"


class SessionRevoked(Unauthenticated):
    """The session was ended, or its account disabled."""

    code = "session-revoked"


class RefreshReused(SessionRevoked):
    """A spent refresh token came back, so somebody has a copy of it, and the session was ended."""


class RefreshSuperseded(Unauthenticated):
    """Another request refreshed this session a moment ago: use what it got."""

    code = "refresh-superseded"


class InvalidCredentials(Unauthenticated):
    """E-mail or password is wrong; never says which."""

    code = "invalid-credentials"
    title = "That e-mail and password do not match"


class WrongCode(InvalidCredentials):
    """The password is right; the code is wrong, too old, or was used."""

    title = "That code does not count"


class WrongPasskey(InvalidCredentials):
    """The passkey is not one of ours, or what it signed does not fit."""

    title = "That passkey does not count"


class NotConfirmed(InvalidCredentials):
    """The password, code or passkey given as confirmation was wrong."""

    title = "That is not right"


class SecondFactorRequired(Unauthenticated):
    """The password is right, and this account wants more than that; `extra` has the methods."""

    code = "second-factor-required"
    title = "One more step"


class InsufficientScope(Forbidden):
    """The partner's token is not for this."""

    code = "insufficient-scope"
    title = "This token may not do that"


class ConfirmationNeeded(Forbidden):
    """A sensitive act, and nothing was shown in this session for more than ten minutes (API 8.7)."""

    code = "confirmation-needed"
    title = "Confirm that it is you"


class SecondFactorNeeded(Forbidden):
    """The role needs a second factor, and the account has none yet."""

    code = "second-factor-needed"
    title = "Set up a second factor first"


class MailLinkNeeded(Forbidden):
    """A first factor where the role needs one, and so far only a password was shown: whose mailbox it is has to be shown too."""

    code = "mail-link-needed"
    title = "Open the link in your mailbox first"


class CsrfFailed(PlanError):
    """A cookie request without the session's CSRF value."""

    code = "csrf"
    title = "The request did not come from the page"


class ForeignOrigin(PlanError):
    """A browser says that another site's page sent this."""

    code = "foreign-origin"
    title = "The request came from another site"


@dataclass(eq=False)
class TooManyGuesses(TooManyRequests):
    """Too many guesses at a password or code; `first`: the first one over the limit, so that it is reported once."""

    first: bool = False


class LinkExpired(PlanError):
    """A link by e-mail that is not valid any more, or never was; never says which."""

    code = "link-expired"
    title = "This link does not work any more"
