"""Links to sign in, by mail: asked for by anybody, sent to those who may have one.

Who asks learns nothing: the wish is bounded, queued and answered before anybody looks whether there is such
an account, and what then goes wrong is told in the log and the audit alone.
"""

import logging
import queue
import threading
from dataclasses import dataclass
from datetime import timedelta

from limits import RateLimitItem, RateLimitItemPerHour

from archive.accounts.credentials import new_token, token_digest
from archive.accounts.setup_links import PATH
from archive.accounts.sign_in import Client
from archive.accounts.throttle import LINKS, Throttle
from archive.catalogue import audit
from archive.catalogue.accounts import accounts, links
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError, InputError
from archive.model.accounts import Account, LinkPurpose, Role
from archive.settings.sections import AccountSettings
from archive.settings.sign_in import MailSettings

_LOG = logging.getLogger("archive.accounts")
# An office has one address for all.
_LINKS_OF_ADDRESS: tuple[RateLimitItem, ...] = (RateLimitItemPerHour(30),)
_WAITING_MAX = 200
_STOP_S = 5.0
LINK = "{link}"
"""Where in the text of a mail the link goes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody has asked for: a link of an account, and the mail around it in their language."""

    login: str
    site_address: str
    next_address: str
    subject: str
    text: str


class MailLinks:
    """Takes wishes, and mails links in a thread of its own, which begins with the first."""

    def __init__(self, database: Database, settings: AccountSettings, mail: MailSettings) -> None:
        """Take the catalogue and two sections of the settings."""
        self._database = database
        self._settings = settings
        self._mail = mail
        self._throttle = Throttle(database)
        self._wishes: queue.Queue[Wish | None] = queue.Queue(_WAITING_MAX)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ask(self, wish: Wish, client: Client) -> None:
        """Take a wish; whether anything comes of it is not told. Raises TooMany, InputError if it is off."""
        if not self._settings.mail_link:
            raise InputError("Links by mail are switched off here.")
        bounds = (
            (LINKS, "account", token_digest(accounts.normal_login(wish.login))),
            (_LINKS_OF_ADDRESS, "address", client.address),
        )
        for items, *key in bounds:
            self._throttle.check(items, "mail link", *key)
        for items, *key in bounds:
            self._throttle.count(items, "mail link", *key)
        self._start()
        try:
            self._wishes.put_nowait(wish)
        except queue.Full:
            _LOG.warning("A sign-in link was not mailed: too many wait.")

    def wait(self) -> None:
        """Wait until all that was asked for is done."""
        self._wishes.join()

    def close(self) -> None:
        """Send what waits, for some seconds at most, and end the thread."""
        if self._thread is None:
            return
        try:
            self._wishes.put(None, timeout=_STOP_S)
        except queue.Full:
            return
        self._thread.join(_STOP_S)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mail links", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                self._fulfil(wish)
            except ArchiveError as error:  # the catalogue: the next wish may fare better
                _LOG.warning("A sign-in link was not mailed: %s", error.message)
            finally:
                self._wishes.task_done()
        self._wishes.task_done()

    def _fulfil(self, wish: Wish) -> None:
        from archive.accounts.mailing import MailFailed, Sender  # takes long to import

        with self._database.read() as session:
            account = accounts.find(session, wish.login)
        if account is None or not self._may_have_one(account):
            return
        token = new_token()
        lasts = timedelta(minutes=self._settings.mail_link_min)
        with self._database.write() as session:
            links.add(session, account.id, LinkPurpose.SIGN_IN, token_digest(token), lasts, "sign-in")
        link = f"{wish.site_address}{PATH}{token}{wish.next_address}"
        try:
            Sender(self._mail).send(account.login, wish.subject, wish.text.replace(LINK, link))
        except MailFailed as error:
            _LOG.warning("A sign-in link was not mailed (account %s): %s", account.id, error.reason)
            with self._database.write() as session:
                audit.record(session, "sign-in", "account.mail_link", account.id, "failed", error.reason)

    def _may_have_one(self, account: Account) -> bool:
        """Return whether an account may get a link by mail: a mailbox is no proof for those who may write."""
        is_in_role = Role(self._settings.mail_link_role).includes(account.role)
        return account.ended_at is None and is_in_role and "@" in account.login
