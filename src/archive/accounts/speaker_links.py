"""Links with which a speaker proposes other words for a talk: nobody signs in with one."""

from datetime import timedelta

from archive.accounts.credentials import new_token, token_digest
from archive.catalogue.database.database import Database
from archive.catalogue.proposals import links
from archive.model.proposals import TalkLink
from archive.settings.sections import AccountSettings

PATH = "/speaker/"
"""Where the web answers to speakers' links, before the token."""


def new_speaker_link(
    database: Database, talk_id: str, number: int, settings: AccountSettings, actor: str, days: float = 0
) -> tuple[TalkLink, str]:
    """Make a link for the speaker with a number; return it and its path, which nobody can find out later.

    Args:
        database: The catalogue.
        talk_id: The talk.
        number: The speaker's place in it, from 1 on.
        settings: Say for how long it works, where `days` is 0.
        actor: Who makes it, for the audit.
        days: For how long it works.

    Raises:
        NotFound: There is no such talk.
        InputError: It has no such speaker.
    """
    token = new_token()
    lasts = timedelta(days=days or settings.speaker_link_days)
    with database.write() as session:
        link = links.add(session, talk_id, number, token_digest(token), lasts, actor)
    return link, f"{PATH}{token}"
