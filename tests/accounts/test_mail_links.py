import logging
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from archive.accounts.mail_links import LINK, MailLinks, Wish
from archive.accounts.sign_in import Client, SignIn
from archive.catalogue import audit
from archive.catalogue.accounts import accounts
from archive.catalogue.database.database import Database
from archive.errors import LinkUnusable, TooMany
from archive.model.accounts import Role, SignInMethod
from archive.settings.sections import AccountSettings
from archive.settings.sign_in import MailSettings
from tests.accounts.conftest import HERE, add_account

SETTINGS = AccountSettings(mail_link=True)


class Mailbox:
    """Keeps what a mail server on loopback is given; refuses all where `answer` says so."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        if self.answer.startswith("250"):
            made = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(made, EmailMessage)
            self.messages.append(made)
            self.recipients += envelope.rcpt_tos
        return self.answer

    def link(self) -> str:
        """The token of the newest mail's link."""
        text = self.messages[-1].get_content()
        return str(text).split("/link/")[1].split()[0]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail(mailbox: Mailbox) -> Iterator[MailSettings]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailSettings(host="127.0.0.1", port=port, tls="none", sender="Arkivet <arkiv@example.org>")
    controller.stop()


@pytest.fixture
def mail_links(database: Database, mail: MailSettings) -> Iterator[MailLinks]:
    made = MailLinks(database, SETTINGS, mail)
    yield made
    made.close()


def wish(login: str) -> Wish:
    return Wish(login, "https://arkiv.example.org", "", "Logga in på Arkivet", f"Öppna\n\n{LINK}\n")


def test_member_gets_a_link_that_signs_in_once(
    database: Database, mail_links: MailLinks, mailbox: Mailbox
) -> None:
    add_account(database, "anna@example.org", Role.MEMBER)
    mail_links.ask(wish(" Anna@Example.ORG "), HERE)
    mail_links.wait()
    (message,) = mailbox.messages
    assert mailbox.recipients == ["anna@example.org"]
    assert (message["Subject"], message["Auto-Submitted"]) == ("Logga in på Arkivet", "auto-generated")
    assert "https://arkiv.example.org/link/" in message.get_content()
    sign_in = SignIn(database, SETTINGS)
    found = sign_in.find(sign_in.by_link(mailbox.link(), HERE))
    assert found is not None
    assert found.login_session.method is SignInMethod.LINK
    with pytest.raises(LinkUnusable, match="has been used"):
        sign_in.by_link(mailbox.link(), HERE)


def test_link_lasts_for_minutes(database: Database, mail: MailSettings, mailbox: Mailbox) -> None:
    add_account(database, "anna@example.org", Role.MEMBER)
    short = AccountSettings(mail_link=True, mail_link_min=1e-9)
    mail_links = MailLinks(database, short, mail)
    mail_links.ask(wish("anna@example.org"), HERE)
    mail_links.close()
    with pytest.raises(LinkUnusable, match="too old"):
        SignIn(database, short).by_link(mailbox.link(), HERE)


@pytest.mark.parametrize(
    ("login", "role", "setting", "is_sent"),
    [
        ("a@example.org", Role.MEMBER, "member", True),
        ("a@example.org", Role.STAFF, "member", False),
        ("a@example.org", Role.ADMIN, "staff", False),
        ("a@example.org", Role.STAFF, "staff", True),
        ("a@example.org", Role.ADMIN, "admin", True),
        ("anna", Role.MEMBER, "member", False),
    ],
)
def test_links_are_mailed_to_the_roles_of_the_setting(
    database: Database,
    mail: MailSettings,
    mailbox: Mailbox,
    login: str,
    role: Role,
    setting: str,
    is_sent: bool,
) -> None:
    add_account(database, login, role)
    settings = AccountSettings.model_validate({"mail_link": True, "mail_link_role": setting})
    mail_links = MailLinks(database, settings, mail)
    mail_links.ask(wish(login), HERE)
    mail_links.close()
    assert bool(mailbox.messages) is is_sent


def test_unknown_and_ended_accounts_get_nothing_and_it_is_not_told(
    database: Database, mail_links: MailLinks, mailbox: Mailbox
) -> None:
    ended = add_account(database, "ended@example.org", Role.MEMBER)
    with database.write() as session:
        accounts.end(session, ended.id, "test")
    for login in ("ended@example.org", "unknown@example.org", "", "x@y\r\nBcc: evil@example.org"):
        mail_links.ask(wish(login), HERE)
    mail_links.wait()
    assert mailbox.messages == []


def test_wishes_are_bounded_by_account_and_by_address_known_or_not(
    database: Database, mail_links: MailLinks
) -> None:
    add_account(database, "anna@example.org", Role.MEMBER)
    for login in ("anna@example.org", "unknown@example.org"):
        for number in range(5):
            mail_links.ask(wish(login), Client(f"{login}{number}", ""))
        with pytest.raises(TooMany):
            mail_links.ask(wish(login), Client("another", ""))
    for number in range(30):
        mail_links.ask(wish(f"{number}@example.org"), HERE)
    with pytest.raises(TooMany):
        mail_links.ask(wish("one.more@example.org"), HERE)


def test_server_that_refuses_ends_in_the_log_and_the_audit(
    database: Database, mail_links: MailLinks, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    account = add_account(database, "anna@example.org", Role.MEMBER)
    mailbox.answer = "554 no \x1b[31mmail"
    with caplog.at_level(logging.WARNING, "archive.accounts"):
        mail_links.ask(wish("anna@example.org"), HERE)
        mail_links.wait()
    (line,) = caplog.messages
    assert "554" in line
    assert "anna@example.org" not in line
    assert "\x1b" not in line
    with database.read() as session:
        (noted,) = audit.latest(session, 1)
    assert (noted.action, noted.subject, noted.outcome) == ("account.mail_link", account.id, "failed")
    mailbox.answer = "250 OK"
    mail_links.ask(wish("anna@example.org"), HERE)  # the thread goes on
    mail_links.wait()
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize(
    "settings",
    [{"port": 1}, {"tls": "starttls"}, {"user": "u", "password_file": "/missing", "tls": "starttls"}],
)
def test_server_that_cannot_be_used_is_told_in_the_log(
    database: Database,
    mail: MailSettings,
    settings: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    add_account(database, "anna@example.org", Role.MEMBER)
    mail_links = MailLinks(database, SETTINGS, MailSettings.model_validate(mail.model_dump() | settings))
    mail_links.ask(wish("anna@example.org"), HERE)
    mail_links.close()
    assert any("not mailed" in line for line in caplog.messages)
