"""The archive's own key, with which it knows again what its forms send back."""

from sqlalchemy.orm import Session

from archive.catalogue.tables.journal import MetaRow
from archive.errors import CatalogueError


def form_key(session: Session) -> bytes:
    """Return the key that was made with the tables of accounts, 32 bytes."""
    row = session.get(MetaRow, "form_key")
    if row is None:
        raise CatalogueError("The catalogue has no key for forms. Restore it from a backup.")
    return bytes.fromhex(row.value)
