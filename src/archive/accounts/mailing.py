"""Sends a mail through the server of the settings."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid

from archive.printable import printable
from archive.settings.sign_in import MailSettings

_REASON_MAX_CHARS = 200


class MailFailed(Exception):
    """A mail was not sent; `reason` is for the log, with words of the server made printable."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.reason = printable(f"{type(error).__name__}: {error}"[:_REASON_MAX_CHARS]).replace("\n", " ")


class Sender:
    """Sends mail; connects for each."""

    def __init__(self, settings: MailSettings) -> None:
        """Take the section `mail` of the settings."""
        self._settings = settings

    def send(self, to_address: str, subject: str, text: str) -> None:
        """Send a text to an address. Raises MailFailed, for whatever reason."""
        try:
            message = self._message(to_address, subject, text)
            with self._connected() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError, IndexError) as error:
            raise MailFailed(error) from error

    def _message(self, to_address: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.sender
        message["To"] = Address(addr_spec=to_address)
        message["Subject"] = subject
        message["Date"] = localtime()
        message["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2].strip("> "))
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of a machine, please
        message.set_content(text, cte="quoted-printable")
        return message

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.time_s, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.time_s)
        try:
            if settings.tls == "starttls":
                server.starttls(context=context)
            if settings.user and settings.password_file:
                server.login(settings.user, settings.password_file.read_text("utf-8").strip())
        except BaseException:
            server.close()
            raise
        return server
