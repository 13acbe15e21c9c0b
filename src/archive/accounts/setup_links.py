"""One-time links with which somebody chooses a password or a passkey."""

from datetime import timedelta

from archive.accounts.credentials import new_token, token_digest
from archive.catalogue.accounts import links
from archive.catalogue.database.database import Database
from archive.model.accounts import LinkPurpose
from archive.settings.sections import AccountSettings

PATH = "/link/"
"""Where the web answers to one-time links, before the token."""


def new_setup_link(database: Database, account_id: str, settings: AccountSettings, actor: str) -> str:
    """Make a one-time link of an account; return its path. Earlier ones that were not used stop working."""
    token = new_token()
    lasts = timedelta(hours=settings.setup_link_h)
    with database.write() as session:
        links.add(session, account_id, LinkPurpose.SETUP, token_digest(token), lasts, actor)
    return f"{PATH}{token}"
