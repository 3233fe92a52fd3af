"""Second factors and passkeys, in and out. Members of WebAuthn are spelled as in WebAuthn."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from api.schemas.base import In, Out, Said, Warned
from api.schemas.fields import Base64Url, Choice, Id, Instant, Some
from api.schemas.text_fields import Line, Secret, Words

_TRANSPORTS = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal", "cable"]


class TotpOut(Out):
    """The authenticator app."""

    since = Instant(required=True)


class PasskeyOut(Warned):
    """A passkey, by the name its owner gave it."""

    id = Id(required=True)
    name = fields.String(required=True)
    created_at = Instant(required=True)
    last_used_at = Instant(allow_none=True, required=True)


class FactorsOut(Out):
    """What an account can show."""

    required = fields.Boolean(required=True, metadata={"description": "Whether my role needs a second factor."})
    by_directory = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether my agency's directory asked for a second factor when this session was opened."
        },
    )
    mail_needed = fields.Boolean(
        required=True,
        metadata={"description": "Whether a link to my mailbox comes before my first factor: POST /me/factors/link."},
    )
    password = fields.Boolean(required=True, metadata={"description": "Whether I have a password."})
    totp = fields.Nested(TotpOut, allow_none=True, required=True)
    recovery_codes = fields.Integer(required=True, metadata={"description": "How many are left."})
    passkeys = fields.List(fields.Nested(PasskeyOut), required=True)


class QrOut(Out):
    """A QR code to draw: one SVG path, dark on light, in a square of this many units, margin included."""

    size = fields.Integer(required=True)
    path = fields.String(required=True)


class TotpOfferOut(Out):
    """A secret for an authenticator app; it counts once its first code was sent to /me/totp/confirmation."""

    secret = fields.String(required=True)
    uri = fields.String(required=True, metadata={"description": "What the QR code holds: otpauth://…"})
    qr = fields.Nested(QrOut, required=True)


class CodeIn(In):
    """The six digits that the app shows now."""

    code = Words(
        required=True,
        most=20,
        missing="Type the six digits that the app shows.",
        free=False,
        because="it is compared, and kept nowhere",
    )


class RecoveryCodesOut(Out):
    """Ten recovery codes, shown this once; each works once."""

    recovery_codes = fields.List(fields.String(), required=True)


class _Credential(In):
    id = Base64Url(required=True, most=1400)
    rawId = Base64Url(required=True, most=1400)  # noqa: N815
    type = Choice(["public-key"], required=True)


class AttestationIn(In):
    """What a browser answers when it has made a passkey."""

    clientDataJSON = Base64Url(required=True, most=8000)  # noqa: N815
    attestationObject = Base64Url(required=True, most=60_000)  # noqa: N815
    transports = Some(Choice(_TRANSPORTS), validate=validate.Length(max=len(_TRANSPORTS), error="Name each way once."))


class NewCredentialIn(_Credential):
    """A new passkey, as `PublicKeyCredential.toJSON()` writes it; these members only."""

    response = fields.Nested(AttestationIn, required=True)


class AssertionIn(In):
    """What a browser answers when a passkey has signed."""

    clientDataJSON = Base64Url(required=True, most=8000)  # noqa: N815
    authenticatorData = Base64Url(required=True, most=8000)  # noqa: N815
    signature = Base64Url(required=True, most=8000)
    userHandle = Base64Url(most=200, allow_none=True)  # noqa: N815


class SignedCredentialIn(_Credential):
    """What a passkey signed, as `PublicKeyCredential.toJSON()` writes it; these members only."""

    response = fields.Nested(AssertionIn, required=True)


class NewPasskeyIn(Said):
    """A passkey that the browser made for a challenge."""

    challenge = Id(required=True)
    name = Line(required=True, most=60, missing="Give the passkey a name, such as My phone.")
    credential = fields.Nested(NewCredentialIn, required=True)


class SignedChallengeIn(In):
    """A challenge that a passkey signed."""

    challenge = Id(required=True)
    credential = fields.Nested(SignedCredentialIn, required=True)


class PasskeySignInIn(SignedChallengeIn):
    """A challenge that a passkey signed; `transport` says where the tokens go."""

    transport = Choice(["bearer", "cookie"], load_default="bearer")


class ConfirmIn(In):
    """One of three ways to show that it is still you."""

    password = Secret(most=1024)
    code = Words(
        most=40,
        metadata={"description": "Of the authenticator app, or a recovery code."},
        free=False,
        because="it is compared, and kept nowhere",
    )
    passkey = fields.Nested(SignedChallengeIn)
    together: ClassVar[dict[str, Any]] = {"minProperties": 1, "maxProperties": 1}

    @validates_schema
    def _one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if len(data) != 1:
            raise ValidationError("Send one of password, code and passkey.")


class RelyingPartyOut(Out):
    """Whose passkeys: this site."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class PasskeyUserOut(Out):
    """Whom the passkey is for."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    displayName = fields.String(required=True)  # noqa: N815


class KeyAlgorithmOut(Out):
    """A kind of key, by its COSE number."""

    type = fields.String(required=True)
    alg = fields.Integer(required=True)


class KnownCredentialOut(Out):
    """A passkey that is there."""

    id = fields.String(required=True)
    type = fields.String(required=True)


class AuthenticatorSelectionOut(Out):
    """What the device has to do: keep the key findable, and verify its person."""

    residentKey = fields.String(required=True)  # noqa: N815
    requireResidentKey = fields.Boolean(required=True)  # noqa: N815
    userVerification = fields.String(required=True)  # noqa: N815


class CreationOptionsOut(Out):
    """For `PublicKeyCredential.parseCreationOptionsFromJSON()`."""

    rp = fields.Nested(RelyingPartyOut, required=True)
    user = fields.Nested(PasskeyUserOut, required=True)
    challenge = fields.String(required=True)
    pubKeyCredParams = fields.List(fields.Nested(KeyAlgorithmOut), required=True)  # noqa: N815
    timeout = fields.Integer(required=True)
    excludeCredentials = fields.List(fields.Nested(KnownCredentialOut), required=True)  # noqa: N815
    authenticatorSelection = fields.Nested(AuthenticatorSelectionOut, required=True)  # noqa: N815
    attestation = fields.String(required=True)


class RequestOptionsOut(Out):
    """For `PublicKeyCredential.parseRequestOptionsFromJSON()`."""

    challenge = fields.String(required=True)
    timeout = fields.Integer(required=True)
    rpId = fields.String(required=True)  # noqa: N815
    allowCredentials = fields.List(fields.Nested(KnownCredentialOut), required=True)  # noqa: N815
    userVerification = fields.String(required=True)  # noqa: N815


class NewPasskeyOptionsOut(Out):
    """A challenge, and what the browser makes a passkey with; five minutes."""

    challenge = Id(required=True)
    public_key = fields.Nested(CreationOptionsOut, required=True)


class PasskeyOptionsOut(Out):
    """A challenge, and what the browser has a passkey sign it with; five minutes."""

    challenge = Id(required=True)
    public_key = fields.Nested(RequestOptionsOut, required=True)


def shape_passkey(passkey: Any) -> dict[str, Any]:
    """A PasskeyOut from a row."""
    return {name: getattr(passkey, name) for name in ("id", "name", "created_at", "last_used_at")}
