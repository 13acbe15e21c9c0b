"""The WebAuthn ceremonies by Duo's py_webauthn: what a browser is asked, and whether its answer is right.

Passkeys are discoverable (no login is typed) and always verify their user, by PIN, finger or face: possession
and a second factor at once (NIST SP 800-63B, 3.1.6). The library takes 0.3 s to import, so this module is
imported where a passkey is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from archive.accounts.relying_party import RelyingParty
from archive.model.accounts import Account, Passkey
from archive.printable import printable

# What the library raises on answers that no browser gives.
_UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


_REASON_MAX_CHARS = 200


class CeremonyFailed(Exception):
    """A browser's answer is not right; `reason` is for the audit alone and may hold words of the answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = printable(reason[:_REASON_MAX_CHARS])


@dataclass(frozen=True, slots=True)
class MadePasskey:
    """A passkey as an authenticator made it."""

    credential_id: str
    public_key: bytes
    sign_count: int


def asked_to_make(site: RelyingParty, challenge: str, account: Account, has: Sequence[Passkey]) -> str:
    """Return what a browser is asked when an account gets a passkey beside those that it has, as JSON."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=account.id.encode(),
        user_name=account.login,
        user_display_name=account.name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in has
        ],
    )
    return options_to_json(options)


def asked_to_sign(site: RelyingParty, challenge: str) -> str:
    """Return what a browser is asked when somebody signs in, as JSON: any passkey of this site."""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.host,
            challenge=base64url_to_bytes(challenge),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def answered_challenge(untrusted_answer: str) -> str:
    """Return which challenge a browser has answered. Raises CeremonyFailed."""
    try:
        try:
            client_data = parse_authentication_credential_json(untrusted_answer).response.client_data_json
        except WebAuthnException:
            client_data = parse_registration_credential_json(untrusted_answer).response.client_data_json
        return bytes_to_base64url(parse_client_data_json(client_data).challenge)
    except _UNREADABLE as error:
        raise CeremonyFailed(f"unreadable: {type(error).__name__}") from error


def made(site: RelyingParty, challenge: str, untrusted_answer: str) -> MadePasskey:
    """Return the passkey that a browser has made. Raises CeremonyFailed."""
    try:
        verified = verify_registration_response(
            credential=untrusted_answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise CeremonyFailed(f"not made: {error}") from error
    return MadePasskey(
        bytes_to_base64url(verified.credential_id), verified.credential_public_key, verified.sign_count
    )


def signing_passkey(untrusted_answer: str) -> tuple[str, str]:
    """Return which passkey has signed, and the account that it says it is of. Raises CeremonyFailed."""
    try:
        credential = parse_authentication_credential_json(untrusted_answer)
        handle = credential.response.user_handle or b""
        return bytes_to_base64url(credential.raw_id), handle.decode("ascii")
    except _UNREADABLE as error:
        raise CeremonyFailed(f"unreadable: {type(error).__name__}") from error


def signed(site: RelyingParty, challenge: str, untrusted_answer: str, passkey: Passkey) -> int:
    """Check that a passkey has signed; return how often it says that it has. Raises CeremonyFailed.

    One that has signed less often than it had before was copied (WebAuthn, 6.1.1).
    """
    try:
        verified = verify_authentication_response(
            credential=untrusted_answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise CeremonyFailed(f"not signed: {error}") from error
    return verified.new_sign_count
