"""Signing in and out: who somebody is, from what they typed or from the token that their browser sends."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archive.accounts import credentials
from archive.accounts.credentials import new_token, token_digest
from archive.accounts.throttle import GUESSES, Throttle
from archive.catalogue import audit
from archive.catalogue.accounts import accounts, links, login_sessions
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.errors import InputError, LinkUnusable, NotAllowed, SignInFailed
from archive.model.accounts import Account, LinkPurpose, LoginSession, Role, SignInMethod
from archive.settings.sections import AccountSettings

_DEVICE_MAX_CHARS = 100
_WITHOUT_SECOND_FACTOR = (SignInMethod.PASSWORD, SignInMethod.LINK)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has signed in, and the session in which they have."""

    account: Account
    login_session: LoginSession


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from: the address that is throttled, and how the browser names itself."""

    address: str
    device: str


class SignIn:
    """Signs people in and out, finds their sessions. `form_key` signs what forms send back."""

    def __init__(self, database: Database, settings: AccountSettings) -> None:
        """Take the catalogue and the section `accounts` of the settings."""
        self._database = database
        self._settings = settings
        self.throttle = Throttle(database)
        with database.read() as session:
            self.form_key = login_sessions.form_key(session)

    def by_password(self, login: str, password: str, client: Client, remember: bool = False) -> str:
        """Sign somebody in by password; return the session's token.

        Raises:
            TooMany: this login, or this address, has failed too often lately.
            SignInFailed: it did not work, for whatever reason: the answer and its time are the same.
            NotAllowed: the password is right, but an admin has to use a passkey.
        """
        login = accounts.normal_login(login)
        keys = (("account", token_digest(login)), ("address", client.address))
        for key in keys:
            self.throttle.check(GUESSES, "sign-in", *key)
        with self._database.read() as session:
            account = accounts.find(session, login)
            is_known = account is not None and account.ended_at is None and self._settings.password
            kept = accounts.password_hash(session, account.id) if account and is_known else ""
        if not credentials.is_right_password(kept, password) or account is None:
            for key in keys:
                self.throttle.count(GUESSES, "sign-in", *key)
            with self._database.write() as session:
                audit.record(session, "sign-in", "account.sign_in", account.id if account else "", "failed")
            raise SignInFailed("Login and password do not belong together. Try again, or ask for a link.")
        if self._needs_passkey(account):
            raise _by_passkey()
        with self._database.write() as session:
            if credentials.is_outdated_digest(kept):
                accounts.set_password_hash(
                    session, account.id, credentials.hash_password(password), account.login
                )
            return self.begin_session(session, account, SignInMethod.PASSWORD, client, remember)

    def by_link(self, token: str, client: Client, remember: bool = False) -> str:
        """Use a link up that a member got by mail; return the session's token. Raises LinkUnusable."""
        with self._database.write() as session:
            _, purpose = links.look(session, token_digest(token))
            if purpose is not LinkPurpose.SIGN_IN:
                raise LinkUnusable("This link is for choosing a password. Open it again.")
            account, _ = links.use(session, token_digest(token))
            if self._needs_passkey(account):
                raise _by_passkey()
            return self.begin_session(session, account, SignInMethod.LINK, client, remember)

    def set_up(self, token: str, password: str, client: Client, site_name: str) -> str:
        """Use a link up to choose a password; return the token of a session. All older sessions end.

        Raises LinkUnusable, or InputError where the password will not do (the link is not used up then).
        """
        with self._database.read() as session:
            account, purpose = links.look(session, token_digest(token))
        if purpose is not LinkPurpose.SETUP:
            raise LinkUnusable("This link is for signing in. Open it again, or ask for a new one.")
        if not self._settings.password:
            raise InputError("Passwords are switched off here. Make a passkey instead.")
        if self._needs_passkey(account):
            raise InputError("Admins sign in by passkey here. Make a passkey instead.")
        credentials.check_new_password(password, (account.name, account.login, site_name))
        kept = credentials.hash_password(password)
        with self._database.write() as session:
            links.use(session, token_digest(token))
            accounts.set_password_hash(session, account.id, kept, account.login)
            login_sessions.end_all(session, account.id)
            return self.begin_session(session, account, SignInMethod.LINK, client)

    def change_password(self, signed_in: SignedIn, old: str, new: str, client: Client, site_name: str) -> str:
        """Change somebody's own password; return the token of a new session. All others end.

        Raises TooMany, SignInFailed (the old one is wrong) and InputError (the new one will not do).
        """
        account = signed_in.account
        key = ("account", token_digest(account.login))
        self.throttle.check(GUESSES, "sign-in", *key)
        with self._database.read() as session:
            kept = accounts.password_hash(session, account.id)
        if kept and not credentials.is_right_password(kept, old):
            self.throttle.count(GUESSES, "sign-in", *key)
            raise SignInFailed("The old password is not right.")
        credentials.check_new_password(new, (account.name, account.login, site_name))
        made = credentials.hash_password(new)
        with self._database.write() as session:
            accounts.set_password_hash(session, account.id, made, account.login)
            login_sessions.end_all(session, account.id)
            return self.begin_session(session, account, signed_in.login_session.method, client)

    def begin_session(
        self,
        session: Session,
        account: Account,
        method: SignInMethod,
        client: Client,
        remember: bool = False,
    ) -> str:
        """Begin a session of an account that has proved who it is; return its token.

        Only a member's device is remembered beyond the usual time.
        """
        token = new_token()
        settings = self._settings
        is_remembered = remember and account.role is Role.MEMBER
        lasts = timedelta(days=settings.remembered_days if is_remembered else settings.session_days)
        idle = lasts if is_remembered else timedelta(hours=settings.idle_h)
        device = client.device[:_DEVICE_MAX_CHARS]
        login_sessions.begin(session, account.id, token_digest(token), method, device, idle, lasts)
        audit.record(session, account.login, "account.sign_in", account.id, "signed in", method.value)
        return token

    def find(self, token: str) -> SignedIn | None:
        """Return who has signed in with a session's token, None where it is not valid (any more)."""
        now = datetime.now(UTC)
        with self._database.read() as session:
            found = login_sessions.find(session, token_digest(token), now)
        if found is None:
            return None
        login_session, account = found
        if self._needs_passkey(account) and login_session.method in _WITHOUT_SECOND_FACTOR:
            return None  # begun before the setting said so
        if now - login_session.seen_at > login_sessions.SEEN_EVERY:
            with self._database.write() as session:
                login_sessions.note_seen(session, login_session.id, now)
        return SignedIn(account, login_session)

    def has_role(self, token: str, role: Role) -> bool:
        """Return whether a session's token is that of somebody with a role; only reads, and notes nothing."""
        with self._database.read() as session:
            found = login_sessions.find(session, token_digest(token), datetime.now(UTC))
        return found is not None and found[1].role.includes(role)

    def out(self, signed_in: SignedIn) -> None:
        """End the session."""
        with self._database.write() as session:
            login_sessions.end(session, signed_in.account.id, signed_in.login_session.id)
            audit.record(
                session, signed_in.account.login, "account.sign_out", signed_in.account.id, "signed out"
            )

    def _needs_passkey(self, account: Account) -> bool:
        return account.role is Role.ADMIN and self._settings.admin_second_factor


def _by_passkey() -> NotAllowed:
    return NotAllowed("Admins sign in by passkey here. Use yours, or ask for a new link to make one.")
