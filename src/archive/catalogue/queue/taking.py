"""The next document of the review queue for one of the staff."""

from datetime import datetime

from sqlalchemy.orm import Session

from archive.catalogue.queue.claims import take
from archive.catalogue.queue.waiting import entries, place_of
from archive.model.review_queue import Missing, QueueEntry


def take_next(
    session: Session, login: str, now: datetime, missing: Missing | None = None, after: str = ""
) -> QueueEntry | None:
    """Take the next free document and return it; None where nothing is free.

    Args:
        session: A session that writes.
        login: Who takes it.
        now: What was taken too long before is free.
        missing: Only one that lacks this.
        after: The document that it comes after; behind the last one it goes on with the first.
    """
    place = place_of(session, after) if after else None
    for start in dict.fromkeys((place, None)):
        found = entries(session, now, missing, start, 2, login)
        chosen = next((one for one in found if one.document_id != after), None)
        if chosen is not None:
            take(session, chosen.document_id, login, now)
            return chosen
    return None
