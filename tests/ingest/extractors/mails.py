"""Mails for tests."""

from collections.abc import Mapping
from email.message import EmailMessage


def mail(
    subject: str = "Bilder från mötet", text: str = "Hej!\n", files: Mapping[str, bytes] | None = None
) -> EmailMessage:
    """Return a mail from Åsa to Bo with files attached to it."""
    message = EmailMessage()
    message["From"], message["To"] = "Åsa Berg <asa@example.org>", "Bo Ek <bo@example.org>"
    message["Bcc"], message["Subject"] = "hemlig@example.org", subject
    message["Date"] = "Thu, 19 May 2022 09:00:00 +0200"
    message.set_content(text)
    for name, data in (files or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message
