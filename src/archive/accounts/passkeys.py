"""Passkeys: made with a one-time link or by somebody who has signed in, used to sign in, removed.

Each ceremony answers a challenge of ours: 256 random bits, of which the catalogue keeps the digest for five
minutes, to be answered once, for what and for whom it was made.
"""

from datetime import timedelta
from typing import NoReturn

from limits import RateLimitItem, RateLimitItemPerMinute

from archive.accounts import ceremonies
from archive.accounts.ceremonies import CeremonyFailed, MadePasskey
from archive.accounts.credentials import new_token, token_digest
from archive.accounts.relying_party import RelyingParty
from archive.accounts.sign_in import Client, SignedIn, SignIn
from archive.accounts.throttle import GUESSES
from archive.catalogue import audit
from archive.catalogue.accounts import links, login_sessions, passkeys, sign_in_states
from archive.catalogue.database.database import Database
from archive.errors import InputError, LinkUnusable, SignInFailed
from archive.model.accounts import Account, LinkPurpose, Role, SignInMethod
from archive.settings.sections import AccountSettings

_CHALLENGE_LASTS = timedelta(minutes=5)
# A page to sign in asks for a challenge when it is opened; each is a row for five minutes.
_CHALLENGES: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(60),)
_SIGN, _MAKE = "passkey", "passkey.make"


class Passkeys:
    """Runs the ceremonies of one site."""

    def __init__(
        self, database: Database, settings: AccountSettings, sign_in: SignIn, site: RelyingParty
    ) -> None:
        """Take the catalogue, the section `accounts` of the settings, who begins sessions, and the site."""
        self._database = database
        self._settings = settings
        self._sign_in = sign_in
        self._site = site

    def ask_to_sign(self, client: Client) -> str:
        """Begin signing in; return what to ask the browser, as JSON. Raises TooMany and InputError."""
        self._refuse_if_off()
        self._sign_in.throttle.check(_CHALLENGES, "challenge", client.address)
        self._sign_in.throttle.count(_CHALLENGES, "challenge", client.address)
        return ceremonies.asked_to_sign(self._site, self._challenge(_SIGN, ""))

    def sign(self, untrusted_answer: str, client: Client, remember: bool = False) -> str:
        """Sign somebody in by what their browser has answered; return the session's token.

        Raises:
            TooMany: this address has failed too often lately.
            SignInFailed: the answer is not right, or the passkey is not known (any more).
            InputError: passkeys are switched off.
        """
        self._refuse_if_off()
        self._sign_in.throttle.check(GUESSES, "passkey", "address", client.address)
        try:
            challenge = self._take_challenge(untrusted_answer, _SIGN, "")
            credential_id, said_account_id = ceremonies.signing_passkey(untrusted_answer)
            with self._database.read() as session:
                found = passkeys.find(session, credential_id)
            if found is None or found[1].id != said_account_id:
                raise CeremonyFailed("the passkey is not known")
            passkey, account = found
            sign_count = ceremonies.signed(self._site, challenge, untrusted_answer, passkey)
            with self._database.write() as session:
                if passkeys.find(session, credential_id) is None or not passkeys.note_used(
                    session, passkey, sign_count
                ):
                    raise CeremonyFailed("the passkey was used or removed meanwhile")
                return self._sign_in.begin_session(session, account, SignInMethod.PASSKEY, client, remember)
        except CeremonyFailed as error:
            self._sign_in.throttle.count(GUESSES, "passkey", "address", client.address)
            self._fail("account.sign_in", error)

    def ask_to_make(self, account: Account) -> str:
        """Begin making a passkey for an account; return what to ask the browser, as JSON."""
        self._refuse_if_off()
        with self._database.read() as session:
            has = passkeys.of_account(session, account.id)
        challenge = self._challenge(_MAKE, account.id)
        return ceremonies.asked_to_make(self._site, challenge, account, has)

    def ask_to_set_up(self, token: str) -> str:
        """Begin making a passkey with a one-time link, without using it up. Raises LinkUnusable."""
        return self.ask_to_make(self._account_of_link(token))

    def set_up(self, token: str, untrusted_answer: str, client: Client) -> str:
        """Use a link up to make a passkey; return the token of a session. All older sessions end.

        Raises LinkUnusable, or SignInFailed where the answer is not right (the link is not used up then).
        """
        self._refuse_if_off()
        account = self._account_of_link(token)
        made = self._made(account, untrusted_answer)
        with self._database.write() as session:
            links.use(session, token_digest(token))
            passkeys.add(
                session, account, made.credential_id, made.public_key, made.sign_count, client.device
            )
            login_sessions.end_all(session, account.id)
            return self._sign_in.begin_session(session, account, SignInMethod.PASSKEY, client)

    def make(self, signed_in: SignedIn, untrusted_answer: str, name: str) -> None:
        """Add the passkey that a browser has made to somebody's own account.

        Raises SignInFailed where the answer is not right, InputError where it is in use already.
        """
        self._refuse_if_off()
        made = self._made(signed_in.account, untrusted_answer)
        name = name.strip() or signed_in.login_session.device
        with self._database.write() as session:
            passkeys.add(
                session, signed_in.account, made.credential_id, made.public_key, made.sign_count, name
            )

    def remove(self, signed_in: SignedIn, credential_id: str) -> None:
        """Remove one of somebody's own passkeys; sessions on other devices end, as it may have been stolen.

        Raises NotFound, or InputError where nobody could sign in without it.
        """
        account = signed_in.account
        is_needed = not self._settings.password or (
            account.role is Role.ADMIN and self._settings.admin_second_factor
        )
        with self._database.write() as session:
            passkeys.remove(session, account, credential_id, is_needed)
            login_sessions.end_all(session, account.id, but=signed_in.login_session.id)

    def _made(self, account: Account, untrusted_answer: str) -> MadePasskey:
        try:
            challenge = self._take_challenge(untrusted_answer, _MAKE, account.id)
            return ceremonies.made(self._site, challenge, untrusted_answer)
        except CeremonyFailed as error:
            self._fail("account.passkey", error, account)

    def _challenge(self, kind: str, account_id: str) -> str:
        challenge = new_token()
        with self._database.write() as session:
            sign_in_states.keep(
                session, token_digest(challenge), kind, {"account": account_id}, _CHALLENGE_LASTS
            )
        return challenge

    def _take_challenge(self, untrusted_answer: str, kind: str, account_id: str) -> str:
        challenge = ceremonies.answered_challenge(untrusted_answer)
        with self._database.write() as session:
            kept = sign_in_states.take(session, token_digest(challenge), kind)
        if kept is None or kept["account"] != account_id:
            raise CeremonyFailed("the challenge is not known, too old or answered already")
        return challenge

    def _account_of_link(self, token: str) -> Account:
        with self._database.read() as session:
            account, purpose = links.look(session, token_digest(token))
        if purpose is not LinkPurpose.SETUP:
            raise LinkUnusable("This link is for signing in. Open it again, or ask for a new one.")
        return account

    def _refuse_if_off(self) -> None:
        if not self._settings.passkey:
            raise InputError("Passkeys are switched off here.")

    def _fail(self, action: str, error: CeremonyFailed, account: Account | None = None) -> NoReturn:
        subject = account.id if account else ""
        with self._database.write() as session:
            audit.record(session, "sign-in", action, subject, "failed", f"passkey: {error.reason}")
        raise SignInFailed("The passkey did not work. Try again, or sign in another way.") from error
