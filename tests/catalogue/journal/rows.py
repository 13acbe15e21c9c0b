"""All rows that the journal records, to compare two states of a catalogue."""

from sqlalchemy import true
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import BY_NAME, Key, rows_where
from archive.model.edits import Values


def all_rows(session: Session) -> dict[Key, Values]:
    """Return every row of every recorded table."""
    session.flush()
    found: dict[Key, Values] = {}
    for table in BY_NAME.values():
        found |= rows_where(session, table, true())
    return found
